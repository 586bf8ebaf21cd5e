import { DUST, type Scheme } from '../tabular/kernel/scheme.js';
import type { Factors } from '../tabular/kernel/tables.js';
import type { Engine, Table } from './engine.js';
import { followsAlone, Layout } from './layout.js';
import type { PerSeat, PublicTree } from './public-tree.js';

/**
 * Counterfactual regrets on a public tree: each step works on all hands of a situation at once, and hands of the two
 * seats meet only at the ends, in products of a matrix and a vector. Passes allocate nothing.
 *
 * A pass reads the strategy of the seat that learns and the *reach* of the other one, so what a seat has learnt counts
 * for the other once its reach is worked out anew: at once when seats learn one after another, else after both passes.
 * SEE: Johanson et al., "Accelerating best response calculation in large extensive games", IJCAI 2011.
 */
export class VectorCfr implements Engine {
  readonly #tree: PublicTree;
  readonly #updates: Scheme['updates'];
  readonly #layout: Layout;
  readonly #memory: Float64Array;
  /** By seat and option: whether its worth is the value of the one situation that follows. */
  readonly #alone: PerSeat<Uint8Array>;

  constructor(tree: PublicTree, { updates }: Scheme) {
    this.#tree = tree;
    this.#updates = updates;
    this.#layout = new Layout(tree);
    this.#memory = this.#layout.open();
    this.#alone = [aloneOf(tree, 0), aloneOf(tree, 1)];
    this.#realise(0);
    this.#realise(1);
  }

  iterate(factors: Factors): void {
    this.#learn(0, factors);
    if (this.#updates === 'alternating') this.#realise(0);
    this.#learn(1, factors);
    if (this.#updates === 'simultaneous') this.#realise(0);
    this.#realise(1);
  }

  read(table: Table): Float64Array {
    return this.#stretch(table).slice();
  }

  write(table: Table, numbers: Float64Array): void {
    this.#stretch(table).set(numbers);
    if (table !== 'strategy') return;
    this.#realise(0);
    this.#realise(1);
  }

  #stretch(table: Table): Float64Array {
    const start = this.#layout[table];
    return this.#memory.subarray(start, start + this.#tree.action.length);
  }

  /** Forwards: how likely a seat's own moves lead to each situation and past each option. */
  #realise(seat: 0 | 1): void {
    const { size, actor, options, edge, offset, came, from, hands } = this.#tree;
    const memory = this.#memory;
    const { situation: situationAt, option: optionAt } = this.#layout.reach[seat];
    const origins = from[seat];
    const widths = hands[seat];
    for (let situation = 0; situation < size; situation++) {
      const own = situationAt[situation] as number;
      const origin = origins[situation] as Int32Array | null;
      if (origin !== null) spread(memory, optionAt[came[situation] as number] as number, origin, own);
      if (actor[situation] !== seat) continue;
      const width = widths[situation] as number;
      let played = this.#layout.strategy + (offset[situation] as number);
      let to = optionAt[edge[situation] as number] as number;
      for (let option = options[situation] as number; option > 0; option--) {
        for (let hand = 0; hand < width; hand++, played++, to++) {
          memory[to] = (memory[own + hand] as number) * (memory[played] as number);
        }
      }
    }
  }

  /** Backwards: what a seat's hands are worth, its new regrets, and what it plays next. */
  #learn(seat: 0 | 1, factors: Factors): void {
    const { size, actor, options, edge } = this.#tree;
    const alone = this.#alone[seat];
    for (let situation = size - 1; situation >= 0; situation--) {
      const first = edge[situation] as number;
      const past = first + (options[situation] as number);
      for (let option = first; option < past; option++)
        if (alone[option] === 0) this.#appraise(seat, situation, option);
      if (actor[situation] === seat) this.#regret(seat, situation, factors);
      else this.#add(seat, situation);
    }
  }

  /** What an option is worth to each hand: what is paid there, and what the situations that follow are worth. */
  #appraise(seat: 0 | 1, situation: number, option: number): void {
    const { hands, after, from } = this.#tree;
    const memory = this.#memory;
    const valueAt = this.#layout.value[seat];
    const to = valueAt.option[option] as number;
    const width = hands[seat][situation] as number;
    if (this.#layout.payoffs[seat][option] === -1) memory.fill(0, to, to + width);
    else this.#pay(seat, situation, option, to);
    const past = after[option + 1] as number;
    for (let next = after[option] as number; next < past; next++) {
      const own = valueAt.situation[next] as number;
      const origin = from[seat][next] as Int32Array | null;
      if (origin !== null) collect(memory, own, origin, to);
      else for (let h = 0; h < width; h++) memory[to + h] = (memory[to + h] as number) + (memory[own + h] as number);
    }
  }

  /**
   * The matrix of what is paid, times the reach of the other seat.
   * NOTE: two hands at a time, so that each reach is read half as often: a tenth faster.
   */
  #pay(seat: 0 | 1, situation: number, option: number, to: number): void {
    const { hands } = this.#tree;
    const memory = this.#memory;
    const rival = seat === 0 ? 1 : 0;
    const width = hands[seat][situation] as number;
    const depth = hands[rival][situation] as number;
    const reached = this.#layout.reach[rival].option[option] as number;
    let entry = this.#layout.payoffs[seat][option] as number;
    let hand = 0;
    for (; hand + 1 < width; hand += 2, entry += depth) {
      let worth = 0;
      let next = 0;
      for (let held = 0; held < depth; held++, entry++) {
        const reach = memory[reached + held] as number;
        worth += (memory[entry] as number) * reach;
        next += (memory[entry + depth] as number) * reach;
      }
      memory[to + hand] = worth;
      memory[to + hand + 1] = next;
    }
    if (hand === width) return;
    let last = 0;
    for (let held = 0; held < depth; held++) {
      last += (memory[entry + held] as number) * (memory[reached + held] as number);
    }
    memory[to + hand] = last;
  }

  /** Where the other seat moves: its reach holds the probabilities already, so worths are added up. */
  #add(seat: 0 | 1, situation: number): void {
    const memory = this.#memory;
    const valueAt = this.#layout.value[seat];
    const to = valueAt.situation[situation] as number;
    const first = valueAt.option[this.#tree.edge[situation] as number] as number;
    const width = this.#tree.hands[seat][situation] as number;
    const past = first + width * (this.#tree.options[situation] as number);
    for (let hand = 0; hand < width; hand++) {
      let worth = 0;
      for (let at = first + hand; at < past; at += width) worth += memory[at] as number;
      memory[to + hand] = worth;
    }
  }

  /**
   * Regret matching for every hand; the strategy just played goes into the average.
   * NOTE: one loop for all of it, since the tables of a large game are read from memory and not from the cache. All
   * that belongs to the actions stands in the same order, so one index and the distances from it do.
   */
  #regret(seat: 0 | 1, situation: number, { weight, positive, negative, predicted }: Factors): void {
    const memory = this.#memory;
    const option = this.#tree.edge[situation] as number;
    const to = this.#layout.value[seat].situation[situation] as number;
    const width = this.#tree.hands[seat][situation] as number;
    const regrets = this.#layout.regrets + (this.#tree.offset[situation] as number);
    const past = regrets + width * (this.#tree.options[situation] as number);
    const sums = this.#layout.sums - this.#layout.regrets;
    const strategy = this.#layout.strategy - this.#layout.regrets;
    const value = (this.#layout.value[seat].option[option] as number) - regrets;
    const reach = (this.#layout.reach[seat].option[option] as number) - regrets;
    const even = 1 / (this.#tree.options[situation] as number);
    for (let hand = 0; hand < width; hand++) {
      let worth = 0;
      for (let at = regrets + hand; at < past; at += width) {
        worth += (memory[at + strategy] as number) * (memory[at + value] as number);
      }
      memory[to + hand] = worth;
      let total = 0;
      for (let at = regrets + hand; at < past; at += width) {
        memory[at + sums] = (memory[at + sums] as number) + weight * (memory[at + reach] as number);
        const now = (memory[at + value] as number) - worth;
        const summed = (memory[at] as number) + now;
        const regret = summed > DUST ? summed * positive : summed < -DUST ? summed * negative : 0;
        memory[at] = regret;
        const wanted = regret + predicted * now;
        const chosen = wanted > DUST ? wanted : 0;
        memory[at + strategy] = chosen;
        total += chosen;
      }
      const scale = total > 0 ? 1 / total : 0;
      const rest = total > 0 ? 0 : even;
      for (let at = regrets + hand; at < past; at += width) {
        memory[at + strategy] = (memory[at + strategy] as number) * scale + rest;
      }
    }
  }
}

/** Hands take along the reach of those they come from. */
function spread(memory: Float64Array, source: number, origin: Int32Array, to: number): void {
  for (let hand = 0; hand < origin.length; hand++) {
    memory[to + hand] = memory[source + (origin[hand] as number)] as number;
  }
}

/** Hands give what they are worth back to those they come from. */
function collect(memory: Float64Array, source: number, origin: Int32Array, to: number): void {
  for (let hand = 0; hand < origin.length; hand++) {
    const at = to + (origin[hand] as number);
    memory[at] = (memory[at] as number) + (memory[source + hand] as number);
  }
}

function aloneOf(tree: PublicTree, seat: 0 | 1): Uint8Array {
  return Uint8Array.from({ length: tree.edges }, (_, option) => (followsAlone(tree, seat, option) ? 1 : 0));
}
