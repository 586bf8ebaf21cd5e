import { forkTable } from '../../../replays/fork.js';
import { parseRecord } from '../../../replays/read.js';
import { Recorder } from '../../../replays/recorder.js';
import type { EpisodeRecord } from '../../../replays/schema.js';
import type { AgentFactory } from '../../core/agent.js';
import type { Environment } from '../../core/environment.js';
import { messageOf, UserError } from '../../core/errors.js';
import { breathe } from '../../core/halt.js';
import { playEpisode } from '../../core/play.js';

/** A game to be played on. */
export interface ForkPlan {
  readonly record: EpisodeRecord;
  readonly environment: Environment;
  readonly step: number;
  /** One a seat. */
  readonly agents: readonly AgentFactory[];
  readonly seed: string;
}

/** Longest that one fork may take. */
const FORK_MS = 10 * 60_000;
/** How long a fork is played before others get their turn, in milliseconds. */
const AT_ONCE_MS = 8;

/**
 * Plays a record on from a step and gives the line of the new record, newline included.
 * @throws UserError when it cannot go on from there
 */
export async function playFork({ record, environment, step, agents, seed }: ForkPlan): Promise<string> {
  const { table, parent, consent } = forkTable(record, environment, { at: step, agents, seed });
  const { config } = table;
  const origin = { environment, config, seed, parent, ...(consent === undefined ? {} : { consent }) };
  const recorder = new Recorder(origin, new Date().toISOString());
  const running = playEpisode({ ...table, hash: true, clock: Date.now, limits: { totalMs: FORK_MS } });
  let since = performance.now();
  try {
    for await (const progress of running) {
      if (progress.kind === 'started') recorder.begin(progress);
      else if (progress.kind === 'step') recorder.step(progress);
      else return recorder.line(progress.ending);
      if (performance.now() - since < AT_ONCE_MS) continue;
      await breathe();
      since = performance.now();
    }
  } catch (error) {
    throw new UserError(`the record cannot be played on from step ${step}: ${messageOf(error)}`);
  }
  throw new Error('a game ended without an end');
}

/** Forks made here: kept while there is room, the oldest let go of first. */
export class Forks {
  readonly #most: number;
  readonly #lines = new Map<string, string>();
  #size = 0;

  /** @param most characters kept in all */
  constructor(most = 64 << 20) {
    this.#most = most;
  }

  add(line: string): EpisodeRecord {
    const { record } = parsed(line);
    this.#drop(record.id);
    this.#lines.set(record.id, line.trimEnd());
    this.#size += line.length;
    for (const id of this.#lines.keys()) {
      if (this.#size <= this.#most || this.#lines.size === 1) break;
      this.#drop(id);
    }
    return record;
  }

  find(id: string): { readonly record: EpisodeRecord; readonly line: string } | null {
    const line = this.#lines.get(id);
    return line === undefined ? null : { ...parsed(line), line };
  }

  #drop(id: string): void {
    this.#size -= this.#lines.get(id)?.length ?? 0;
    this.#lines.delete(id);
  }
}

function parsed(line: string): { readonly record: EpisodeRecord } {
  const read = parseRecord(line);
  if ('problem' in read) throw new Error(`a fork that was just played cannot be read: ${read.problem}`);
  return read;
}
