import type { EpisodeRecord } from '../../../replays/schema.js';
import type { ReplayCard } from './wire.js';

/** A record in short. */
export function cardOf(record: EpisodeRecord): ReplayCard {
  const { id, environment, seats, end, steps, started, parent } = record;
  return {
    id,
    environment: environment.id,
    version: environment.version,
    seats: seats.map(({ agent, person }) => person ?? agent),
    how: end.how,
    outcome: end.outcome,
    returns: end.returns,
    steps: steps.length,
    started: started ?? null,
    parent: parent ?? null,
  };
}
