import type { Supplies } from '../../policies/learner.js';
import { readRecords } from '../../replays/read.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import type { Catalogue } from '../core/catalogue.js';
import { UserError } from '../core/errors.js';

/** What learners are handed: the agents of a catalogue, and the records of files. */
export function supplies(catalogue: Catalogue): Supplies {
  return { agent: (spec) => catalogue.agent(spec), records };
}

async function* records(path: string): AsyncGenerator<EpisodeRecord> {
  for await (const read of readRecords(path)) {
    if ('problem' in read) throw new UserError(`${read.file}:${read.line}: ${read.problem}`);
    yield read.record;
  }
}
