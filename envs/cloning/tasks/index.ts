import type { TaskSet } from '../../../src/core/task/contract.js';
import { KINDS, made } from './kinds.js';
import { readLabBench } from './labbench.js';
import type { CloningTask, Split } from './task.js';

/** Tasks of each kind in each split. */
const EACH: { readonly [split in Split]: number } = { train: 10_000, val: 500, test: 500 };

function sizeOf(split: Split): number {
  return EACH[split] * KINDS.length;
}

export const SIZES = { train: sizeOf('train'), val: sizeOf('val'), test: sizeOf('test') };

/** The embedded tasks. Kinds take turns, so that any run of numbers holds each as often. */
export const tasks: TaskSet<CloningTask> = {
  sizes: SIZES,
  at: (split, index) => made(KINDS[index % KINDS.length] as string, `${split}_${index}`, split as Split),
  read: readLabBench,
};
