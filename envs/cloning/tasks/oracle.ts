import type { Handed } from './grade.js';
import { BUILD } from './oracle/build.js';
import { CLONE } from './oracle/clone.js';
import { READ } from './oracle/read.js';
import type { Told } from './oracle/told.js';

/**
 * What solves a task of a kind made here, worked out from what the seat is told and from nothing of the tools.
 * @throws Error for a kind that is not made here, and where the question is not of its kind
 */
export function solved(kind: string, told: Told): Handed {
  const build = BUILD[kind];
  if (build !== undefined) return { molecules: [build(told)] };
  const read = READ[kind] ?? CLONE[kind];
  if (read === undefined) throw new Error(`the oracle knows no kind "${kind}"`);
  const found = read(told);
  if (typeof found === 'string') return { answer: found };
  return { molecules: found.map((sequence) => ({ sequence, circular: false })) };
}
