import type { Scheme } from '../tabular/kernel/scheme.js';
import type { Factors } from '../tabular/kernel/tables.js';
import type { Engine, Table } from './engine.js';
import { evenly, type PublicTree } from './public-tree.js';
import { generate } from './wasm/generate.js';
import { start } from './wasm/host.js';
import type { Precision } from './wasm/lanes.js';
import type { MemoryMap } from './wasm/memory.js';

/** The same steps as `VectorCfr`, as a program generated for one tree and one scheme. */
export class WasmCfr implements Engine {
  /** How many bytes the program has. */
  readonly codeBytes: number;
  readonly #tree: PublicTree;
  readonly #map: MemoryMap;
  readonly #numbers: Float64Array | Float32Array;
  readonly #run: (weight: number, positive: number, negative: number) => void;

  /**
   * @param tree best grown with hands that keep their entries: moving numbers between lanes takes time
   * @throws UserError when the program would grow too long
   */
  constructor(tree: PublicTree, scheme: Scheme, precision: Precision) {
    const { module, memory } = generate(tree, scheme, precision);
    const { exports, buffer } = start(module, memory.pages());
    this.codeBytes = module.length;
    this.#tree = tree;
    this.#map = memory;
    this.#numbers = precision === 'f64' ? new Float64Array(buffer) : new Float32Array(buffer);
    this.#run = exports.iterate as (weight: number, positive: number, negative: number) => void;
    this.write('strategy', evenly(tree));
  }

  iterate({ weight, positive, negative }: Factors): void {
    this.#run(weight, positive, negative);
  }

  read(table: Table): Float64Array {
    const start = this.#start(table);
    const numbers = new Float64Array(this.#tree.action.length);
    this.#map.each((action, at) => {
      numbers[action] = this.#numbers[start + at] as number;
    });
    return numbers;
  }

  write(table: Table, numbers: Float64Array): void {
    const start = this.#start(table);
    this.#map.each((action, at) => {
      this.#numbers[start + at] = numbers[action] as number;
    });
  }

  #start(table: Table): number {
    return this.#map.table(table) / this.#numbers.BYTES_PER_ELEMENT;
  }
}
