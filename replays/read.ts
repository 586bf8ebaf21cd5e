import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, UserError } from '../src/core/errors.js';
import { issuesOf } from '../src/core/space.js';
import { type EpisodeRecord, episode, SCHEMA } from './schema.js';

/** One line of a record file: a record with the text it was read from, or what is wrong with it. */
export type ReadLine =
  | { readonly file: string; readonly line: number; readonly record: EpisodeRecord; readonly text: string }
  | { readonly file: string; readonly line: number; readonly problem: string; readonly torn: boolean };

/**
 * Reads records from a file, or from all `.jsonl` files of a folder, one at a time in flat memory. A line that cannot be
 * read is reported where it stands and the rest is read; a torn last line is told apart.
 */
export async function* readRecords(path: string): AsyncGenerator<ReadLine> {
  for (const file of recordFiles(path)) yield* readFile(file);
}

/** The one record of a file, or the one of the given id. @throws UserError */
export async function readRecord(path: string, id?: string): Promise<EpisodeRecord> {
  let found: EpisodeRecord | undefined;
  let count = 0;
  for await (const line of readRecords(path)) {
    if ('problem' in line) {
      if (id === undefined) throw new UserError(`${line.file}:${line.line}: ${line.problem}`);
      continue;
    }
    if (id !== undefined && !line.record.id.startsWith(id)) continue;
    count++;
    found ??= line.record;
  }
  if (found === undefined)
    throw new UserError(id === undefined ? `${path} holds no record` : `${path} holds no record ${id}`);
  if (count > 1)
    throw new UserError(`${path} holds ${count} such records; name one with --id (ludus replay stats lists them)`);
  return found;
}

/** How files of grades end: they lie beside the records that they are of, and hold none. */
export const GRADES_ENDING = '.grades.jsonl';

/** The record files of a path, in order. @throws UserError when there are none */
export function recordFiles(path: string): string[] {
  if (!existsSync(path)) throw new UserError(`there is no file or folder ${path}`);
  if (!statSync(path).isDirectory()) return [path];
  const files = readdirSync(path)
    .filter((name) => name.endsWith('.jsonl') && !name.endsWith(GRADES_ENDING))
    .sort()
    .map((name) => join(path, name));
  if (files.length === 0) throw new UserError(`${path} holds no .jsonl file`);
  return files;
}

/** Reads one line of text as a record. */
export function parseRecord(text: string): { readonly record: EpisodeRecord } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: `not JSON: ${messageOf(error)}` };
  }
  const schema = (value as { ludus?: unknown } | null)?.ludus;
  if (typeof schema === 'number' && schema > SCHEMA) {
    return { problem: `written in record format ${schema}; this version reads up to ${SCHEMA}: use a newer ludus` };
  }
  const parsed = episode.safeParse(value);
  return parsed.success ? { record: parsed.data } : { problem: `not a record: ${issuesOf(parsed.error, value)}` };
}

async function* readFile(file: string): AsyncGenerator<ReadLine> {
  let number = 0;
  for await (const { text, whole } of lines(file)) {
    number++;
    if (text.trim() === '') continue;
    const read = parseRecord(text);
    if ('record' in read) yield { file, line: number, record: read.record, text };
    else if (whole) yield { file, line: number, problem: read.problem, torn: false };
    else
      yield { file, line: number, problem: 'the last line is torn: its writer was stopped in the middle', torn: true };
  }
}

/** The lines of a file; `whole` is false for a last line without its newline. */
export async function* lines(file: string): AsyncGenerator<{ readonly text: string; readonly whole: boolean }> {
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      rest.push(chunk.subarray(from, at));
      yield { text: textOf(rest), whole: true };
      rest = [];
      from = at + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield { text: textOf(rest), whole: false };
}

function textOf(parts: readonly Buffer[]): string {
  return parts.length === 1 ? (parts[0] as Buffer).toString('utf8') : Buffer.concat(parts).toString('utf8');
}
