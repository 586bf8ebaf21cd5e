import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { journalOf, playRecorded, type RecordedGame } from '../../replays/session.js';
import type { Seat } from '../core/environment.js';
import type { Ending } from '../core/play.js';
import type { Seed } from '../core/rng.js';
import { EXIT, Interrupted } from './exit.js';
import { Live } from './live.js';
import { type Paper, paperOf, ruleLine } from './paper.js';
import { type Outcome, resultJson, resultLines } from './result.js';
import { Story } from './story.js';

export interface OutputOptions {
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** Plays and records one episode before the reader's eyes, then tells the result and where the record is. */
export async function runSession(game: RecordedGame, output: OutputOptions): Promise<void> {
  const outcome = await play(game, output);
  if (output.json === true) process.stdout.write(`${JSON.stringify(resultJson(outcome))}\n`);
  if (outcome.ending.how === 'crashed') process.exitCode = EXIT.internal;
}

/** Where the record of a seed goes: a fresh file, because records are only ever added. */
export function freshFile(folder: string, environment: string, seed: Seed): string {
  const safe = (text: string): string => text.replace(/[^\p{L}\p{N}._-]+/gu, '_');
  for (let count = 1; ; count++) {
    const name = `seed-${safe(String(seed))}${count === 1 ? '' : `-${count}`}.jsonl`;
    const file = join(folder, safe(environment), name);
    if (!existsSync(file) && !existsSync(journalOf(file))) return file;
  }
}

/** How this command line was started, for hints that can be copied. */
export function invocation(): string {
  return process.argv[1]?.endsWith('.ts') === true ? 'npm run ludus --' : 'ludus';
}

async function play(game: RecordedGame, output: OutputOptions): Promise<Outcome> {
  const { table, file } = game;
  const paper = paperOf(output.quiet === true || output.json === true);
  const story = new Story(new Live(table, paper));
  const interrupted = interruption(file);
  const playing = playRecorded(game);
  let ending: Ending | null = null;
  try {
    for (;;) {
      const { done, value } = await Promise.race([playing.next(), interrupted.promise]);
      if (done === true) break;
      story.take(value);
      if (value.kind === 'ended') ending = value.ending;
    }
  } finally {
    interrupted.forget();
  }
  if (ending === null) throw new Error('the episode stopped without an ending');
  const outcome = {
    table,
    seats: story.seats,
    steps: story.steps,
    ending,
    record: file,
    badge: (seat: Seat) => story.badge(seat),
  };
  close(outcome, story, paper, output);
  return outcome;
}

function close(outcome: Outcome, story: Story, paper: Paper, output: OutputOptions): void {
  if (story.held) paper.write(['', ruleLine(paper, 'The whole story, nothing hidden')]);
  story.tell();
  if (output.json === true) return;
  const { ink, width } = paper;
  const last = output.quiet === true ? [] : story.last(width);
  const { record, table } = outcome;
  const seed =
    output.quiet === true ? [`  ${table.environment.spec.id}, seed ${table.seed}`] : ['', ruleLine(paper, 'The end')];
  const hints = output.quiet === true ? [] : hintLines(outcome).map((line) => ink('dim', line));
  process.stdout.write(
    `${[...seed, ...last, ...resultLines(outcome, paper), '', `  Record: ${record}`, ...hints].join('\n')}\n`,
  );
}

function hintLines({ record, table }: Outcome): string[] {
  return [
    '',
    `  Read it again:   ${invocation()} replay show ${record}`,
    `  Play yourself:   ${invocation()} play ${table.environment.spec.id}`,
  ];
}

/** NOTE: every step is in the journal before the next is played, so stopping needs nothing but to go. */
function interruption(file: string): { promise: Promise<never>; forget: () => void } {
  let stop: () => void = () => undefined;
  const promise = new Promise<never>((_, reject) => {
    stop = () => {
      const on = `${invocation()} play --resume ${journalOf(file)}`;
      reject(new Interrupted(`\nStopped. The game so far is kept in ${journalOf(file)}\nGo on:  ${on}`));
    };
  });
  promise.catch(() => undefined);
  process.once('SIGINT', stop);
  return { promise, forget: () => process.off('SIGINT', stop) };
}
