import { stream } from '../../../src/core/rng.js';
import type { DataTask } from '../task.js';
import type { Kind } from './draw.js';
import { ecology } from './ecology.js';
import { kinetics } from './kinetics.js';
import { sales } from './sales.js';
import { sensorLog } from './sensors.js';
import { clinicalTrial } from './trial.js';

/** How many embedded tasks there are. */
export const SIZES = { train: 20_000, val: 2_000, test: 2_000 } as const;

/** Every kind of embedded task; tasks take them in turn. */
export const KINDS: readonly Kind[] = [...ecology, ...clinicalTrial, ...kinetics, ...sales, ...sensorLog];

export function kindOf(index: number): Kind {
  return KINDS[index % KINDS.length] as Kind;
}

/** The share of the right answer by which an answer may miss it. */
const TOLERANCE = 0.002;

/** The task of a number in its split: the same on every machine. */
export function embedded(split: string, index: number): DataTask {
  const id = `${split}_${index}`;
  const drawn = kindOf(index).draw(stream('data-analysis', id));
  return { id, split, ...drawn, relative: TOLERANCE, absolute: 0 };
}
