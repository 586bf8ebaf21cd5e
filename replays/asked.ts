import type { Message } from '../src/core/agent.js';
import type { Decided } from '../src/core/decide.js';
import { type Environment, type Seat, seatName } from '../src/core/environment.js';
import { Episode } from '../src/core/episode.js';
import { UserError } from '../src/core/errors.js';
import type { JsonObject } from '../src/core/json.js';
import { Observation } from '../src/core/observation.js';
import { stream } from '../src/core/rng.js';
import type { ActionSpace } from '../src/core/space.js';
import { movesOf } from '../src/core/table.js';
import { unpackStep } from './messages.js';
import type { EpisodeRecord } from './schema.js';
import { refuseOtherVersion } from './session.js';

/** One decision of a record together with what its seat was asked. */
export interface Asked {
  /** Position in the steps of the record. */
  readonly step: number;
  readonly seat: Seat;
  readonly space: ActionSpace;
  readonly decided: Decided;
  /**
   * What was put before the seat: the messages really sent with its last call where a model spoke, else its own
   * observation in words as the one message of a user.
   */
  readonly prompt: readonly Message[];
}

/**
 * The decisions of a record in order, each with its prompt, found by playing the record again.
 * @throws UserError on another version, or when a move does not belong where it stands
 */
export function* asked(record: EpisodeRecord, environment: Environment): Generator<Asked> {
  refuseOtherVersion(record.environment, environment);
  const episode = new Episode(environment, record.environment.config as JsonObject);
  for (const [step, packed] of record.steps.entries()) {
    const { turn } = episode;
    const played = unpackStep(packed, (record.messages ?? []) as Message[]);
    for (const [seat, decided] of Object.entries(played.seats ?? {}) as [string, Decided][]) {
      const space = turn.kind === 'act' ? turn.spaces[Number(seat)] : undefined;
      if (space === undefined) {
        throw new UserError(`${record.id}, step ${step}: ${seatName(Number(seat))} moves when it is not asked`);
      }
      yield { step, seat: Number(seat), space, decided, prompt: promptOf(episode, Number(seat), space, decided) };
    }
    episode.apply(movesOf(played));
  }
}

function promptOf(episode: Episode, seat: Seat, space: ActionSpace, { calls }: Decided): readonly Message[] {
  const sent = calls?.at(-1)?.messages;
  if (sent !== undefined && sent.length > 0) return sent;
  const rng = stream(0, 'unused');
  const asking = { rng, fresh: 0, attempt: 1, refused: null, budgetMs: null, signal: null };
  return [{ role: 'user', content: new Observation(episode, seat, space, asking).text }];
}
