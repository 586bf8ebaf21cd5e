import { DUST } from '../tabular/kernel/scheme.js';
import { followsAlone, type Places, reachPlaces, valuePlaces } from './places.js';
import type { Payoff, PerSeat, PublicTree } from './public-tree.js';

/** What one iteration does with regrets and strategies. */
export interface Factors {
  /** How much the strategy just played counts in the average. */
  readonly weight: number;
  /** What is kept of positive and of negative sums of regrets. */
  readonly positive: number;
  readonly negative: number;
  /** How often the fresh regret is expected again: 1 for predictive play, else 0. */
  readonly predicted: number;
}

/**
 * Counterfactual regrets on a public tree: each step works on all hands of a situation at once, and hands of the two
 * seats meet only at the ends, in products of a matrix and a vector. Passes allocate nothing.
 *
 * A pass reads the strategies of the seat that learns and the *reach* of the other one, so what a seat has learnt
 * counts for the other only from the next `realise` on: after each pass when seats learn one after another, after both
 * when they learn at once.
 * SEE: Johanson et al., "Accelerating best response calculation in large extensive games", IJCAI 2011.
 */
export class VectorCfr {
  /** By action of the public tree: summed regrets, summed strategies, and what is played now. */
  readonly regrets: Float64Array;
  readonly sums: Float64Array;
  readonly strategy: Float64Array;
  readonly #tree: PublicTree;
  readonly #reach: Float64Array;
  readonly #reachAt: Places;
  readonly #value: Float64Array;
  readonly #valueAt: Places;
  /** By seat: the matrices one after another, rows by the seat's hands; by option where its own starts, or -1. */
  readonly #payoffs: PerSeat<Float64Array>;
  readonly #end: Int32Array;
  /** By seat and option: whether its worth is the value of the one situation that follows. */
  readonly #alone: PerSeat<Uint8Array>;

  constructor(tree: PublicTree) {
    const actions = tree.action.length;
    this.#tree = tree;
    this.regrets = new Float64Array(actions);
    this.sums = new Float64Array(actions);
    this.strategy = new Float64Array(actions);
    this.#reachAt = reachPlaces(tree);
    this.#reach = new Float64Array(this.#reachAt.total).fill(1);
    this.#valueAt = valuePlaces(tree);
    this.#value = new Float64Array(this.#valueAt.total);
    this.#payoffs = [joined(tree.payoffs.map(({ weights }) => weights)), joined(tree.payoffs.map(turned))];
    this.#end = endsOf(tree);
    this.#alone = [aloneOf(tree, 0), aloneOf(tree, 1)];
    for (let situation = 0; situation < tree.size; situation++) {
      const options = tree.options[situation] as number;
      this.strategy.fill(1 / options, tree.offset[situation], tree.offset[situation + 1]);
    }
    this.realise(0);
    this.realise(1);
  }

  /** Works out, forwards, how likely a seat's own moves lead to each situation and past each option. */
  realise(seat: 0 | 1): void {
    const { size, actor, options, edge, offset, came, from, hands } = this.#tree;
    const [reach, strategy] = [this.#reach, this.strategy];
    const [situationAt, optionAt] = [this.#reachAt.situation[seat], this.#reachAt.option[seat]];
    const [origins, widths] = [from[seat], hands[seat]];
    for (let situation = 0; situation < size; situation++) {
      const own = situationAt[situation] as number;
      const width = widths[situation] as number;
      const origin = origins[situation] as Int32Array | null;
      if (origin !== null) spread(reach, optionAt[came[situation] as number] as number, origin, own);
      if (actor[situation] !== seat) continue;
      const past = (edge[situation] as number) + (options[situation] as number);
      let action = offset[situation] as number;
      for (let option = edge[situation] as number; option < past; option++) {
        const to = optionAt[option] as number;
        for (let hand = 0; hand < width; hand++, action++) {
          reach[to + hand] = (reach[own + hand] as number) * (strategy[action] as number);
        }
      }
    }
  }

  /** One pass, backwards: the values of a seat's hands, its new regrets, and what it plays next. */
  learn(seat: 0 | 1, factors: Factors): void {
    const { size, actor, options, edge } = this.#tree;
    const alone = this.#alone[seat];
    for (let situation = size - 1; situation >= 0; situation--) {
      const first = edge[situation] as number;
      const past = first + (options[situation] as number);
      for (let option = first; option < past; option++)
        if (alone[option] === 0) this.#appraise(seat, situation, option);
      if (actor[situation] === seat) this.#regret(seat, situation, first, past, factors);
      else this.#add(seat, situation, first, past);
    }
  }

  /** What an option is worth to each hand: what is paid there and what the situations that follow are worth. */
  #appraise(seat: 0 | 1, situation: number, option: number): void {
    const { hands, after, from } = this.#tree;
    const value = this.#value;
    const to = this.#valueAt.option[seat][option] as number;
    const width = hands[seat][situation] as number;
    const matrix = this.#end[option] as number;
    if (matrix < 0) value.fill(0, to, to + width);
    else {
      const other = this.#reachAt.option[(1 - seat) as 0 | 1][option] as number;
      this.#product(seat, matrix, width, hands[(1 - seat) as 0 | 1][situation] as number, other, to);
    }
    const past = after[option + 1] as number;
    for (let next = after[option] as number; next < past; next++) {
      const origin = from[seat][next] as Int32Array | null;
      const own = this.#valueAt.situation[seat][next] as number;
      if (origin !== null) collect(value, own, origin, to);
      else
        for (let hand = 0; hand < width; hand++)
          value[to + hand] = (value[to + hand] as number) + (value[own + hand] as number);
    }
  }

  /** The matrix that starts at `at`, `width` rows by `depth` columns, times the other seat's reach. */
  #product(seat: 0 | 1, at: number, width: number, depth: number, other: number, to: number): void {
    const [payoffs, reach, value] = [this.#payoffs[seat], this.#reach, this.#value];
    let entry = at;
    for (let hand = 0; hand < width; hand++) {
      let worth = 0;
      for (let held = 0; held < depth; held++, entry++) {
        worth += (payoffs[entry] as number) * (reach[other + held] as number);
      }
      value[to + hand] = worth;
    }
  }

  /** Where the other seat moves, its reach holds the probabilities already: the options are worth their sum. */
  #add(seat: 0 | 1, situation: number, first: number, past: number): void {
    const value = this.#value;
    const optionAt = this.#valueAt.option[seat];
    const to = this.#valueAt.situation[seat][situation] as number;
    const width = this.#tree.hands[seat][situation] as number;
    for (let hand = 0; hand < width; hand++) {
      let worth = 0;
      for (let option = first; option < past; option++) worth += value[(optionAt[option] as number) + hand] as number;
      value[to + hand] = worth;
    }
  }

  /**
   * Regret matching for every hand, and the average that the strategy just played belongs to.
   * NOTE: one loop for all of it, since the tables of a large game are read from memory and not from the cache.
   */
  #regret(seat: 0 | 1, situation: number, first: number, past: number, factors: Factors): void {
    const { weight, positive, negative, predicted } = factors;
    const [regrets, sums, strategy, value, reach] = [this.regrets, this.sums, this.strategy, this.#value, this.#reach];
    const [valueAt, reachAt] = [this.#valueAt.option[seat], this.#reachAt.option[seat]];
    const width = this.#tree.hands[seat][situation] as number;
    const start = this.#tree.offset[situation] as number;
    const to = this.#valueAt.situation[seat][situation] as number;
    for (let hand = 0; hand < width; hand++) {
      let worth = 0;
      for (let option = first, action = start + hand; option < past; option++, action += width) {
        worth += (strategy[action] as number) * (value[(valueAt[option] as number) + hand] as number);
      }
      value[to + hand] = worth;
      let total = 0;
      for (let option = first, action = start + hand; option < past; option++, action += width) {
        sums[action] = (sums[action] as number) + weight * (reach[(reachAt[option] as number) + hand] as number);
        const now = (value[(valueAt[option] as number) + hand] as number) - worth;
        let regret = (regrets[action] as number) + now;
        regret = regret > DUST ? regret * positive : regret < -DUST ? regret * negative : 0;
        regrets[action] = regret;
        const wanted = regret + predicted * now;
        const chosen = wanted > DUST ? wanted : 0;
        strategy[action] = chosen;
        total += chosen;
      }
      const scale = total > 0 ? 1 / total : 0;
      const even = total > 0 ? 0 : 1 / (past - first);
      for (let option = first, action = start + hand; option < past; option++, action += width) {
        strategy[action] = (strategy[action] as number) * scale + even;
      }
    }
  }
}

/** Hands take along the reach of the hands they come from. */
function spread(reach: Float64Array, source: number, origin: Int32Array, to: number): void {
  for (let hand = 0; hand < origin.length; hand++) {
    reach[to + hand] = reach[source + (origin[hand] as number)] as number;
  }
}

/** Hands give what they are worth back to those they come from. */
function collect(value: Float64Array, source: number, origin: Int32Array, to: number): void {
  for (let hand = 0; hand < origin.length; hand++) {
    const at = to + (origin[hand] as number);
    value[at] = (value[at] as number) + (value[source + hand] as number);
  }
}

/** What seat 1 is paid: the other way round, rows by its own hands. */
function turned({ rows, columns, weights }: Payoff): Float64Array {
  const own = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      own[column * rows + row] = -(weights[row * columns + column] as number);
    }
  }
  return own;
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** By option: where its matrix starts among all, -1 where nothing is paid. */
function endsOf({ end, payoffs }: PublicTree): Int32Array {
  const start: number[] = [];
  let at = 0;
  for (const { weights } of payoffs) {
    start.push(at);
    at += weights.length;
  }
  return end.map((payoff) => (payoff < 0 ? -1 : (start[payoff] as number)));
}

function aloneOf(tree: PublicTree, seat: 0 | 1): Uint8Array {
  return Uint8Array.from({ length: tree.edges }, (_, option) => (followsAlone(tree, seat, option) ? 1 : 0));
}
