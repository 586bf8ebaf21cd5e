import { rmSync } from 'node:fs';
import type { AgentFactory } from '../src/core/agent.js';
import type { Environment } from '../src/core/environment.js';
import { UserError } from '../src/core/errors.js';
import { type Ending, type Progress, playEpisode, runEpisode, type Table } from '../src/core/play.js';
import { Journal, type TableRules, type Unfinished } from './journal.js';
import { parseRecord } from './read.js';
import { Recorder } from './recorder.js';
import type { Consent, EpisodeRecord } from './schema.js';
import { Shard } from './shard.js';

/** A game to be played and kept. */
export interface RecordedGame {
  /** `hash` is switched on; a `clock` gives the record its times. */
  readonly table: Table;
  /** The agents as they were named, so that a resumed game can seat them again. */
  readonly specs: readonly string[];
  /** Where the finished record is appended; the journal stands beside it. */
  readonly file: string;
  readonly parent?: { readonly id: string; readonly step: number };
  /** As of the record it goes on from: see `EpisodeOrigin`. */
  readonly consent?: Consent;
  /** ISO time of the start; none under a fixed clock. */
  readonly started?: string;
}

/** Where the journal of a record file stands. */
export function journalOf(file: string): string {
  return `${file}.journal`;
}

/** Plays an episode and keeps it: every step is on disk before the next is played, and the end is one appended line. */
export async function* playRecorded(game: RecordedGame): AsyncGenerator<Progress, EpisodeRecord> {
  const journal = new Shard(journalOf(game.file));
  let finished = false;
  try {
    const keeper = new Keeper(game, new Journal(journal));
    for await (const progress of playEpisode(keeper.table)) {
      keeper.take(progress);
      if (progress.kind === 'ended') {
        appendTo(game.file, keeper.line);
        finished = true;
      }
      yield progress;
    }
    const read = parseRecord(keeper.line);
    if ('problem' in read) throw new Error(`the record just written cannot be read: ${read.problem}`);
    return read.record;
  } finally {
    journal.close();
    if (finished) rmSync(journal.file);
  }
}

/**
 * Plays an episode into a journal with nobody looking, and gives the finished record's line and ending. The caller
 * appends the line and then calls `journal.done()`: between the two nothing is lost, at worst the episode is there
 * twice, under one id.
 */
export async function runRecorded(
  game: Omit<RecordedGame, 'file'>,
  journal: Journal,
): Promise<{ readonly line: string; readonly ending: Ending; readonly steps: number }> {
  const keeper = new Keeper(game, journal);
  const ending = await runEpisode(keeper.table, (progress) => keeper.take(progress));
  return { line: keeper.line, ending, steps: keeper.steps };
}

/** Writes an episode down as it is told: each step into the journal, all of it into the record's line. */
class Keeper {
  readonly table: Table;
  /** The finished record; empty until the episode has ended. */
  line = '';
  steps = 0;
  readonly #specs: readonly string[];
  readonly #recorder: Recorder;
  readonly #journal: Journal;

  constructor({ table, specs, parent, consent, started }: Omit<RecordedGame, 'file'>, journal: Journal) {
    const { environment, config, seed } = table;
    const origin = { environment, config, seed, ...(parent === undefined ? {} : { parent }) };
    this.table = { ...table, hash: true };
    this.#specs = specs;
    this.#recorder = new Recorder({ ...origin, ...(consent === undefined ? {} : { consent }) }, started);
    this.#journal = journal;
  }

  take(progress: Progress): void {
    switch (progress.kind) {
      case 'started':
        this.#journal.begin(this.#recorder.begin(progress), this.#specs, rulesOf(this.table));
        break;
      case 'step':
        this.#journal.step(this.#recorder.step(progress), progress, this.#recorder, this.#restored(progress));
        this.steps++;
        break;
      case 'ended':
        this.line = this.#recorder.line(progress.ending);
    }
  }

  /** NOTE: else a game that is killed again before its next step would have lost where its dice stood. */
  #restored({ past, index }: Progress & { kind: 'step' }): NonNullable<Table['past']>['streams'] {
    const before = this.table.past;
    return past && index === (before?.steps.length ?? 0) - 1 ? before?.streams : undefined;
  }
}

function appendTo(file: string, line: string): void {
  const shard = new Shard(file);
  shard.append(line);
  shard.close();
}

/** The table of a game that was cut off, ready to go on. @throws UserError when the environment is another version */
export function resumeTable(
  unfinished: Unfinished,
  environment: Environment,
  agents: readonly AgentFactory[],
): Pick<Table, 'environment' | 'config' | 'seed' | 'agents' | 'past'> & TableRules {
  const { header, rules, past } = unfinished;
  refuseOtherVersion(header.environment, environment);
  const config = header.environment.config as Table['config'];
  return { environment, config, seed: header.seed, agents, past, ...rules };
}

/** @throws UserError when a record was made by another version of its environment than the one at hand */
export function refuseOtherVersion(recorded: { id: string; version: string }, environment: Environment): void {
  const { id, version } = environment.spec;
  if (recorded.id !== id) throw new UserError(`the record is of ${recorded.id}, not of ${id}`);
  if (recorded.version !== version) {
    throw new UserError(
      `the record was made by ${id} ${recorded.version}, here is ${id} ${version}: its moves may mean something else; use the version of ludus that has ${id} ${recorded.version}`,
    );
  }
}

function rulesOf(table: Table): TableRules {
  const { limits, tries, onFailure } = table;
  return {
    ...(limits === undefined ? {} : { limits }),
    ...(tries === undefined ? {} : { tries }),
    ...(onFailure === undefined ? {} : { onFailure }),
  };
}
