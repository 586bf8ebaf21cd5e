import { UserError } from '../../../src/core/errors.js';
import type { Json } from '../../../src/core/json.js';
import type { Checkpoint, Strategy } from '../../solver.js';
import { normalised } from './averages.js';
import type { Memory } from './sampling.js';

/** What is kept of one information state, by option. */
export interface Entry {
  readonly options: readonly string[];
  readonly regrets: Float64Array;
  readonly sums: Float64Array;
}

/** The memory of a game that is not compiled: information states by name, made when first met. */
export class Ledger implements Memory {
  readonly #entries = new Map<string, Entry>();

  entry(name: string, options: readonly string[]): Entry {
    let entry = this.#entries.get(name);
    if (entry === undefined) {
      entry = { options, regrets: new Float64Array(options.length), sums: new Float64Array(options.length) };
      this.#entries.set(name, entry);
    }
    return entry;
  }

  /** Covers the information states met so far. */
  strategy(): Strategy {
    const names = [...this.#entries.keys()];
    const options = [...this.#entries.values()].map((entry) => entry.options);
    const offset = Int32Array.from([0, ...running(options.map(({ length }) => length))]);
    const states = { count: names.length, offset, names, options, seat: new Uint8Array(0) };
    return { names, options, offset, probabilities: normalised(states, this.#together('sums')) };
  }

  save(): Checkpoint {
    const names = [...this.#entries.keys()];
    const options = [...this.#entries.values()].map((entry) => entry.options);
    return {
      numbers: { names, options },
      arrays: { regrets: this.#together('regrets'), sums: this.#together('sums') },
    };
  }

  restore({ numbers: { names, options }, arrays: { regrets, sums } }: Checkpoint): void {
    if (!isTexts(names) || !Array.isArray(options) || !options.every(isTexts) || names.length !== options.length) {
      throw new UserError('the checkpoint is of another road: it does not name its information states');
    }
    const lists = options as readonly (readonly string[])[];
    const total = lists.reduce((sum, list) => sum + list.length, 0);
    if (regrets?.length !== total || sums?.length !== total) {
      throw new UserError(
        `the checkpoint is damaged: its information states have ${total} options, its numbers do not`,
      );
    }
    this.#entries.clear();
    let from = 0;
    for (const [index, name] of names.entries()) {
      const entry = this.entry(name, lists[index] as readonly string[]);
      const end = from + entry.options.length;
      entry.regrets.set(regrets.subarray(from, end));
      entry.sums.set(sums.subarray(from, end));
      from = end;
    }
  }

  #together(which: 'regrets' | 'sums'): Float64Array {
    const entries = [...this.#entries.values()];
    const all = new Float64Array(entries.reduce((total, entry) => total + entry.options.length, 0));
    let from = 0;
    for (const entry of entries) {
      all.set(entry[which], from);
      from += entry.options.length;
    }
    return all;
  }
}

function running(lengths: readonly number[]): number[] {
  let total = 0;
  return lengths.map((length) => {
    total += length;
    return total;
  });
}

function isTexts(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
