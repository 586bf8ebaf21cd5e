import { z } from 'zod';
import type { Rng } from '../../../src/core/rng.js';
import { type TypedTool, taskTool } from '../../../src/core/task/contract.js';
import type { Config } from '../config.js';
import type { CloningTask } from '../tasks/task.js';
import type { World } from '../world.js';

/** A tool of this environment. */
export function tool<A extends z.ZodType>(definition: TypedTool<CloningTask, World, Config, A>) {
  return taskTool(definition);
}

/** A key of the store. */
export function key(says: string) {
  return z.string().min(1).max(50_000).describe(says);
}

/** One key or a list of keys. */
export function keys(says: string) {
  return z.union([z.string().min(1).max(50_000), z.array(z.string().min(1).max(50_000)).min(1).max(50)]).describe(says);
}

/** A whole number that counts bases or amino acids from 1. */
export function position(says: string) {
  return z.number().int().min(1).max(1_000_000).describe(says);
}

/** What random play calls a molecule: a key that a tool may have given, or bases written out. */
export function sampleKey(rng: Rng): string {
  const prefix = rng.pick(['seq', 'fragment', 'amplicon', 'primer', 'assembly', 'bundle']);
  return rng.below(3) === 0 ? `${prefix}-${1 + rng.below(6)}` : sampleBases(rng);
}

export function sampleBases(rng: Rng, least = 24): string {
  return Array.from({ length: least + rng.below(24) }, () => rng.pick([...'ACGT'])).join('');
}
