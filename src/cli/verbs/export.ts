import { resolve } from 'node:path';
import type { Command } from 'commander';
import { gradesBeside } from '../../../replays/annotations.js';
import { exportRecords, type Manifest } from '../../../replays/exporting/exporter.js';
import type { Filters } from '../../../replays/exporting/filters.js';
import { Said } from '../../../replays/exporting/said.js';
import type { ExportOptions, Format } from '../../../replays/format.js';
import { format, formats } from '../../../replays/formats.js';
import { recordFiles } from '../../../replays/read.js';
import type { Credit } from '../../../replays/turns.js';
import { Catalogue } from '../../core/catalogue.js';
import { UserError } from '../../core/errors.js';
import { agentList } from '../agent-list.js';
import { number, oneOf, whole } from '../options.js';
import { version } from '../version.js';

interface Options {
  readonly out?: string;
  readonly annotations?: string;
  readonly minCost?: number;
  readonly labels?: 'grade' | 'judgement' | 'outcome';
  readonly toolArgs?: 'object' | 'string';
  readonly flattenTools?: boolean;
  readonly credit: Credit;
  readonly failedTries?: boolean;
  readonly split?: number;
  readonly limit?: number;
  readonly agents?: readonly string[];
  readonly seats?: readonly number[];
  readonly winners?: boolean;
  readonly bestOfGroup?: boolean;
  readonly passBand?: readonly [number, number];
  readonly relabel?: boolean;
  readonly private?: boolean;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  ludus export                                                       lists the formats
  ludus export trl-sft runs/werewolf --winners --out won.jsonl
  ludus grade runs/leduc-poker
  ludus export trl-dpo runs/leduc-poker --split 0.9 --out pairs --min-cost 0.1

Prompts are the messages really sent where a model spoke, else the seat's own observation in words. What annotation
files say is read from beside the records, or from the file that --annotations names. A manifest beside the rows tells
what was left out and why.`;

export function register(program: Command): void {
  const command = program
    .command('export')
    .argument('[format]', 'a format; without one, all are listed')
    .argument('[records]', 'a file or folder of records')
    .description('write records as training data')
    .option('--out <path>', 'a file for the rows, or with --split a folder; older ones are written over');
  withRowOptions(withFilterOptions(command))
    .option('--json', 'only what was written, as one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(run);
}

function withFilterOptions(command: Command): Command {
  return command
    .option(
      '--agents <a,b>',
      'only turns of these agents, by what they are or by their names in a tournament',
      (text) => agentList(text),
    )
    .option('--seats <0,1>', 'only turns of these seats', seats)
    .option('--winners', 'only seats for which it went well')
    .option('--best-of-group', 'only the best sample of each group: same game, seed, seat and opponents')
    .option('--pass-band <from-to>', 'only groups of which so large a share went well, as in 0.2-0.8', band)
    .option(
      '--relabel',
      'also failed episodes as ones that reached the goal they did reach, where the environment says how',
    )
    .option('--private', 'also what people did not allow training on')
    .option('--limit <n>', 'the most rows', whole('--limit', 1));
}

function withRowOptions(command: Command): Command {
  return command
    .option('--split <share>', 'share of games for train; the rest is for validation', share)
    .option('--annotations <file>', 'an annotation file, instead of those beside the records')
    .option('--labels <source>', 'label by grade, judgement or outcome; the best there is when left out', LABELS)
    .option('--failed-tries', 'trl-kto: answers that could not be played as bad rows, as the server was sent them')
    .option('--min-cost <x>', 'from what cost on a move is a mistake, in returns', number('--min-cost', 0))
    .option('--tool-args <form>', 'arguments of tool calls as object or string', ARGUMENTS)
    .option('--flatten-tools', 'tool calls and their results as plain words')
    .option('--credit <when>', 'rewards count when their seat is told, or when paid, secret ones too', CREDIT, 'told');
}

const LABELS = oneOf('--labels', ['grade', 'judgement', 'outcome']);
const ARGUMENTS = oneOf('--tool-args', ['object', 'string']);
const CREDIT = oneOf<Credit>('--credit', ['told', 'paid']);

async function run(id: string | undefined, records: string | undefined, options: Options): Promise<void> {
  if (id === undefined) return list(options);
  const chosen = await format(id);
  if (records === undefined || options.out === undefined) {
    throw new UserError(`name the records and a file for the rows: ludus export ${id} <records> --out <file>`);
  }
  refuseOverRecords(records, options.out);
  if (options.failedTries === true && chosen.failedTries !== true) {
    throw new UserError(`--failed-tries is for formats that label single answers (trl-kto), and ${id} does not`);
  }
  if (options.relabel === true && chosen.open !== true) {
    throw new UserError(
      `--relabel is for formats whose rows can say that they were relabelled, and ${id} has no room for it`,
    );
  }
  const files = options.annotations === undefined ? gradesBeside(records) : [options.annotations];
  const said = await Said.open(files);
  try {
    refuseUnsaid(chosen, records, said);
    const catalogue = new Catalogue();
    const manifest = await exportRecords({
      format: chosen,
      records,
      annotations: { files, said },
      out: options.out,
      options: rowOptions(options),
      filters: filtersOf(options),
      split: options.split ?? null,
      limit: options.limit ?? Number.POSITIVE_INFINITY,
      tool: `ludus ${version()}`,
      environment: (name) => catalogue.environment(name),
    });
    tell(manifest, options.out, options.json === true);
  } finally {
    said.close();
  }
}

async function list({ json }: Options): Promise<void> {
  const all = (await formats()).map(({ id, title, needs }) => ({ id, title, needs }));
  if (json === true) process.stdout.write(`${JSON.stringify({ formats: all })}\n`);
  else process.stdout.write(all.map(({ id, title }) => `  ${id.padEnd(17)}  ${title}\n`).join(''));
}

function refuseOverRecords(records: string, out: string): void {
  if (!recordFiles(records).some((file) => resolve(file) === resolve(out))) return;
  throw new UserError(`--out ${out} is the records' own file; name another`);
}

/** @throws UserError when the format needs annotations and there are none */
function refuseUnsaid({ id, needs }: Format, records: string, said: Said): void {
  if (needs.length === 0 || needs.some((kind) => said.kinds.has(kind))) return;
  const kinds = needs.map((kind) => `"${kind}"`).join(' or ');
  throw new UserError(
    `${id} needs annotations of kind ${kinds}, and there are none beside ${records}: run ludus grade ${records}, or name a file with --annotations`,
  );
}

function rowOptions({ minCost, toolArgs, flattenTools, labels, credit, failedTries }: Options): ExportOptions {
  return {
    minCost: minCost ?? null,
    toolArgs: toolArgs ?? null,
    flattenTools: flattenTools === true,
    labels: labels ?? null,
    credit,
    failedTries: failedTries === true,
  };
}

function filtersOf({ seats, agents, winners, bestOfGroup, passBand, relabel, private: secret }: Options): Filters {
  return {
    ...(seats === undefined ? {} : { seats }),
    ...(agents === undefined ? {} : { agents }),
    ...(winners === undefined ? {} : { winners }),
    ...(bestOfGroup === undefined ? {} : { bestOfGroup }),
    ...(passBand === undefined ? {} : { passBand }),
    ...(relabel === undefined ? {} : { relabel }),
    ...(secret === undefined ? {} : { private: secret }),
  };
}

function tell(manifest: Manifest, out: string, json: boolean): void {
  if (json) process.stdout.write(`${JSON.stringify({ out, ...manifest })}\n`);
  else process.stdout.write(`${manifestLines(manifest, out).join('\n')}\n`);
}

function manifestLines({ records, turns, rows }: Manifest, out: string): string[] {
  const files = Object.entries(rows.files);
  const sides = files.length < 2 ? '' : ` (${files.map(([name, count]) => `${name} ${count}`).join(', ')})`;
  const [first] = records.refused;
  return [
    `  ${rows.written} rows of ${records.exported} episodes: ${out}${sides}`,
    ...reasonLines('records', records.leftOut),
    ...reasonLines('turns', turns.leftOut),
    ...reasonLines('rows', rows.leftOut),
    ...(first === undefined ? [] : [`  first refused: ${first}`]),
  ];
}

function reasonLines(what: string, leftOut: { readonly [reason: string]: number }): string[] {
  return Object.entries(leftOut).map(([reason, count]) => `  ${count} ${what} left out: ${reason}`);
}

function seats(text: string): number[] {
  return text.split(',').map((one) => whole('--seats', 0)(one.trim()));
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value < 1) return value;
  throw new UserError(`--split takes a share between 0 and 1, as in 0.9, got "${text}"`);
}

function band(text: string): [number, number] {
  const [, from, to] = /^\s*(\d*\.?\d+)\s*-\s*(\d*\.?\d+)\s*$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined && Number(from) <= Number(to) && Number(to) <= 1) {
    return [Number(from), Number(to)];
  }
  throw new UserError(`--pass-band takes two shares from 0 to 1, as in 0.2-0.8, got "${text}"`);
}
