import type { Job } from '../../src/core/task/contract.js';
import type { Config } from './config.js';
import type { Sequence } from './dna/sequence.js';
import type { CloningTask } from './tasks/task.js';

/** Several molecules of one kind under one key, each under its own name. */
export type Bundle = { readonly bundle: readonly Sequence[] };

export type Entry = Sequence | Bundle;

/** What has been made so far, by key. What the task brings is read off the task, unless something stands in its place. */
export type World = { readonly made: { readonly [key: string]: Entry } };

export type CloningJob = Job<CloningTask, World, Config>;

export function isBundle(entry: Entry): entry is Bundle {
  return 'bundle' in entry;
}
