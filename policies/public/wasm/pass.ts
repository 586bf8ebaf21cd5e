import { DUST, type Scheme } from '../../tabular/kernel/scheme.js';
import { turned } from '../layout.js';
import type { Payoff, PublicTree } from '../public-tree.js';
import { type Hands, type Lanes, NONE } from './lanes.js';
import type { MemoryMap, Table } from './memory.js';

/** `DUST` where numbers have 24 bits: sums that cancel on paper leave more. */
const SINGLE_DUST = 1e-6;

/** What passes are written for, and the functions they may call. */
export interface Target {
  readonly tree: PublicTree;
  readonly scheme: Scheme;
  readonly memory: MemoryMap;
  isPiece(situation: number): boolean;
  piece(seat: 0 | 1, situation: number): number;
}

/** Writes the code of a seat's pass into one function: the same steps as `VectorCfr`, depth first. */
export class Pass {
  readonly #target: Target;
  readonly #seat: 0 | 1;
  readonly #rival: 0 | 1;
  readonly #lanes: Lanes;

  constructor(target: Target, seat: 0 | 1, lanes: Lanes) {
    this.#target = target;
    this.#seat = seat;
    this.#rival = seat === 0 ? 1 : 0;
    this.#lanes = lanes;
  }

  /** What the seat's hands are worth in a situation that both seats' moves reach as given. */
  situation(situation: number, own: Hands, rival: Hands): Hands {
    const { actor, options, edge } = this.#target.tree;
    const count = options[situation] as number;
    const first = edge[situation] as number;
    if (actor[situation] === this.#seat) return this.#decide(situation, first, count, own, rival);
    const worths = Array.from({ length: count }, (_, option) => {
      const played = this.#load('strategy', situation, option, rival.length);
      return this.option(situation, first + option, own, this.#lanes.binary('mul', rival, played));
    });
    return this.#sum(worths);
  }

  /** What the hands are worth past an option. */
  option(situation: number, option: number, own: Hands, rival: Hands): Hands {
    const { after, end, from, payoffs } = this.#target.tree;
    const worths: Hands[] = [];
    const payoff = payoffs[end[option] as number];
    if (payoff !== undefined) worths.push(this.#pay(payoff, rival));
    for (let next = after[option] as number; next < (after[option + 1] as number); next++) {
      const origin = from[this.#seat][next] as Int32Array | null;
      const reached = this.#part(own, origin);
      const worth = this.#enter(next, reached, this.#part(rival, from[this.#rival][next] as Int32Array | null));
      worths.push(origin === null ? worth : this.#collect(situation, worth, origin));
    }
    return worths.length > 0 ? this.#sum(worths) : own.map(() => this.#lanes.zero());
  }

  #enter(situation: number, own: Hands, rival: Hands): Hands {
    if (!this.#target.isPiece(situation)) return this.situation(situation, own, rival);
    const { body } = this.#lanes;
    for (const local of [...own, ...rival]) body.get(local);
    body.call(this.#target.piece(this.#seat, situation));
    const values = own.map(() => body.local());
    for (const value of [...values].reverse()) body.set(value);
    return values;
  }

  #part(hands: Hands, origin: Int32Array | null): Hands {
    return origin === null ? hands : this.#lanes.gathered(hands, [...origin]);
  }

  /** Hands that parted give their worth back: the first of each that it parted into, then the second, added up. */
  #collect(situation: number, worth: Hands, origin: Int32Array): Hands {
    const { hands } = this.#target.tree;
    const count = situation < 0 ? 1 : (hands[this.#seat][situation] as number);
    const parts = Array.from({ length: count }, (_, hand) =>
      Array.from(origin.keys()).filter((entry) => origin[entry] === hand),
    );
    const rounds = Math.max(...parts.map(({ length }) => length));
    const layers = Array.from({ length: rounds }, (_, round) =>
      this.#lanes.gathered(
        worth,
        parts.map((entries) => entries[round] ?? NONE),
      ),
    );
    return this.#sum(layers);
  }

  /** The matrix times the rival's reach: each of its hands brings a column, known now. */
  #pay(payoff: Payoff, rival: Hands): Hands {
    const { rows, columns } = payoff;
    const [width, depth] = this.#seat === 0 ? [rows, columns] : [columns, rows];
    const weights = this.#seat === 0 ? payoff.weights : turned(payoff);
    const { width: step } = this.#lanes;
    return Array.from({ length: this.#lanes.count(width) }, (_, at) => {
      const terms: [number, number[]][] = [];
      for (let held = 0; held < depth; held++) {
        const lanes = Array.from({ length: step }, (_lane, lane) => weights[(at * step + lane) * depth + held] ?? 0);
        if (lanes.some((weight) => weight !== 0)) terms.push([held, lanes]);
      }
      return this.#weighed(terms, rival);
    });
  }

  #weighed(terms: readonly (readonly [held: number, weights: readonly number[]])[], rival: Hands): number {
    const { body } = this.#lanes;
    if (terms.length === 0) return this.#lanes.zero();
    const spread = terms.map(([held]) => this.#lanes.spread(rival, held));
    return this.#lanes.keep(() => {
      for (const [index, [, weights]] of terms.entries()) {
        body.get(spread[index] as number);
        this.#lanes.values(weights);
        this.#lanes.on('mul');
        if (index > 0) this.#lanes.on('add');
      }
    });
  }

  /** The seat's own decision: values weighed by what it plays, and what it learns from them. */
  #decide(situation: number, first: number, count: number, own: Hands, rival: Hands): Hands {
    const played: Hands[] = [];
    const values: Hands[] = [];
    for (let option = 0; option < count; option++) {
      const chances = this.#load('strategy', situation, option, own.length);
      const reached = this.#lanes.binary('mul', own, chances);
      this.#average(situation, option, reached);
      played.push(chances);
      values.push(this.option(situation, first + option, reached, rival));
    }
    const worth = this.#sum(values.map((value, option) => this.#lanes.binary('mul', value, played[option] as Hands)));
    for (const at of own.keys()) this.#learn(situation, at, values, worth);
    return worth;
  }

  #average(situation: number, option: number, reached: Hands): void {
    const { body } = this.#lanes;
    const { memory } = this.#target;
    const address = memory.address('sums', situation, option);
    for (const [at, local] of reached.entries()) {
      body.store(address + 16 * at, () => {
        body.load(address + 16 * at);
        body.get(local);
        body.load(memory.factor('weight'));
        this.#lanes.on('mul');
        this.#lanes.on('add');
      });
    }
  }

  /** Regret matching for the hands of one vector. */
  #learn(situation: number, at: number, values: readonly Hands[], worth: Hands): void {
    const { body } = this.#lanes;
    const { memory, scheme } = this.#target;
    const chosen = values.map((value, option) => {
      const fresh = this.#two('sub', value[at] as number, worth[at] as number);
      const address = memory.address('regrets', situation, option) + 16 * at;
      const regret = this.#kept(
        this.#two(
          'add',
          this.#lanes.keep(() => body.load(address)),
          fresh,
        ),
      );
      body.store(address, () => body.get(regret));
      if (scheme.predictive) return this.#above(this.#two('add', regret, fresh));
      return scheme.keep === 'positive' ? regret : this.#above(regret);
    });
    const [total] = this.#sum(chosen.map((local) => [local])) as readonly [number];
    const some = this.#two('gt', total, this.#lanes.zero());
    const scale = this.#two('div', this.#lanes.same(1), total);
    const even = this.#lanes.same(1 / values.length);
    for (const [option, local] of chosen.entries()) {
      body.store(memory.address(this.#learnt(), situation, option) + 16 * at, () => {
        body.get(this.#two('mul', local, scale));
        body.get(even);
        body.get(some);
        body.vector('v128.bitselect');
      });
    }
  }

  /** NOTE: seats that learn at once go on reading what was played, so what they learn waits in a table of its own. */
  #learnt(): Table {
    return this.#target.scheme.updates === 'alternating' ? 'strategy' : 'next';
  }

  /** What is kept of summed regrets. */
  #kept(summed: number): number {
    const { body } = this.#lanes;
    const { memory, scheme } = this.#target;
    if (scheme.keep === 'positive') return this.#above(summed);
    const size = this.#lanes.keep(() => {
      body.get(summed);
      this.#lanes.on('abs');
    });
    const clean = this.#masked(summed, this.#two('gt', size, this.#lanes.same(this.#dust())));
    if (scheme.keep === 'all') return clean;
    const factor = this.#lanes.keep(() => {
      body.load(memory.factor('positive'));
      body.load(memory.factor('negative'));
      body.get(this.#two('gt', clean, this.#lanes.zero()));
      body.vector('v128.bitselect');
    });
    return this.#two('mul', clean, factor);
  }

  /** Numbers not above the dust become 0. */
  #above(local: number): number {
    return this.#masked(local, this.#two('gt', local, this.#lanes.same(this.#dust())));
  }

  #dust(): number {
    return this.#lanes.precision === 'f64' ? DUST : SINGLE_DUST;
  }

  #masked(local: number, mask: number): number {
    return this.#lanes.keep(() => {
      this.#lanes.body.get(local);
      this.#lanes.body.get(mask);
      this.#lanes.body.vector('v128.and');
    });
  }

  #two(operation: 'add' | 'sub' | 'mul' | 'div' | 'gt', x: number, y: number): number {
    const [result] = this.#lanes.binary(operation, [x], [y]) as readonly [number];
    return result;
  }

  #sum(all: readonly Hands[]): Hands {
    return all.reduce((total, hands) => this.#lanes.binary('add', total, hands));
  }

  #load(table: Table, situation: number, option: number, vectors: number): Hands {
    const address = this.#target.memory.address(table, situation, option);
    return Array.from({ length: vectors }, (_, at) => this.#lanes.keep(() => this.#lanes.body.load(address + 16 * at)));
  }
}
