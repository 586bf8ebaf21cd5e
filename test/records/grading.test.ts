import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Grade, readAnnotations } from '../../replays/annotations.js';
import { type Finished, ludusIn } from '../command-line.js';

/** The way from a match to graded moves and training rows, by the real command line. */
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ludus-grading-'));
  const matches = ['kuhn-poker --seed 7', 'kuhn-poker --seed 8', 'connect-four --seed 1'];
  await Promise.all(matches.map((match) => ludus(`match ${match} --agents random --clock fixed --quiet`)));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ludus = (line: string): Promise<Finished> => ludusIn(folder, line);

interface Report {
  readonly episodes: number;
  readonly games: readonly {
    readonly nashConv: number;
    readonly close: boolean;
    readonly source: { algorithm: string };
  }[];
  readonly agents: readonly { readonly agent: string; readonly cost: { readonly n: number; readonly mean: number } }[];
  readonly files: readonly string[];
  readonly refused: readonly string[];
  readonly grades?: readonly { readonly cost: number }[];
}

describe('ludus grade', () => {
  it('solves the game, charges the moves and writes the grades beside the records', async () => {
    const { code, out } = await ludus('grade runs/kuhn-poker --moves --json');
    const report = JSON.parse(out) as Report;
    expect({ code, episodes: report.episodes, refused: report.refused }).toEqual({ code: 0, episodes: 2, refused: [] });
    expect(report.games).toEqual([expect.objectContaining({ close: true })]);
    expect(report.games[0]?.nashConv).toBeLessThanOrEqual(4e-3);
    expect(report.files).toEqual(['runs/kuhn-poker/seed-7.grades.jsonl', 'runs/kuhn-poker/seed-8.grades.jsonl']);
    const written = (
      await Promise.all(report.files.map((file) => readAnnotations(join(folder, file))))
    ).flat() as Grade[];
    expect(written).toEqual(report.grades);
    const total = written.reduce((sum, { cost }) => sum + cost, 0);
    // Both seats are one agent: its cost in an episode is the mean over them.
    expect(report.agents).toEqual([expect.objectContaining({ agent: 'random', decisions: written.length })]);
    expect(report.agents[0]?.cost.mean).toBeCloseTo(total / 4, 12);
  });

  it('shows each move of a single record, and so does replay show', async () => {
    // Seed 7 deals the jack to player 0, who bets it, and the king to player 1, who folds: 3 chips for nothing.
    const { out } = await ludus('grade runs/kuhn-poker/seed-7.jsonl');
    expect(out).toMatch(/3 +player_1 +fold +3 +call +call 2, fold -1/);
    expect(out).toMatch(/random +1 +2 +1\.5/);
    const shown = await ludus('replay show runs/kuhn-poker/seed-7.jsonl');
    expect(shown.out).toMatch(/player_1 folds\.[\s\S]*player_1's fold costs 3; equilibrium plays call\n/);
  });

  it('grades against a saved policy, and refuses one of another game with the reason', async () => {
    await ludus('solve kuhn-poker --until 1e-2 --out sharp');
    const { out } = await ludus('grade runs/kuhn-poker/seed-7.jsonl --policy sharp --out sharp.grades.jsonl --json');
    const report = JSON.parse(out) as Report;
    expect(report.games[0]?.source.algorithm).toBe('cfr+');
    expect(existsSync(join(folder, 'sharp.grades.jsonl'))).toBe(true);
    const other = await ludus('grade runs/connect-four --policy sharp');
    expect(other.code).toBe(2);
    expect(other.err).toContain('made for kuhn-poker, and this is connect-four');
  });

  it('says of games that are too large how large they are', async () => {
    const { code, err } = await ludus('grade runs/connect-four');
    expect(code).toBe(2);
    expect(err).toMatch(/connect-four: about \S+ histories/);
  });

  it('grades those by rollouts: so many decisions, of these seats, the same each time', async () => {
    const line = 'grade runs/connect-four --by rollouts --agents random --rollouts 64 --out wide.grades.jsonl --json';
    const { out } = await ludus(`${line} --seats 0`);
    const report = JSON.parse(out) as Omit<Report, 'grades'> & { readonly grades: Grade[] };
    expect(report.grades.length).toBeGreaterThan(2);
    expect(new Set(report.grades.map(({ seat }) => seat))).toEqual(new Set([0]));
    expect(report.grades.some(({ cost }) => cost > 0)).toBe(true);
    expect(await readAnnotations(join(folder, 'wide.grades.jsonl'))).toEqual(report.grades);
    const two = JSON.parse((await ludus(`${line} --seats 0 --limit 2`)).out) as typeof report & { notes: string[] };
    expect(two.grades).toEqual(report.grades.slice(0, 2));
    expect(two.notes).toEqual(['Stopped after 2 decisions, the --limit.']);
  });

  it('keeps what was graded until Ctrl-C', async () => {
    const line = 'grade runs/connect-four --by rollouts --agents random --rollouts 3000 --out stopped.grades.jsonl';
    const { code, out } = await ludusIn(folder, line, { interruptAt: 'playing on' });
    expect(code).toBe(0);
    expect(out).toMatch(/Stopped after \d+ decisions?; what was graded until then is kept/);
    expect((await readAnnotations(join(folder, 'stopped.grades.jsonl'))).length).toBeGreaterThan(0);
  });

  it.each([
    ['--by rollouts --seats 5', '--seats takes a seat from 0'],
    ['--by rollouts --policy x', '--policy belongs to --by equilibrium'],
    ['--agents-of random', '--agents-of belongs to --by rollouts'],
    ['--by rollouts --agents-of random,,mcts', '--agents-of takes agents separated by commas'],
    ['--by judge --model openai/gpt-5-mini --agents-of (random', '--agents-of: the brackets in "(random" do not match'],
  ])('grade %s is refused', async (options, reason) => {
    const { code, err } = await ludus(`grade runs/connect-four ${options}`);
    expect(code).toBe(2);
    expect(err).toContain(reason);
  });

  it('never writes over what holds no annotations', async () => {
    writeFileSync(join(folder, 'thesis.txt'), 'chapter one\n');
    const { code, err } = await ludus('grade runs/kuhn-poker --out thesis.txt');
    expect({ code, text: readFileSync(join(folder, 'thesis.txt'), 'utf8') }).toEqual({
      code: 2,
      text: 'chapter one\n',
    });
    expect(err).toContain('thesis.txt is there already and holds no annotations');
  });
});

describe('ludus export', () => {
  const rows = (file: string): unknown[] =>
    readFileSync(join(folder, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);

  it('writes preferences and labels from the grades beside the records', async () => {
    const { code, out } = await ludus('export trl-dpo runs/kuhn-poker/seed-7.jsonl --out pairs.jsonl');
    expect({ code, out }).toEqual({ code: 0, out: '  1 rows of 1 episodes: pairs.jsonl\n' });
    expect(rows('pairs.jsonl')).toEqual([
      {
        prompt: [{ role: 'user', content: expect.stringContaining('You are player_1.') }],
        chosen: [{ role: 'assistant', content: '<answer>call</answer>' }],
        rejected: [{ role: 'assistant', content: '<answer>fold</answer>' }],
        source: expect.stringMatching(/^grade: pcfr\+ [0-9a-f]{64}$/),
      },
    ]);
    await ludus('export trl-stepwise runs/kuhn-poker/seed-7.jsonl --out steps.jsonl --min-cost 5');
    expect(rows('steps.jsonl').map((row) => (row as { labels: boolean[] }).labels)).toEqual([[true], [true]]);
  });

  it.each([
    ['export trl-dpo runs/connect-four --out x.jsonl', 'run ludus grade runs/connect-four'],
    ['export trl-dpo runs/kuhn-poker/seed-7.jsonl --out runs/kuhn-poker/seed-7.jsonl', "the records' own file"],
  ])('%s', async (line, reason) => {
    const { code, err } = await ludus(line);
    expect(code).toBe(2);
    expect(err).toContain(reason);
    expect(existsSync(join(folder, 'x.jsonl'))).toBe(false);
  });
});
