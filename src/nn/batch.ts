import { UserError } from '../core/errors.js';
import { fixed, show, sizeOf } from './graph/shapes.js';
import type { Spec, Specs } from './net.js';
import { arrayOf, type DType, type TensorData } from './onnx/model.js';
import type { Tensor } from './runtime.js';
import { type Sizes, withSizes } from './training-graph.js';

/**
 * What a step learns from: for each input of the net and of the loss its rows, one after another. A batch may have
 * fewer rows than the trainer was made for: the rest is zeros, so a loss takes a weight for each row, 0 for those.
 */
export type Batch<K extends string> = { readonly [name in K]: TensorData };

/** The memory that a graph of fixed sizes reads its batch from. */
export class BatchMemory {
  readonly tensors: ReadonlyMap<string, Slot>;

  /** @param specs with sizes left open: an input whose first size is open may be given with fewer rows */
  constructor(specs: Specs, sizes: Sizes) {
    const filled = withSizes(specs, sizes);
    this.tensors = new Map(
      Object.entries(specs).map(([name, { dims }]) => [name, new Slot(name, filled[name] as Spec, dims[0])]),
    );
  }

  /** Copies a batch in. @throws UserError naming the input that is missing, of another type or of other length */
  fill(batch: { readonly [name: string]: TensorData }): void {
    const rows = new Map<string, { readonly name: string; readonly count: number }>();
    for (const [name, slot] of this.tensors) {
      const count = slot.fill(batch[name]);
      if (typeof slot.size !== 'string') continue;
      const first = rows.get(slot.size);
      if (first === undefined) rows.set(slot.size, { name, count });
      else if (first.count !== count) {
        throw new UserError(`"${first.name}" of the batch has ${first.count} rows, but "${name}" has ${count}`);
      }
    }
  }
}

class Slot implements Tensor {
  readonly dims: readonly number[];
  readonly data: TensorData;
  readonly #dtype: DType;

  constructor(
    readonly name: string,
    spec: Spec,
    /** The first size as the spec has it: a name when it is open. */
    readonly size: number | string | undefined,
  ) {
    this.dims = fixed(name, spec.dims);
    this.#dtype = spec.dtype ?? 'float32';
    this.data = arrayOf(this.#dtype, sizeOf(this.dims));
  }

  /** Takes over rows and gives their number. */
  fill(given: TensorData | undefined): number {
    if (given === undefined) throw new UserError(`"${this.name}" is missing from the batch`);
    if (given.constructor !== this.data.constructor) {
      throw new UserError(
        `"${this.name}" of the batch takes ${this.data.constructor.name}, got ${given.constructor.name}`,
      );
    }
    const row = sizeOf(this.dims.slice(1));
    const count = given.length / row;
    const open = typeof this.size === 'string';
    if (!(open ? Number.isInteger(count) && given.length <= this.data.length : given.length === this.data.length)) {
      const most = open ? 'at most ' : '';
      throw new UserError(`"${this.name}" of the batch takes ${most}${show(this.dims)}, got ${given.length} numbers`);
    }
    copy(given, this.data);
    return count;
  }
}

function copy(from: TensorData, to: TensorData): void {
  // NOTE: both are of one type, checked above, which the union cannot say.
  (to as Float32Array).set(from as Float32Array);
  if (to instanceof BigInt64Array) to.fill(0n, from.length);
  else to.fill(0, from.length);
}
