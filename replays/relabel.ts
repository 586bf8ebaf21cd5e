import { type Environment, type Moves, seatName } from '../src/core/environment.js';
import { Episode } from '../src/core/episode.js';
import { UserError } from '../src/core/errors.js';
import { inHindsight, type NoHindsight } from '../src/core/hindsight.js';
import { hashOf, type JsonObject } from '../src/core/json.js';
import type { Ending, PlayedStep } from '../src/core/play.js';
import { movesOf } from '../src/core/table.js';
import { parseRecord } from './read.js';
import { Recorder } from './recorder.js';
import type { EpisodeRecord } from './schema.js';
import { refuseOtherVersion } from './session.js';

/**
 * A failed episode as one that reached the goal it did reach: the same moves, really played under the configuration that
 * the environment names. What was said beside the moves (replies, thoughts, calls) was said about the other goal and is
 * left out. The record names the failed one as its parent.
 * SEE: M. Andrychowicz et al., "Hindsight Experience Replay", NeurIPS 2017.
 * @returns why there is none, where there is none. The episode must be one that `refuseUnable` lets pass.
 */
export function relabelled(record: EpisodeRecord, environment: Environment): EpisodeRecord | NoHindsight {
  const moves = record.steps.map((step) => movesOf(step as unknown as PlayedStep));
  const found = inHindsight(environment, record.environment.config as JsonObject, moves);
  if (typeof found === 'string') return found;
  const episode = new Episode(environment, found.config);
  const parent = { id: record.id, step: 0 };
  const recorder = new Recorder({ environment, config: found.config, seed: record.seed, parent });
  const seats = record.seats as Parameters<Recorder['begin']>[0]['seats'];
  recorder.begin({ kind: 'started', episode, seats, hash: hashOf(episode.state) });
  for (const [index, move] of found.moves.entries()) {
    const { rewards } = episode.apply(move);
    const played = { ...bare(record, index, move), ...(rewards === undefined ? {} : { rewards }) };
    const step = { ...played, hash: hashOf(episode.state) };
    recorder.step({ kind: 'step', index, step, events: [], turn: episode.turn, past: false, streams: new Map() });
  }
  return written(recorder.line(endingOf(episode)));
}

/** @throws UserError where several seats play, where the environment offers no hindsight, and on another version of it */
export function refuseUnable(record: EpisodeRecord, environment: Environment): void {
  refuseOtherVersion(record.environment, environment);
  const { id } = environment.spec;
  if (record.seats.length > 1) {
    const others = record.seats.slice(1).map((_, at) => seatName(at + 1));
    throw new UserError(
      `--relabel is for episodes of one seat: in ${id} ${others.join(', ')} would have played otherwise for another goal`,
    );
  }
  if (environment.hindsight === undefined) {
    throw new UserError(`--relabel needs an environment that says which goal was reached, and ${id} does not`);
  }
}

/** A step with nothing but its moves, and the marks of those that the seat's agent did not make. */
function bare({ steps }: EpisodeRecord, index: number, moves: Moves): PlayedStep {
  if (!('seats' in moves)) return moves;
  const decided = Object.entries(moves.seats).map(([seat, move]) => {
    const { substituted, by } = steps[index]?.seats?.[seat] ?? {};
    const marks = { ...(substituted === undefined ? {} : { substituted }), ...(by === undefined ? {} : { by }) };
    return [seat, { move, ...marks }] as const;
  });
  return { seats: Object.fromEntries(decided) };
}

function endingOf(episode: Episode): Ending {
  const { turn, paid } = episode;
  if (turn.kind !== 'over') throw new Error('an episode that reached its goal is not over');
  return { how: turn.truncated ? 'horizon' : 'rules', outcome: turn.outcome, returns: episode.returns(), paid };
}

function written(line: string): EpisodeRecord {
  const read = parseRecord(line);
  if ('problem' in read) throw new Error(`the record just written cannot be read: ${read.problem}`);
  return read.record;
}
