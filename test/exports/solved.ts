import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EpisodeRecord } from '../../replays/schema.js';
import type { Message } from '../../src/core/agent.js';
import { Catalogue } from '../../src/core/catalogue.js';
import type { Environment } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import { isResult } from '../../src/core/results.js';
import type { ToolCall } from '../../src/core/space.js';
import { movesOf } from '../../src/core/table.js';
import { ludusIn } from '../command-line.js';

/** Every environment that has numbered tasks, tools, and a scripted player that solves them. */
export async function solvable(): Promise<Environment[]> {
  const all = await new Catalogue().all();
  return all.filter(
    ({ tasks, spec, scripted }) =>
      tasks !== undefined && spec.tools !== undefined && scripted?.styles.oracle !== undefined,
  );
}

/** Plays tasks of each environment by its oracle, through the real command line, and gives the records. */
export async function solve(folder: string, environments: readonly Environment[], episodes: number) {
  const records: EpisodeRecord[] = [];
  mkdirSync(join(folder, 'records'));
  for (const { spec } of environments) {
    const out = join('runs', spec.id);
    await run(folder, `rollout ${spec.id} --agents scripted:oracle --seed 7 -n ${episodes} -w 1 --out ${out}`);
    const own = linesIn<EpisodeRecord>(folder, out);
    records.push(...own);
    // NOTE: an export reads the records of one folder, and those below it only where they are named.
    writeFileSync(join(folder, 'records', `${spec.id}.jsonl`), own.map((one) => `${JSON.stringify(one)}\n`).join(''));
  }
  return records;
}

/** Exports all records of a folder, through the real command line. */
export async function exported<Row>(folder: string, format: string): Promise<Row[]> {
  const out = join('rows', `${format}.jsonl`);
  await run(folder, `export ${format} records --out ${out}`);
  return linesIn<Row>(folder, out);
}

async function run(folder: string, line: string): Promise<void> {
  const { code, err } = await ludusIn(folder, line);
  if (code !== 0) throw new Error(`ludus ${line}: ${err}`);
}

function linesIn<T>(folder: string, path: string): T[] {
  const whole = join(folder, path);
  const files = path.endsWith('.jsonl') ? [whole] : readdirSync(whole).map((name) => join(whole, name));
  const shards = files.filter((file) => file.endsWith('.jsonl'));
  return shards.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as T),
  );
}

/** Name and arguments of each call of a turn. */
export type Made = readonly (readonly [name: string, args: Json])[];

/** What a row must say of one turn: what was called there, and all that calls had brought before. */
export interface Due {
  readonly calls: Made;
  readonly brought: readonly string[];
}

/** What the rows of a record must say, turn by turn, by playing it again. */
export function due(record: EpisodeRecord, environment: Environment): Due[] {
  const episode = new Episode(environment, record.environment.config as JsonObject);
  return record.steps.flatMap((step) => {
    const move = step.seats?.[0]?.move as readonly ToolCall[] | undefined;
    const results = episode.log.filter((event) => isResult(environment, event));
    episode.apply(movesOf(step as never));
    if (move === undefined) return [];
    return [{ calls: move.map(({ name, args }) => [name, args] as const), brought: results.map(textOf) }];
  });
}

function textOf({ text }: JsonObject): string {
  return String(text);
}

/** What a prompt and its completion do say of it. */
export function told(prompt: readonly Message[], completion: Message): Due {
  const brought = prompt.filter(({ role }) => role === 'tool').map(({ content }) => String(content));
  return { calls: callsIn(completion).map(({ name, args }) => [name, args] as const), brought };
}

/** Whether every message of a tool answers a call of the message before it. */
export function isAnswering(messages: readonly Message[]): boolean {
  let open: readonly Json[] = [];
  return messages.every((message) => {
    if (message.role !== 'tool') {
      open = callsIn(message).map(({ id }) => id);
      return true;
    }
    const at = open.indexOf(message.tool_call_id as Json);
    open = open.toSpliced(at, 1);
    return at >= 0;
  });
}

function callsIn({ tool_calls: calls }: Message) {
  return ((calls ?? []) as unknown as readonly Written[]).map(({ id, function: { name, arguments: args } }) => {
    return { id, name, args: typeof args === 'string' ? (JSON.parse(args) as Json) : args };
  });
}

interface Written {
  readonly id: string;
  readonly function: { readonly name: string; readonly arguments: Json };
}
