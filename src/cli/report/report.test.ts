import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Annotation, annotationLine } from '../../../replays/annotations.js';
import { recordFiles } from '../../../replays/read.js';
import { ludusIn } from '../../../test/command-line.js';
import { type Report, reportOf } from '../../arena/report/report.js';
import { gamesAt, type Source } from '../../arena/report/source.js';
import type { TournamentPlan } from '../../arena/tournament/plan.js';
import { runTournament } from '../../arena/tournament/run.js';
import { Catalogue } from '../../core/catalogue.js';
import { readConfig } from '../../core/config.js';
import { register } from '../verbs/report.js';
import { conductTable, resultTable } from './agents.js';
import { html, tableOf } from './html.js';

const folder = mkdtempSync(join(tmpdir(), 'ludus-report-'));
let source: Source;
let report: Report;
let page: string;

beforeAll(async () => {
  const { spec } = await new Catalogue().environment('tic-tac-toe');
  const plan: TournamentPlan = {
    ludus: 1,
    agents: [
      { name: 'thinker', agent: 'mcts:30' },
      { name: 'random', agent: 'random', anchor: true },
    ],
    contests: [{ environment: spec.id, version: spec.version, config: readConfig(spec) }],
    design: 'round-robin',
    blocks: 8,
    seed: '3',
    clock: 'fixed',
    rules: {},
  };
  await runTournament(plan, { folder, workers: 1 });
  source = await gamesAt(folder);
  report = reportOf(source, []);
  page = await pageFor(folder, 'page.html');
});

/** The page that the verb makes of a path. */
async function pageFor(path: string, name: string, ...more: string[]): Promise<string> {
  const program = new Command();
  register(program);
  const out = join(folder, name);
  await program.parseAsync(['node', 'ludus', 'report', path, '--out', out, ...more]);
  return readFileSync(out, 'utf8');
}

afterAll(() => rmSync(folder, { recursive: true }));

/** The cells of every table of the page, as text. */
function tablesIn(text: string): string[][][] {
  const between = (part: string, tag: string): string[] =>
    [...part.matchAll(new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`, 'g'))].map((found) => found[1] as string);
  return between(text, 'table').map((table) => between(table, 'tr').map((row) => between(row, 't[dh]')));
}

/** Tags that were opened and not closed, or closed in another order. */
function unclosed(text: string): string[] {
  const open: string[] = [];
  for (const [, slash, name = '', rest = ''] of text.matchAll(/<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|[^">])*)>/g)) {
    if (slash === '/') {
      if (open.pop() !== name) return [...open, `/${name}`];
    } else if (!rest.endsWith('/') && name !== 'meta') open.push(name);
  }
  return open;
}

it('is whole HTML', () => {
  expect(page.startsWith('<!doctype html>')).toBe(true);
  expect(unclosed(page)).toEqual([]);
  expect(unclosed(page.replace('</h1>', ''))).not.toEqual([]);
});

it('asks nobody for anything', () => {
  expect(page).not.toMatch(/<(script|link|img|iframe|object|embed|image|use)\b/);
  expect(page).not.toMatch(/\bsrc=|@import|url\((?!#)/);
  for (const [, target] of page.matchAll(/href="([^"]*)"/g)) expect(target).toMatch(/^#/);
});

it('shows the figures of the tables', () => {
  const [results, advantage] = tablesIn(page);
  const [head, rows] = resultTable(report.standings);
  expect(results).toEqual([head, ...rows]);
  expect(advantage?.slice(1).map(([side]) => side)).toEqual(report.ratings.advantages.map(({ side }) => side));
  const [conductHead, conduct] = conductTable(report.standings);
  expect(tablesIn(page)).toContainEqual([conductHead, ...conduct]);
  const won = report.roles.map(({ won, drawn, lost }) => [won, drawn, lost].map(String));
  expect(
    tablesIn(page)
      .find(([cells]) => cells?.includes('won') && cells.includes('drawn'))
      ?.slice(1)
      .map((row) => row.slice(2, 5)),
  ).toEqual(won);
});

it('adds up to the games that were played', () => {
  expect(report.games).toBe(16);
  expect(report.lengths).toHaveLength(16);
  expect(report.standings.map(({ name }) => name)).toEqual(['thinker', 'random']);
  expect(report.roles.reduce((sum, { won, drawn, lost }) => sum + won + drawn + lost, 0)).toBe(32);
  const [one, other] = [report.matrix.cells[0]?.[1], report.matrix.cells[1]?.[0]];
  expect((one?.share.share ?? 0) + (other?.share.share ?? 0)).toBeCloseTo(1, 12);
});

it('draws every plot that there are figures for', () => {
  expect(page.match(/<svg /g)).toHaveLength(4);
  const [first = ''] = page.match(/<svg [\s\S]*?<\/svg>/) ?? [];
  for (const { agent } of report.ratings.ratings) expect(first).toContain(`>${agent}<`);
});

it('points to games that went against the ratings, and tells them', () => {
  for (const { record, winners, expected } of report.upsets) {
    expect(expected).toBeLessThan(0.5);
    expect(winners).toEqual(['random']);
    expect(page).toContain(`id="game-${record}">ludus replay show ${folder} --id ${record}</p>`);
  }
});

it('links graded moves to their replays where a server is named', async () => {
  const [file = ''] = recordFiles(folder);
  const [line = ''] = readFileSync(file, 'utf8').split('\n');
  const { id: episode } = JSON.parse(line) as { id: string };
  const one = mkdtempSync(join(folder, 'one-'));
  writeFileSync(join(one, 'one.jsonl'), `${line}\n`);
  const source = { algorithm: 'cfr', policy: 'x' };
  const bad = { options: ['good', 'bad'], played: 'bad', probabilities: [1, 0], values: [1, 0], cost: 1, scale: 2 };
  const grade: Annotation = { annotations: 1, episode, step: 2, seat: 0, kind: 'grade', source, state: 's', ...bad };
  writeFileSync(join(one, 'one.grades.jsonl'), annotationLine(grade));
  const linked = await pageFor(one, 'linked.html', '--server', 'http://127.0.0.1:8000/');
  expect(linked).toContain(`href="http://127.0.0.1:8000/#/replays/${episode}?turn=2"`);
  expect(linked).toContain(`href="http://127.0.0.1:8000/#/replays/${episode}"`);
  await expect(pageFor(one, 'linked.html', '--server', 'javascript:alert(1)')).rejects.toThrow(/takes the address/);
});

it('finds the costliest graded move of a game, by its share of the range', () => {
  const { record: episode } = source.games[2] ?? { record: '' };
  const grade = (step: number, cost: number, substituted = false): Annotation => ({
    annotations: 1,
    episode,
    step,
    seat: 0,
    kind: 'grade',
    source: { algorithm: 'cfr', exploitability: 0, policy: 'x' },
    state: 's',
    options: ['good', 'bad'],
    played: 'bad',
    probabilities: [1, 0],
    values: [cost, 0],
    cost,
    scale: 2,
    ...(substituted ? { substituted: true as const } : {}),
  });
  const { mistakes } = reportOf(source, [grade(0, 0.5), grade(2, 1), grade(4, 2, true)]);
  expect(mistakes).toMatchObject([{ game: 2, step: 2, played: 'bad', best: 'good', cost: 1, share: 0.5 }]);
});

it('sets what agents are called as text', () => {
  expect(html`<p>${'<b>&"'}</p>`.text).toBe('<p>&#60;b&#62;&#38;&#34;</p>');
  expect(tableOf(['a'], [['<i>']]).text).toContain('<td>&#60;i&#62;</td>');
});

it('says what is right when there is nothing to report on', async () => {
  const program = new Command();
  register(program);
  await expect(
    program.parseAsync(['node', 'ludus', 'report', mkdtempSync(join(folder, 'empty-')), '--json']),
  ).rejects.toThrow(/holds no .jsonl file/);
});

it('tells of any records, each under the name of who played it', async () => {
  const rollout = await ludusIn(
    folder,
    'rollout kuhn-poker -n 6 --agents scripted,random --workers 1 --seed 2 --out many --json',
  );
  expect(rollout.code, rollout.err).toBe(0);
  const text = await pageFor(join(folder, 'many'), 'many.html');
  expect(text).toContain('<h1>Games: kuhn-poker</h1>');
  expect(text).toContain('6 games, 6 of them rated, in 6 deals.</p>');
  const shard = await gamesAt(join(folder, 'many/shard-0.jsonl'));
  expect(shard).toEqual(await gamesAt(join(folder, 'many')));
  const { standings, lengths } = reportOf(shard, []);
  expect(standings.map(({ name, games }) => [name, games]).sort()).toEqual([
    ['random', 6],
    ['scripted', 6],
  ]);
  expect(lengths).toHaveLength(6);
  expect(await selfPlay()).toMatchObject({ upsets: [], ratings: { games: 1 } });
});

/** The report on one game of an agent against itself. */
async function selfPlay(): Promise<Report> {
  const played = await ludusIn(folder, 'match tic-tac-toe --agents random --seed 3 --quiet --out alone');
  expect(played.code, played.err).toBe(0);
  return reportOf(await gamesAt(join(folder, 'alone/tic-tac-toe/seed-3.jsonl')), []);
}

it('has the tables and says what to install where there is no Vega', async () => {
  const hook = join(folder, 'no-vega.mjs');
  const blocked = `export const resolve = (name, context, next) => {
    if (/^vega/.test(name)) throw new Error('Cannot find package ' + name);
    return next(name, context);
  };`;
  const address = JSON.stringify(`data:text/javascript,${encodeURIComponent(blocked)}`);
  writeFileSync(hook, `import { register } from 'node:module'; register(${address});`);
  const running = { env: { NODE_OPTIONS: `--import ${hook}` } };
  const { code, out: told, err } = await ludusIn(folder, 'report . --out bare.html', running);
  expect(code, err).toBe(0);
  expect(told).toMatch(/^bare.html: 16 games/);
  expect(err).toMatch(/^ludus: bare.html has no plots: .*npm install vega vega-lite \(Cannot find package vega/);
  const bare = readFileSync(join(folder, 'bare.html'), 'utf8');
  expect(bare).not.toContain('<svg');
  expect(bare).toContain('This page has no plots');
  expect(tablesIn(bare)).toEqual(tablesIn(page));
});
