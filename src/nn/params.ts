import { UserError } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import { show, sizeOf } from './graph/shapes.js';

/** How a parameter starts: one value throughout, or normal numbers around 0 with a standard deviation. */
export type Init = 'zeros' | 'ones' | { readonly normal: number };

export interface ParamSpec {
  readonly dims: readonly number[];
  readonly init: Init;
}
export type ParamSpecs = { readonly [name: string]: ParamSpec };

/** A parameter's numbers, row by row, and their dims. */
export interface Param {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/**
 * The weights of a network, by name, and their only home: trainer, sampler and exporter read and write these very
 * arrays. Names and dims stay as they were made.
 */
export class Params implements Iterable<readonly [name: string, param: Param]> {
  readonly #params: ReadonlyMap<string, Param>;

  /** @throws UserError when an array has another length than its dims say */
  constructor(params: Iterable<readonly [name: string, param: Param]>) {
    this.#params = new Map(params);
    for (const [name, { dims, data }] of this.#params) {
      if (data.length === sizeOf(dims)) continue;
      throw new UserError(`parameter "${name}" ${show(dims)} takes ${sizeOf(dims)} numbers, got ${data.length}`);
    }
  }

  [Symbol.iterator](): IterableIterator<readonly [name: string, param: Param]> {
    return this.#params.entries();
  }

  get names(): readonly string[] {
    return [...this.#params.keys()];
  }

  /** How many numbers there are. */
  get size(): number {
    return [...this.#params.values()].reduce((total, { data }) => total + data.length, 0);
  }

  /** @throws UserError when there is no such parameter */
  get(name: string): Float32Array {
    return this.param(name).data;
  }

  /** @throws UserError when there is no such parameter */
  param(name: string): Param {
    const param = this.#params.get(name);
    if (param === undefined) throw new UserError(`there is no parameter "${name}"`);
    return param;
  }

  /** The same numbers in arrays of their own: a reference model, a network at an earlier time. */
  clone(): Params {
    return new Params([...this.#params].map(([name, { dims, data }]) => [name, { dims, data: data.slice() }]));
  }

  /** Takes over another's numbers. @throws UserError when names or dims differ */
  copyFrom(other: Params): void {
    for (const [mine, theirs] of this.#pairs(other)) mine.set(theirs);
  }

  /** Moves towards another: each number becomes (1 - weight) of its own and weight of the other's. */
  average(other: Params, weight: number): void {
    for (const [mine, theirs] of this.#pairs(other)) {
      for (let i = 0; i < mine.length; i++)
        mine[i] = (1 - weight) * (mine[i] as number) + weight * (theirs[i] as number);
    }
  }

  #pairs(other: Params): (readonly [Float32Array, Float32Array])[] {
    checkSame(this, other);
    return [...this.#params].map(([name, { data }]) => [data, other.get(name)]);
  }
}

/** @throws UserError naming the first parameter that is missing, too many or of other dims */
export function checkSame(
  expected: Iterable<readonly [string, { readonly dims: readonly number[] }]>,
  got: Params,
): void {
  const wanted = new Map(expected);
  for (const [name, { dims }] of wanted) {
    if (!got.names.includes(name)) throw new UserError(`parameter "${name}" ${show(dims)} is missing`);
    const there = show(got.param(name).dims);
    if (there !== show(dims)) throw new UserError(`parameter "${name}" is ${there}, where ${show(dims)} is expected`);
  }
  const extra = got.names.find((name) => !wanted.has(name));
  if (extra !== undefined) throw new UserError(`there is no place for a parameter "${extra}"`);
}

/** New parameters, drawn in the order of the specs. */
export function initParams(specs: ParamSpecs, rng: Rng): Params {
  return new Params(
    Object.entries(specs).map(([name, { dims, init }]) => [name, { dims, data: drawn(sizeOf(dims), init, rng) }]),
  );
}

function drawn(length: number, init: Init, rng: Rng): Float32Array {
  if (init === 'zeros') return new Float32Array(length);
  if (init === 'ones') return new Float32Array(length).fill(1);
  return Float32Array.from({ length }, () => init.normal * normal(rng));
}

/** A standard normal number. SEE: G. Box, M. Muller, "A note on the generation of random normal deviates", 1958. */
export function normal(rng: Rng): number {
  const radius = Math.sqrt(-2 * Math.log(1 - rng.float()));
  return radius * Math.cos(2 * Math.PI * rng.float());
}
