import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Message } from '../src/core/agent.js';
import type { Seat } from '../src/core/environment.js';
import { messageOf, UserError } from '../src/core/errors.js';
import type { PlayedStep, Progress, Table } from '../src/core/play.js';
import type { RngState } from '../src/core/rng.js';
import type { Move } from '../src/core/space.js';
import type { StreamStates } from '../src/core/streams.js';
import { unpackStep } from './messages.js';
import type { Recorder } from './recorder.js';
import { episode, type Header, header, message } from './schema.js';
import type { Shard } from './shard.js';

/** Rules of the table that a resumed episode must go on under. */
export type TableRules = Pick<Table, 'limits' | 'tries' | 'onFailure'>;

const opening = z.object({
  journal: header,
  specs: z.array(z.string()).describe('agents as they were named, to seat them again'),
  rules: z.record(z.string(), z.unknown()),
});
const stepped = z.object({
  step: episode.shape.steps.element,
  messages: z.array(message).optional(),
  streams: z.record(z.string(), z.tuple([z.number(), z.number(), z.number(), z.number()])).optional(),
});
const moved = z
  .object({ pending: z.record(z.string().regex(/^\d+$/), z.unknown() as z.ZodType<Move>) })
  .describe('moves that are in while other seats of the turn are awaited');
const entry = z.union([stepped, moved]);

/** Keeps an episode in progress on disk, step by step, so that a killed run goes on where it was. */
export class Journal {
  readonly #shard: Pick<Shard, 'append' | 'clear'>;
  readonly #streams = new Map<string, RngState>();
  #empty = false;

  constructor(shard: Pick<Shard, 'append' | 'clear'>) {
    this.#shard = shard;
  }

  begin(head: Header, specs: readonly string[], rules: TableRules): void {
    this.done();
    this.#empty = false;
    this.#streams.clear();
    this.#shard.append(`${JSON.stringify({ journal: head, specs, rules })}\n`);
  }

  /**
   * Writes a step down, with the random streams it moved. The text is the one that goes into the record.
   * @param restored states that the streams are put into after this step, the last of a past that is played again
   */
  step(
    text: string,
    progress: Progress & { kind: 'step' },
    recorder: Recorder,
    restored: { readonly [label: string]: RngState } = {},
  ): void {
    const messages = recorder.newMessages();
    const sent = messages.length === 0 ? '' : `,"messages":${JSON.stringify(messages)}`;
    const moved = [...this.#moved(progress.streams), ...Object.entries(restored)].map(entryOf).join();
    this.#shard.append(`{"step":${text}${sent},"streams":{${moved}}}\n`);
  }

  /** Writes down that a seat's move is in while others of its turn are awaited. */
  pending(seat: Seat, move: Move): void {
    this.#shard.append(`${JSON.stringify({ pending: { [seat]: move } })}\n`);
  }

  /** The episode is safe elsewhere. */
  done(): void {
    if (!this.#empty) this.#shard.clear();
    this.#empty = true;
  }

  /** The streams that somebody drew from since the last step, with their states. */
  *#moved(streams: StreamStates): Generator<[string, RngState]> {
    for (const [label, rng] of streams) {
      const before = this.#streams.get(label);
      if (before !== undefined && rng.isAt(before)) continue;
      const state = rng.state();
      this.#streams.set(label, state);
      yield [label, state];
    }
  }
}

function entryOf([label, state]: readonly [string, RngState]): string {
  return `${JSON.stringify(label)}:[${state.join()}]`;
}

/** An episode that was cut off, as its journal has it. */
export interface Unfinished {
  readonly header: Header;
  readonly specs: readonly string[];
  readonly rules: TableRules;
  readonly past: { readonly steps: readonly PlayedStep[]; readonly streams: { readonly [label: string]: RngState } };
  /** Moves that were in for the turn after the past, by seat. */
  readonly pending: { readonly [seat: number]: Move };
}

/**
 * Reads a journal. Gives null when no episode was in progress; a torn last line is the step that was being written and
 * is left out. @throws UserError when the file is no journal
 */
export function readJournal(file: string): Unfinished | null {
  if (!existsSync(file)) throw new UserError(`there is no journal ${file}`);
  const text = readFileSync(file, 'utf8');
  return readJournalLines(
    text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .slice(0, -1),
    file,
  );
}

/** @param file where the lines stand, for errors. @throws UserError when one is none of a journal */
export function readJournalLines(lines: readonly string[], file: string): Unfinished | null {
  const [first, ...rest] = lines;
  if (first === undefined) return null;
  const { journal, specs, rules } = parse(opening, first, file, 1);
  const messages: Message[] = [];
  const steps: PlayedStep[] = [];
  const streams: { [label: string]: RngState } = {};
  let pending: { [seat: number]: Move } = {};
  for (const [index, line] of rest.entries()) {
    const read = parse(entry, line, file, index + 2);
    if ('pending' in read) {
      pending = { ...pending, ...read.pending };
      continue;
    }
    pending = {};
    messages.push(...(read.messages ?? []));
    steps.push(unpackStep(read.step, messages));
    Object.assign(streams, read.streams ?? {});
  }
  return { header: journal, specs, rules: rules as TableRules, past: { steps, streams }, pending };
}

function parse<T>(schema: z.ZodType<T>, line: string, file: string, number: number): T {
  try {
    return schema.parse(JSON.parse(line));
  } catch (error) {
    throw new UserError(`${file}:${number} is not a line of a journal: ${messageOf(error)}`);
  }
}
