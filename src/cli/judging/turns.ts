import { type AskedThere, asked } from '../../../replays/asked.js';
import { type ReadLine, readRecords } from '../../../replays/read.js';
import type { EpisodeRecord } from '../../../replays/schema.js';
import { actorsOf } from '../../../replays/steps.js';
import type { Catalogue } from '../../core/catalogue.js';
import { isOwn } from '../../core/decide.js';
import type { Environment } from '../../core/environment.js';
import { MoveRefused, UserError } from '../../core/errors.js';

/** Which turns are to be judged. */
export interface Wanted {
  readonly path: string;
  /** How the ids of the records begin. */
  readonly id: string;
  readonly agentsOf?: readonly string[];
  readonly seats?: readonly number[];
}

/** A turn of a file of records. */
export interface FoundTurn {
  readonly file: string;
  readonly record: EpisodeRecord;
  readonly environment: Environment;
  readonly turn: AskedThere;
}

/** A decision by its place alone, found without playing the record again. */
export interface FoundPlace {
  readonly file: string;
  readonly record: EpisodeRecord;
  readonly step: number;
  readonly seat: number;
}

/** The wanted turns by their places. What cannot be read is skipped. */
export async function* placesOf(wanted: Wanted): AsyncGenerator<FoundPlace> {
  for await (const read of recordsOf(wanted)) {
    if ('problem' in read) continue;
    const { file, record } = read;
    for (const [step, played] of record.steps.entries()) {
      for (const [seat, decided] of actorsOf(played)) {
        if (isOwn(decided) && isWanted(wanted, record, seat)) yield { file, record, step, seat };
      }
    }
  }
}

/** The wanted turns in order, those left out that the seat's agent did not decide itself. @param refuse told of records that cannot be read */
export async function* turnsOf(
  wanted: Wanted,
  catalogue: Catalogue,
  refuse: (reason: string) => void,
): AsyncGenerator<FoundTurn> {
  for await (const read of recordsOf(wanted)) {
    const where = `${read.file}:${read.line}`;
    if ('problem' in read) {
      refuse(`${where}: ${read.problem}`);
      continue;
    }
    const { file, record } = read;
    try {
      const environment = await catalogue.environment(record.environment.id);
      for (const turn of asked(record, environment)) {
        if (!isOwn(turn.decided) || !isWanted(wanted, record, turn.seat)) continue;
        yield { file, record, environment, turn };
      }
    } catch (error) {
      if (!(error instanceof UserError || error instanceof MoveRefused)) throw error;
      refuse(`${where}: ${error.message}`);
    }
  }
}

async function* recordsOf({ path, id }: Wanted): AsyncGenerator<ReadLine> {
  for await (const read of readRecords(path)) {
    if ('problem' in read || read.record.id.startsWith(id)) yield read;
  }
}

function isWanted({ agentsOf, seats }: Wanted, { seats: agents }: EpisodeRecord, seat: number): boolean {
  return agentsOf?.includes(agents[seat]?.agent ?? '') !== false && seats?.includes(seat) !== false;
}
