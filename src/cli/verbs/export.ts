import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { type Annotation, byEpisode, gradesBeside, readAnnotations } from '../../../replays/annotations.js';
import { asked } from '../../../replays/asked.js';
import type { Format } from '../../../replays/format.js';
import { format, formats } from '../../../replays/formats.js';
import { readRecords, recordFiles } from '../../../replays/read.js';
import type { EpisodeRecord } from '../../../replays/schema.js';
import { Catalogue } from '../../core/catalogue.js';
import { UserError } from '../../core/errors.js';
import { number } from '../options.js';

interface Options {
  readonly out?: string;
  readonly annotations?: string;
  readonly minCost?: number;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  ludus export                                                       lists the formats
  ludus grade runs/leduc-poker
  ludus export trl-dpo runs/leduc-poker --out pairs.jsonl --min-cost 0.1

Prompts are the messages really sent where a model spoke, else the seat's own observation in words. Formats that need
grades read those beside the records, or the file that --annotations names.`;

export function register(program: Command): void {
  program
    .command('export')
    .argument('[format]', 'a format; without one, all are listed')
    .argument('[records]', 'a file or folder of records')
    .description('write records as training data')
    .option('--out <file>', 'where the rows go, one a line; an older file is written over')
    .option('--annotations <file>', 'an annotation file, instead of those beside the records')
    .option('--min-cost <x>', 'from what cost on a move is a mistake, in returns', number('--min-cost', 0))
    .option('--json', 'only what was written, as one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(run);
}

async function run(id: string | undefined, records: string | undefined, options: Options): Promise<void> {
  if (id === undefined) return list(options);
  const chosen = await format(id);
  if (records === undefined || options.out === undefined) {
    throw new UserError(`name the records and a file for the rows: ludus export ${id} <records> --out <file>`);
  }
  const out = options.out;
  if (recordFiles(records).some((file) => resolve(file) === resolve(out))) {
    throw new UserError(`--out ${out} is the records' own file; name another`);
  }
  const annotations = await annotationsFor(chosen, records, options.annotations);
  const written = await write({ chosen, records, out, annotations, minCost: options.minCost ?? null });
  if (options.json === true) process.stdout.write(`${JSON.stringify({ format: id, out, ...written })}\n`);
  else process.stdout.write(`${writtenLines(written, out).join('\n')}\n`);
}

async function list({ json }: Options): Promise<void> {
  const all = (await formats()).map(({ id, title, needs }) => ({ id, title, needs }));
  if (json === true) process.stdout.write(`${JSON.stringify({ formats: all })}\n`);
  else process.stdout.write(all.map(({ id, title }) => `  ${id.padEnd(14)}  ${title}\n`).join(''));
}

/** @throws UserError when the format needs annotations and there are none */
async function annotationsFor(
  { id, needs }: Format,
  records: string,
  named: string | undefined,
): Promise<ReadonlyMap<string, readonly Annotation[]>> {
  const files = named === undefined ? gradesBeside(records) : [named];
  const all = (await Promise.all(files.map(readAnnotations))).flat();
  const missing = needs.find((kind) => !all.some((one) => one.kind === kind));
  if (missing === undefined) return byEpisode(all);
  throw new UserError(
    `${id} needs annotations of kind "${missing}", and there are none beside ${records}: run ludus grade ${records}, or name a file with --annotations`,
  );
}

interface Task {
  readonly chosen: Format;
  readonly records: string;
  readonly out: string;
  readonly annotations: ReadonlyMap<string, readonly Annotation[]>;
  readonly minCost: number | null;
}

interface Written {
  readonly rows: number;
  readonly episodes: number;
  /** Episodes of which no annotation says anything, though the format needs some. */
  readonly bare: number;
  /** Lines that could not be read, and records that could not be replayed, with the reason. */
  readonly refused: readonly string[];
}

/** Writes the rows beside the file and then puts it in its place, so that it is there whole or as it was. */
async function write(task: Task): Promise<Written> {
  mkdirSync(dirname(task.out), { recursive: true });
  const fresh = `${task.out}.new`;
  const fd = openSync(fresh, 'w');
  try {
    const written = await writeRows(task, (line) => writeSync(fd, line));
    closeSync(fd);
    renameSync(fresh, task.out);
    return written;
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

async function writeRows(task: Task, put: (line: string) => void): Promise<Written> {
  const { chosen, records, annotations } = task;
  const catalogue = new Catalogue();
  const count = { rows: 0, episodes: 0, bare: 0 };
  const refused: string[] = [];
  for await (const read of readRecords(records)) {
    if ('problem' in read) {
      refused.push(`${read.file}:${read.line}: ${read.problem}`);
      continue;
    }
    const own = annotations.get(read.record.id) ?? [];
    if (chosen.needs.some((kind) => !own.some((one) => one.kind === kind))) count.bare++;
    try {
      for (const row of await rowsOf(read.record, own, task, catalogue)) {
        put(`${JSON.stringify(row)}\n`);
        count.rows++;
      }
      count.episodes++;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      refused.push(`${read.file}:${read.line}: ${error.message}`);
    }
  }
  return { ...count, refused };
}

/** NOTE: made whole before any is written, so that a record that breaks off in the middle gives no rows. */
async function rowsOf(
  record: EpisodeRecord,
  annotations: readonly Annotation[],
  { chosen, minCost }: Task,
  catalogue: Catalogue,
): Promise<object[]> {
  const environment = await catalogue.environment(record.environment.id);
  const episode = { record, environment, annotations, asked: () => asked(record, environment) };
  return [...chosen.rows(episode, { minCost })];
}

function writtenLines({ rows, episodes, bare, refused }: Written, out: string): string[] {
  const [first] = refused;
  return [
    `  ${rows} rows of ${episodes} episodes: ${out}`,
    ...(bare === 0 ? [] : [`  ${bare} episodes are not graded and gave none`]),
    ...(first === undefined ? [] : [`  ${refused.length} records left out; ${first}`]),
  ];
}
