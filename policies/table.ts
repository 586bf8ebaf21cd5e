import { UserError } from '../src/core/errors.js';
import { arrayOf, pack, unpack } from './pack.js';
import type { Strategy } from './solver.js';
import { actionsOf, type GameTree, type Profile, uniformProfile } from './tree/game-tree.js';

const KIND = 'table';

/**
 * A strategy as bytes (see `pack`). Lists of options stand once however many states share them. `float32` halves the
 * probabilities and costs up to 6e-8 of each.
 */
export function encodeTable(strategy: Strategy, precision: 'float64' | 'float32' = 'float64'): Uint8Array {
  const { names, options, offset, probabilities } = strategy;
  const lists = new Map<string, number>();
  const list = Uint32Array.from(options, (own) => {
    const text = JSON.stringify(own);
    const number = lists.get(text) ?? lists.size;
    lists.set(text, number);
    return number;
  });
  const used = probabilities.subarray(offset[0] ?? 0, offset[names.length] ?? 0);
  return pack({
    kind: KIND,
    about: { states: names.length, precision, options: [...lists.keys()].map((text) => JSON.parse(text)) },
    arrays: {
      list,
      names: new TextEncoder().encode(JSON.stringify(names)),
      probabilities: precision === 'float64' ? used : Float32Array.from(used),
    },
  });
}

/** The strategy of a table's bytes. @throws UserError naming `from` when the bytes hold none */
export function decodeTable(bytes: Uint8Array, from = 'the table'): Strategy {
  const packed = unpack(bytes, KIND, from);
  const lists = packed.about.options as readonly (readonly string[])[];
  const list = arrayOf(packed, 'list', Uint32Array, from);
  const names = JSON.parse(new TextDecoder().decode(arrayOf(packed, 'names', Uint8Array, from))) as string[];
  const options = Array.from(list, (number) => lists[number] ?? []);
  const offset = new Int32Array(names.length + 1);
  for (const [state, own] of options.entries()) offset[state + 1] = (offset[state] as number) + own.length;
  const exact = packed.about.precision === 'float64';
  const probabilities = Float64Array.from(
    exact ? arrayOf(packed, 'probabilities', Float64Array, from) : arrayOf(packed, 'probabilities', Float32Array, from),
  );
  if (options.length !== names.length || offset[names.length] !== probabilities.length) {
    throw new UserError(`${from} is no table: its states and probabilities differ in number`);
  }
  if (!exact) normalise(offset, probabilities);
  return { names, options, offset, probabilities };
}

/** One information state's row of a table. */
export interface Row {
  readonly options: readonly string[];
  /** In the order of the options. */
  readonly probabilities: Float64Array;
}

/** A strategy to look things up in. */
export class Table {
  readonly #strategy: Strategy;
  readonly #at: ReadonlyMap<string, number>;

  constructor(strategy: Strategy) {
    this.#strategy = strategy;
    this.#at = new Map(strategy.names.map((name, state) => [name, state]));
  }

  get size(): number {
    return this.#at.size;
  }

  /** The row of a named information state; undefined when the table has none. */
  row(name: string): Row | undefined {
    const state = this.#at.get(name);
    if (state === undefined) return undefined;
    const { options, offset, probabilities } = this.#strategy;
    return {
      options: options[state] as readonly string[],
      probabilities: probabilities.subarray(offset[state], offset[state + 1]),
    };
  }
}

/** A strategy laid over a tree. */
export interface Laid {
  readonly profile: Profile;
  /** States of the tree that the strategy does not name: every option equally likely there. */
  readonly missing: number;
  /** States of the strategy that the tree does not have. */
  readonly foreign: number;
}

/** Lays a strategy over a tree. @throws UserError when a state of both has other options */
export function profileOf(tree: GameTree, strategy: Strategy): Laid {
  const { count, offset, names, options } = tree.states;
  // NOTE: solvers hand over the tree's own list of names, and then nothing needs looking up.
  if (strategy.names === names)
    return { profile: strategy.probabilities.slice(0, actionsOf(tree)), missing: 0, foreign: 0 };
  const table = new Table(strategy);
  const profile = uniformProfile(tree);
  let missing = 0;
  for (let state = 0; state < count; state++) {
    const row = table.row(names[state] as string);
    if (row === undefined) missing++;
    else profile.set(inOrder(row, options[state] as readonly string[], names[state] as string), offset[state]);
  }
  return { profile, missing, foreign: table.size - (count - missing) };
}

/** A profile of a tree by the names of its information states. */
export function strategyOf({ states }: GameTree, profile: Profile): Strategy {
  return { names: states.names, options: states.options, offset: states.offset, probabilities: profile };
}

/** The probabilities of a row in the order in which the options are offered. @throws UserError when they are others */
export function inOrder({ options, probabilities }: Row, offered: readonly string[], name: string): Float64Array {
  if (options === offered || (options.length === offered.length && options.every((id, at) => id === offered[at]))) {
    return probabilities;
  }
  const places = offered.map((id) => options.indexOf(id));
  if (options.length !== offered.length || places.includes(-1)) {
    throw new UserError(
      `the table knows information state ${name} with the options ${options.join(', ')}; here they are ${offered.join(', ')}`,
    );
  }
  return Float64Array.from(places, (place) => probabilities[place] as number);
}

/** Makes every row add up to 1 again. */
function normalise(offset: Int32Array, probabilities: Float64Array): void {
  for (let state = 0; state + 1 < offset.length; state++) {
    const row = probabilities.subarray(offset[state], offset[state + 1]);
    const sum = row.reduce((total, one) => total + one, 0);
    for (let at = 0; at < row.length; at++) row[at] = (row[at] as number) / sum;
  }
}
