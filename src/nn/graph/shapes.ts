import { UserError } from '../../core/errors.js';
import type { Dim } from '../onnx/model.js';

export type Dims = readonly Dim[];

/** Dims as messages show them: `[batch, 32]`. */
export function show(dims: Dims): string {
  return `[${dims.join(', ')}]`;
}

export function sameDims(a: Dims, b: Dims): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i]);
}

/**
 * The dims of an operation between two arrays that are stretched to fit each other: sizes are aligned at the end, and 1
 * fits every size.
 * @throws UserError naming the operation and both dims
 */
export function broadcast(op: string, a: Dims, b: Dims): Dim[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = a[a.length - rank + i] ?? 1;
    const y = b[b.length - rank + i] ?? 1;
    if (x === y || y === 1) return x;
    if (x === 1) return y;
    throw new UserError(
      `${op}: ${show(a)} and ${show(b)} do not fit: each pair of sizes must be equal, or one of them 1`,
    );
  });
}

/** The dims as numbers. @throws UserError naming the operation when one is open until run time */
export function fixed(op: string, dims: Dims): number[] {
  return dims.map((dim) => {
    if (typeof dim === 'number') return dim;
    throw new UserError(`${op}: needs all sizes, but "${dim}" of ${show(dims)} is open until run time`);
  });
}

/** How many elements dims hold. */
export function sizeOf(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

/** An axis counted from the start; -1 is the last. @throws UserError when there is none */
export function axisOf(op: string, dims: Dims, axis: number): number {
  const at = axis < 0 ? axis + dims.length : axis;
  if (Number.isInteger(at) && at >= 0 && at < dims.length) return at;
  throw new UserError(`${op}: ${show(dims)} has no axis ${axis}`);
}
