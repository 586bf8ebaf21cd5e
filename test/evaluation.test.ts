import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { parquetMetadata } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Manifest } from '../replays/exporting/exporter.js';
import { formats } from '../replays/formats.js';
import { readRecords } from '../replays/read.js';
import type { Report } from '../src/arena/report/report.js';
import type { RatingReport } from '../src/arena/tournament/report.js';
import type { Standing } from '../src/arena/tournament/standings.js';
import { register } from '../src/cli/verbs/export.js';
import { ludusIn } from './command-line.js';
import { generous } from './llm-agents/obliging.js';
import { answers } from './model-server/behaviours.js';
import { type ModelServer, startModelServer } from './model-server/server.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PLAN = readFileSync(join(ROOT, 'examples/tournament.json'), 'utf8');
const PAGE = readFileSync(join(ROOT, 'docs/arena.md'), 'utf8').split('## From model to training data')[1] ?? '';
const commands = [...PAGE.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.trim().split('\n'));
const FORMATS = await formats();

interface Told {
  readonly games: number;
  readonly apart: { readonly [reason: string]: number };
  readonly standings: readonly Standing[];
}

let server: ModelServer;
let home: string;
let cup: string;
const told = new Map<string, string>();
beforeAll(async () => {
  server = await startModelServer(generous);
  home = mkdtempSync(join(tmpdir(), 'ludus-evaluation-'));
  cup = join(home, 'runs/cup');
  // NOTE: the model server of the example is the scripted one here, at a port of its own.
  writeFileSync(join(home, 'tournament.json'), PLAN.replace('http://localhost:8000', server.origin));
});
afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

/** What a command says that must succeed. */
async function ludus(line: string): Promise<string> {
  const { code, out, err } = await ludusIn(home, line);
  expect(code, `${line}: ${err}`).toBe(0);
  return out;
}

/** What a command of the page told, as JSON. */
function said<T>(verb: string): T {
  return JSON.parse(told.get(verb) ?? expect.fail(`the page shows no ${verb}`)) as T;
}

/** The seats that the model had in all records: what they returned. */
async function returnsOfModel(): Promise<number[]> {
  const found: number[] = [];
  for await (const read of readRecords(cup)) {
    if ('problem' in read) throw new Error(read.problem);
    const { seats, end } = read.record;
    for (const [seat, { name }] of seats.entries()) if (name === 'model') found.push(end.returns?.[seat] ?? Number.NaN);
  }
  return found;
}

function standingOf(standings: readonly Standing[], name: string): Standing {
  return standings.find((one) => one.name === name) ?? expect.fail(`${name} does not stand in the table`);
}

describe('the commands from a model to training data', () => {
  it('are on the page', () => expect(commands.length).toBeGreaterThan(5));

  it.each(commands)('%s', async (command) => {
    const line = command.replace(/^ludus /, '').replace('examples/', '');
    const [verb = ''] = line.split(' ');
    const more = verb === 'tournament' ? ' --workers 1' : '';
    told.set(verb, await ludus(verb === 'report' ? line : `${line}${more} --json`));
  });
});

describe('a model, from a tournament to its report', () => {
  it('is played in every game once, and every call is counted', async () => {
    const { games, apart, standings } = said<Told>('tournament');
    expect({ games, apart }).toEqual({ games: 24, apart: {} });
    const { conduct, return: mean, games: own } = standingOf(standings, 'model');
    const calls = conduct.calls;
    expect(calls).toBeGreaterThan(30);
    expect(own).toBe(16);
    expect(conduct).toMatchObject({ turns: calls, failures: {}, substituted: 0, forfeits: 0, uncounted: 0 });
    expect(conduct).toMatchObject({ promptTokens: 3 * calls, completionTokens: 2 * calls });
    const returns = await returnsOfModel();
    expect(mean).toBeCloseTo(returns.reduce((sum, one) => sum + one, 0) / returns.length, 9);
  });

  it('writes records that replay', () => expect(said('replay')).toEqual({ sound: 24, findings: [] }));

  it('has the same figures in the table, the ratings and the report', async () => {
    const { standings } = said<Told>('tournament');
    const rated = said<RatingReport & { games: number }>('ratings');
    const report = JSON.parse(await ludus('report runs/cup --json')) as Report;
    expect(report.games).toBe(24);
    expect(rated.games).toBe(24);
    // NOTE: times are added in the order in which games were finished or are read, so the last digits may differ.
    const timed = (rows: Told['standings']) =>
      rows.map((row) => ({ ...row, conduct: { ...row.conduct, ms: Math.round(row.conduct.ms) } }));
    expect(timed(report.standings)).toEqual(timed(standings));
    expect(report.roles).toEqual(rated.roles);
    const figures = ({ agent, rating, low, high, score, games }: (typeof report.ratings.ratings)[number]) => [
      ...[agent, rating, low, high, score, games],
    ];
    expect(report.ratings.ratings.map(figures)).toEqual(rated.ratings.ratings.map(figures));
    const page = readFileSync(join(home, 'cup.html'), 'utf8');
    for (const { rating, return: mean, conduct } of standings) {
      for (const figure of [rating?.score?.toFixed(3), mean?.toFixed(3), String(conduct.turns)])
        expect(page).toContain(`>${figure}</td>`);
    }
  });
});

/** Exports the model's turns of the tournament by the verb itself, and gives the manifest. */
async function exported(id: string): Promise<Manifest> {
  const program = new Command();
  register(program);
  const out = join(home, 'exports', id, 'rows');
  const quiet = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await program.parseAsync(['node', 'ludus', 'export', id, cup, '--agents', 'model', '--out', out]);
  } finally {
    quiet.mockRestore();
  }
  return JSON.parse(readFileSync(`${out}.manifest.json`, 'utf8')) as Manifest;
}

function rowsIn(file: string, parquet: boolean): number {
  const bytes = readFileSync(file);
  if (parquet) return Number(parquetMetadata(new Uint8Array(bytes).buffer).num_rows);
  return bytes.toString('utf8').split('\n').length - 1;
}

const sum = (counts: { readonly [reason: string]: number }): number =>
  Object.values(counts).reduce((all, one) => all + one, 0);

describe('the records of a model as training data', () => {
  it.each(FORMATS)('$id', async ({ id, encoding }) => {
    const { rows, records, turns } = await exported(id);
    const file = join(home, 'exports', id, 'rows');
    expect(records).toMatchObject({ read: 24, exported: 24, refused: [] });
    expect(rowsIn(file, encoding?.ending === '.parquet')).toBe(rows.written);
    expect(sum(rows.files)).toBe(rows.written);
    expect(rows.made).toBe(rows.written + sum(rows.leftOut));
    expect(turns.leftOut['other agents']).toBeGreaterThan(0);
    expect(rows.written).toBeGreaterThan(0);
  });

  it('has a row of tokens for every call', async () => {
    const { rows } = await exported('tokens');
    expect(rows.made).toBe(standingOf(said<Told>('tournament').standings, 'model').conduct.calls);
  });
});

describe('a model that answers illegal moves', () => {
  const illegal = () => answers('{"answer": "raise"}');
  const play = (more: string): string =>
    `tournament kuhn-poker --agent model=llm:vllm/toy@${server.origin}/v1 --blocks 2 --seed 7 --tries 2 --workers 1 ${more} --json`;

  it('is seen in the columns of errors, and is rated for nothing that the table did', async () => {
    server.play(illegal);
    const { standings } = JSON.parse(await ludus(play('--on-failure substitute --out runs/moved'))) as Told;
    const { conduct } = standingOf(standings, 'model');
    expect(conduct).toMatchObject({ failures: { illegal: 2 * conduct.turns }, substituted: conduct.turns });
    for (const name of ['random', 'scripted'])
      expect(standingOf(standings, name).conduct).toMatchObject({ failures: {}, substituted: 0 });
    const rated = JSON.parse(await ludus('ratings runs/moved --valid --json')) as RatingReport;
    expect(rated.ratings.ratings.map(({ agent }) => agent).sort()).toEqual(['random', 'scripted']);
  });

  it('gives nobody a rating by its forfeits', async () => {
    server.play(illegal);
    const { apart, standings } = JSON.parse(await ludus(play('--out runs/forfeited'))) as Told;
    const { rating, conduct } = standingOf(standings, 'model');
    expect(rating).toBeNull();
    expect(sum(apart)).toBe(conduct.forfeits);
    expect(conduct.forfeits).toBeGreaterThan(0);
  });
});
