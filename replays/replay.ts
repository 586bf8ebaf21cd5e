import type { AgentManifest, Message } from '../src/core/agent.js';
import type { Environment } from '../src/core/environment.js';
import { Episode } from '../src/core/episode.js';
import type { JsonObject } from '../src/core/json.js';
import { type Ending, movesOf, type Progress } from '../src/core/play.js';
import { unpackStep } from './messages.js';
import type { EpisodeRecord } from './schema.js';
import { refuseOtherVersion } from './session.js';

/**
 * Tells a record the way the step loop told it, so that whoever shows a live episode shows a recorded one. Rules decide
 * what is told; the record gives the moves, what led to them, and the end. @throws UserError on another version
 */
export function* replay(record: EpisodeRecord, environment: Environment): Generator<Progress> {
  refuseOtherVersion(record.environment, environment);
  const episode = new Episode(environment, record.environment.config as JsonObject);
  const messages: readonly Message[] = record.messages ?? [];
  yield { kind: 'started', episode, seats: record.seats as readonly AgentManifest[] };
  for (const [index, packed] of record.steps.entries()) {
    const step = unpackStep(packed, messages);
    const { events } = episode.apply(movesOf(step));
    yield { kind: 'step', index, step, events: events ?? [], turn: episode.turn, past: true, streams: new Map() };
  }
  yield { kind: 'ended', ending: record.end as unknown as Ending };
}
