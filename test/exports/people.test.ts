import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import kuhn from '../../envs/kuhn-poker/index.js';
import { exportRecords } from '../../replays/exporting/exporter.js';
import { Said } from '../../replays/exporting/said.js';
import { type Side, Sides, sideOf } from '../../replays/exporting/split.js';
import { USUAL } from '../../replays/format.js';
import { format } from '../../replays/formats.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import { randomEpisode } from '../../src/laws/history.js';
import { recordOf } from './played.js';

/** A split keeps all games of a person on one side, whoever else sat there. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ludus-people-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CONFIG = { players: 2 };
const bot = { agent: 'random' };
const named = (person: string) => ({ agent: `human:${person}`, person, terminal: true });

function game(seed: string, ...seats: EpisodeRecord['seats']): EpisodeRecord {
  const { moves } = randomEpisode(kuhn, CONFIG, seed);
  const record = recordOf({ environment: kuhn, config: CONFIG, moves, seed });
  return { ...record, id: `${record.id}${JSON.stringify(seats)}`, seats };
}

function write(name: string, records: readonly EpisodeRecord[]): string {
  const file = join(folder, name);
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return file;
}

async function sidesOf(records: readonly EpisodeRecord[]): Promise<Side[]> {
  const sides = await Sides.open(write('sides.jsonl', records), 0.5);
  return records.map((record) => sides.of(record));
}

const seeds = Array.from({ length: 12 }, (_, at) => `s${at}`);

it('all games of a pseudonym are on one side, and different people on different sides', async () => {
  const people = Array.from({ length: 16 }, (_, at) => `person ${at}`);
  const records = people.flatMap((person) => seeds.map((seed) => game(`${person} ${seed}`, named(person), bot)));
  const sides = await sidesOf(records);
  const own = people.map((_, at) => new Set(sides.slice(at * seeds.length, (at + 1) * seeds.length)));
  expect(own.map(({ size }) => size)).toEqual(people.map(() => 1));
  expect(new Set(own.flatMap((side) => [...side]))).toEqual(new Set(['train', 'validation']));
  // By the games alone they would have been divided.
  expect(new Set(records.slice(0, seeds.length).map((record) => sideOf(record, 0.5))).size).toBe(2);
});

it('people who met are together, and so are games of their seeds, forks and games of agents included', async () => {
  const met = ['a', 'b', 'c', 'd', 'e', 'f'].map((person, at, all) =>
    game(`met ${at}`, named(person), named(all[at + 1] ?? 'g')),
  );
  const alone = game('alone', named('g'), bot);
  const agents = game('met 0', bot, bot);
  const fork = { ...game('met 1', bot, bot), seed: 'met 1~2', parent: { id: met[1]?.id ?? '', step: 2 } };
  expect(new Set(await sidesOf([...met, alone, agents, fork])).size).toBe(1);
});

it('people without a pseudonym count as one, and games of agents go as before', async () => {
  const unnamed = seeds.map((seed) => game(seed, { agent: 'human', terminal: true }, bot));
  const agents = seeds.map((seed) => game(`agents ${seed}`, bot, bot));
  const sides = await sidesOf([...unnamed, ...agents]);
  expect(new Set(sides.slice(0, seeds.length)).size).toBe(1);
  expect(sides.slice(seeds.length)).toEqual(agents.map((record) => sideOf(record, 0.5)));
});

it('an export divides so, and its manifest says the rule', async () => {
  const records = seeds.flatMap((seed) => [game(`x ${seed}`, named('x'), bot), game(`y ${seed}`, named('y'), bot)]);
  const file = write('export.jsonl', records);
  const said = await Said.open([]);
  const manifest = await exportRecords({
    ...{ format: await format('ludus'), records: file, annotations: { files: [], said }, out: join(folder, 'split') },
    ...{ options: USUAL, filters: {}, split: 0.5, limit: Number.POSITIVE_INFINITY, tool: 'ludus test' },
    environment: async () => kuhn,
  });
  const sides = await sidesOf(records);
  const sideOfRow = new Map(records.map(({ id }, at) => [id, sides[at]]));
  for (const side of ['train', 'validation'] as const) {
    const lines = readFileSync(join(folder, 'split', `${side}.jsonl`), 'utf8')
      .split('\n')
      .slice(0, -1);
    for (const line of lines) expect(sideOfRow.get((JSON.parse(line) as { episode: string }).episode)).toBe(side);
  }
  expect(JSON.stringify(manifest.split)).toContain('all games of a person');
});
