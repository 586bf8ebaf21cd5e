import { rmSync } from 'node:fs';
import type { AgentFactory } from '../src/core/agent.js';
import type { Environment } from '../src/core/environment.js';
import { UserError } from '../src/core/errors.js';
import { type Progress, playEpisode, type Table } from '../src/core/play.js';
import { Journal, type TableRules, type Unfinished } from './journal.js';
import { parseRecord } from './read.js';
import { Recorder } from './recorder.js';
import type { EpisodeRecord } from './schema.js';
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
    const line = yield* keep(game, new Journal(journal));
    appendTo(game.file, line);
    finished = true;
    const read = parseRecord(line);
    if ('problem' in read) throw new Error(`the record just written cannot be read: ${read.problem}`);
    return read.record;
  } finally {
    journal.close();
    if (finished) rmSync(journal.file);
  }
}

function appendTo(file: string, line: string): void {
  const shard = new Shard(file);
  shard.append(line);
  shard.close();
}

/**
 * Plays an episode into a journal and gives the finished record's line. The caller appends it and then calls
 * `journal.done()`: between the two nothing is lost, at worst the episode is there twice, under one id.
 */
export async function* keep(game: Omit<RecordedGame, 'file'>, journal: Journal): AsyncGenerator<Progress, string> {
  const { table, parent } = game;
  const origin = {
    environment: table.environment,
    config: table.config,
    seed: table.seed,
    ...(parent === undefined ? {} : { parent }),
  };
  const recorder = new Recorder(origin, game.started);
  for await (const progress of playEpisode({ ...table, hash: true })) {
    if (progress.kind === 'started') journal.begin(recorder.begin(progress), game.specs, rulesOf(table));
    if (progress.kind === 'step') journal.step(recorder.step(progress), progress, recorder);
    yield progress;
    if (progress.kind === 'ended') return recorder.line(progress.ending);
  }
  throw new Error('the episode stopped without an ending');
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
