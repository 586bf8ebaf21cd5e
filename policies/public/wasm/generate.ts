import { UserError } from '../../../src/core/errors.js';
import type { Scheme } from '../../tabular/kernel/scheme.js';
import type { PublicTree } from '../public-tree.js';
import { assemble, Body, type ValueType } from './assembler.js';
import { cut } from './cut.js';
import { type Hands, Lanes, type Precision } from './lanes.js';
import { MemoryMap } from './memory.js';
import { Pass, type Target } from './pass.js';

/** The most options that one function deals with: compilers stop optimising very long ones. */
const PIECE = 400;
/** The most bytes of code: enough for liar's dice with six faces, which takes seconds to write and compile. */
const MOST_CODE = 16_000_000;

export interface Program {
  readonly module: Uint8Array;
  readonly memory: MemoryMap;
}

/**
 * A WebAssembly module that does one iteration of a scheme on one public tree: straight-line vector code in which every
 * address, payoff and branch of the tree is known, cut into functions. It imports `memory.memory` and exports
 * `iterate(weight, positive, negative)`: see `Scheme` for what these are.
 *
 * @param most bytes of code
 * @throws UserError when there would be more
 */
export function generate(tree: PublicTree, scheme: Scheme, precision: Precision, most = MOST_CODE): Program {
  return new Generator(tree, scheme, precision, most).program();
}

class Generator implements Target {
  readonly tree: PublicTree;
  readonly scheme: Scheme;
  readonly memory: MemoryMap;
  readonly #bodies: Body[] = [];
  readonly #starts: Uint8Array;
  readonly #most: number;
  #length = 0;

  constructor(tree: PublicTree, scheme: Scheme, precision: Precision, most: number) {
    this.#most = most;
    this.tree = tree;
    this.scheme = scheme;
    this.memory = new MemoryMap(tree, precision);
    this.#starts = cut(tree, PIECE);
  }

  program(): Program {
    const passes = [this.#pass(0), this.#pass(1)];
    const index = this.#iterate(passes);
    return { module: assemble(this.#bodies, { name: 'iterate', index }), memory: this.memory };
  }

  /** Whether a situation has a function of its own. */
  isPiece(situation: number): boolean {
    return this.#starts[situation] === 1;
  }

  /** The function of a situation: takes the reach of the seat's own hands and of the rival's, gives the own values. */
  piece(seat: 0 | 1, situation: number): number {
    const { hands } = this.tree;
    const width = (of: 0 | 1) => this.memory.vectors(hands[of][situation] as number);
    const [own, rival] = [width(seat), width(seat === 0 ? 1 : 0)];
    return this.#function(vectors(own + rival), vectors(own), (lanes) => {
      const locals = Array.from({ length: own + rival }, (_, local) => local);
      const values = new Pass(this, seat, lanes).situation(situation, locals.slice(0, own), locals.slice(own));
      for (const value of values) lanes.body.get(value);
    });
  }

  /** A whole pass for one seat, from the start. */
  #pass(seat: 0 | 1): number {
    return this.#function([], [], (lanes) => {
      const start: Hands = [lanes.same(1)];
      new Pass(this, seat, lanes).option(-1, 0, start, start);
    });
  }

  /** Spreads the factors into memory and makes the passes. */
  #iterate(passes: readonly number[]): number {
    const type: ValueType = this.memory.precision;
    return this.#function([type, type, type], [], (lanes) => {
      for (const [local, factor] of (['weight', 'positive', 'negative'] as const).entries()) {
        lanes.body.store(this.memory.factor(factor), () => {
          lanes.body.get(local);
          lanes.on('splat');
        });
      }
      for (const pass of passes) lanes.body.call(pass);
      if (this.scheme.updates === 'alternating') return;
      const { tableBytes } = this.memory;
      lanes.body.copy(this.memory.table('strategy'), this.memory.table('next'), tableBytes);
    });
  }

  #function(parameters: readonly ValueType[], results: readonly ValueType[], write: (lanes: Lanes) => void): number {
    const body = new Body({ parameters, results });
    const index = this.#bodies.push(body) - 1;
    write(new Lanes(body, this.memory.precision));
    this.#length += body.length;
    if (this.#length > this.#most) {
      throw new UserError(
        `the program for ${this.tree.tree.environment} would be longer than ${this.#most / 1e6} megabytes: take the road "vector"`,
      );
    }
    return index;
  }
}

function vectors(count: number): ValueType[] {
  return new Array<ValueType>(count).fill('v128');
}
