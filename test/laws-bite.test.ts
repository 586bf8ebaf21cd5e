import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import calculator from '../envs/calculator/index.js';
import { readConfig } from '../src/core/config.js';
import { type Environment, type Event, environment } from '../src/core/environment.js';
import { goldenTranscript, writeGolden } from '../src/laws/golden.js';
import { describeFailure } from '../src/laws/report.js';
import { runLaws } from '../src/laws/run.js';
import { toldTable } from '../src/laws/told.js';
import { hiddenCoin } from './hidden-coin.js';
import { FAULTS } from './planted-faults.js';
import { LEAKS } from './planted-leaks.js';
import { planted, readdressed, withSpec, withStep } from './planting.js';

const sound = environment(hiddenCoin);

describe('the sound game', () => {
  it('passes every law, with a reason for each that is skipped', async () => {
    const reports = await runLaws(sound);
    expect(reports.flatMap(({ failures }) => failures.map(describeFailure))).toEqual([]);
    expect(reports.filter(({ skipped }) => skipped !== undefined).map(({ law }) => law)).toEqual([5, 6, 9]);
    for (const { cases, skipped } of reports) expect(cases > 0 || (skipped ?? '') !== '').toBe(true);
  });
});

for (const [law, faults] of Object.entries({ ...FAULTS, 4: LEAKS })) {
  describe(`law ${law} catches`, () => {
    it.each(faults)('%s', async (_, faulty, found) => {
      const [report] = await runLaws(planted(faulty()), { laws: [Number(law)] });
      expect(report?.failures.map(({ what }) => what)).toContainEqual(expect.stringMatching(found));
    });
  });
}

describe('laws 5 and 6 look into the folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ludus-laws-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const found = async (game: Environment, law: number) =>
    (await runLaws(game, { folder, laws: [law] }))[0]?.failures.map(({ what }) => what) ?? [];

  it('says what is not there yet, and finds an empty table of facts', async () => {
    const skipped = async (law: number) => (await runLaws(sound, { folder, laws: [law] }))[0]?.skipped;
    expect(await skipped(5)).toMatch(/there is no golden\.txt/);
    expect(await skipped(6)).toMatch(/there is no facts\.test\.ts/);
    writeFileSync(join(folder, 'facts.test.ts'), '');
    expect(await found(sound, 6)).toEqual(['facts.test.ts is empty']);
    writeFileSync(join(folder, 'facts.test.ts'), '// a table\n');
    expect(await found(sound, 6)).toEqual([]);
    expect(await skipped(6)).toBeUndefined();
  });

  it('catches play that changed under one version, and a version without its transcript', async () => {
    const reworded = planted({ say: (event, viewer) => hiddenCoin.say(event, viewer).replace('guesses', 'bets on') });
    const raised = environment({ ...hiddenCoin, ...withSpec({ version: '1.0.1' }), say: reworded.say });
    expect(writeGolden(sound, folder)).toBe('new');
    expect(await found(sound, 5)).toEqual([]);
    expect(await found(reworded, 5)).toContainEqual(expect.stringMatching(/plays otherwise/));
    expect(writeGolden(reworded, folder)).toBe('refused');
    expect(await found(sound, 5)).toEqual([]);
    expect(await found(raised, 5)).toContainEqual(expect.stringMatching(/of version 1\.0\.0/));
    expect(writeGolden(raised, folder)).toBe('rewritten');
    expect(await found(raised, 5)).toEqual([]);
    expect(writeGolden(raised, folder)).toBe('unchanged');
  });

  it('writes the same transcript every time', () => {
    expect(goldenTranscript(sound)).toBe(goldenTranscript(sound));
  });
});

describe('the table of who is told', () => {
  const table = {
    tossed: ['one seat'],
    looked: ['one seat'],
    ready: ['all'],
    guessed: ['all'],
    said: ['all'],
    shown: ['all'],
  };

  it('is as the game declares', () => {
    expect(toldTable(sound, readConfig(sound.spec), 50)).toEqual(table);
  });

  it.each<[string, Event['to']]>([
    ['to everybody', 'all'],
    ['to both seats', [0, 1]],
    ['to nobody', []],
  ])('differs when the coin is shown %s', (_, to) => {
    const wrong = planted(withStep((step) => readdressed(step, 'tossed', to)));
    expect(toldTable(wrong, readConfig(wrong.spec), 50)).not.toEqual(table);
  });
});

describe('law 9 looks back on failed episodes', () => {
  const found = async (hindsight: NonNullable<Environment['hindsight']>) => {
    const [report] = await runLaws(environment({ ...calculator, hindsight }), { laws: [9], cases: 200 });
    return report?.failures.map(({ what }) => what);
  };
  const goal: NonNullable<Environment['hindsight']> = (config, moves) => calculator.hindsight?.(config, moves);

  it('has cases in the sound environment, and no breach', async () => {
    const [report] = await runLaws(calculator, { laws: [9], cases: 200 });
    expect(report?.failures).toEqual([]);
    expect(report?.cases).toBeGreaterThan(10);
  });

  it.each<[string, NonNullable<Environment['hindsight']>, RegExp]>([
    ['a goal that is not reached', (config) => ({ ...config, split: 'val' }), /hindsight is wrong/],
    [
      'a configuration with gaps',
      (...told) => goal(...told) && { problem: { question: '?', answer: 1 } },
      /not complete/,
    ],
    ['no goal at all', () => undefined, /no failed episode/],
    [
      'what is given changed',
      (config, moves) => Object.assign(config, { seen: moves.length }),
      /changes what it is given/,
    ],
    [
      'another goal each time',
      (config) => ({ ...config, maxSteps: 1 + Math.floor(Math.random() * 1e9) }),
      /another goal/,
    ],
  ])('catches %s', async (_, hindsight, what) => {
    expect(await found(hindsight)).toContainEqual(expect.stringMatching(what));
  });

  it('catches hindsight where several sit', async () => {
    const [report] = await runLaws(planted({ hindsight: (config) => config }), { laws: [9] });
    expect(report?.failures.map(({ what }) => what)).toContainEqual('hindsight is for one seat');
  });
});

describe('a spec that cannot be read', () => {
  it('is a failure of every law, not a crash', async () => {
    const reports = await runLaws(planted(withSpec({ config: z.strictObject({ stake: z.number() }) })));
    expect(reports).toHaveLength(9);
    for (const { failures } of reports) expect(failures[0]?.what).toMatch(/cannot be read/);
  });
});
