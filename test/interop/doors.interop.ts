import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemOf, SPLITS } from '../../envs/calculator/dataset.js';
import { built, type Home, type Started } from '../server/built.js';
import { Driven, send } from '../server/doors/aviary-client.js';
import { cameOf, isAs, PARSING } from '../server/doors/parsing.js';
import { missing, python, runPython } from './python.js';

const KEY = 'a-key-that-nobody-guesses';

interface Play {
  readonly player: string;
  readonly site: string;
  readonly index: number;
  /** Whether the environment's tasks are numbered, so that the client may ask how many there are. */
  readonly numbered: boolean;
  readonly answer?: number;
}

interface Driving {
  readonly size: number | null;
  readonly question: readonly string[];
  readonly info: readonly { readonly task_id: string | null }[];
  readonly tools: readonly string[];
  readonly steps: readonly {
    readonly answered: readonly string[];
    readonly reward: number;
    readonly done: boolean;
    readonly truncated: boolean;
  }[];
  readonly after: { readonly reward: number; readonly done: boolean };
  readonly closed: boolean;
}

const PLAYS: readonly Play[] = [
  { player: 'calculator', site: 'calculator', index: 3, numbered: true, answer: problemOf('train_3').answer },
  { player: 'literature-qa', site: 'literature-qa;split=train', index: 2, numbered: true },
  { player: 'cloning', site: 'cloning', index: 1, numbered: true },
  { player: 'kuhn-poker', site: 'kuhn-poker;seat=1;opponents=scripted', index: 5, numbered: false },
];

describe.skipIf(missing("Aviary's client", 'fhaviary').length > 0)('the client of fhaviary', () => {
  let home: Home;
  let server: Started;
  let played: readonly Driving[];
  beforeAll(async () => {
    home = built({ LUDUS_DOOR_KEY: KEY });
    const games = PLAYS.map(({ player }) => player).join(',');
    const door = ['--door', 'aviary', '--door-key-env', 'LUDUS_DOOR_KEY'];
    server = await home.start('--memory', '--environments', games, ...door);
    played = runPython<readonly Driving[]>('aviary_client.py', { url: `${server.url}/aviary`, key: KEY, plays: PLAYS });
  });
  afterAll(async () => {
    await server?.stop('SIGTERM');
    home?.remove();
  });
  const of = (player: string) => played[PLAYS.findIndex((play) => play.player === player)] as Driving;

  it.each(PLAYS.map(({ player }) => player))('plays %s of the built server from start to close', (player) => {
    const { steps, after, closed, size, tools, info } = of(player);
    const isNumbered = PLAYS.find((play) => play.player === player)?.numbered;
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.filter(({ done }) => done)).toHaveLength(1);
    expect(steps.at(-1)).toMatchObject({ done: true, truncated: false });
    expect(after).toEqual({ reward: 0, done: true });
    expect(closed).toBe(true);
    expect(tools.length).toBeGreaterThan(0);
    if (isNumbered === true) expect([(size as number) > 2, typeof info[0]?.task_id]).toEqual([true, 'string']);
  });

  it('hands in a right answer of calculator, told by the tool', () => {
    const { steps, question, size } = of('calculator');
    expect(size).toBe(SPLITS.train);
    expect(question[0]).toContain(problemOf('train_3').question);
    expect(steps.map(({ reward }) => reward)).toEqual([0, 1]);
    expect(Number(steps[0]?.answered[0])).toBe(problemOf('train_3').answer);
  });

  it('searches, gathers, answers and completes in literature-qa', () => {
    const { steps, tools } = of('literature-qa');
    expect(tools).toEqual(['paper_search', 'gather_evidence', 'gen_answer', 'reset', 'complete']);
    expect(steps).toHaveLength(4);
    expect([1, 0.1, -1]).toContain(steps.at(-1)?.reward);
  });

  it('is told of a tool there is not in cloning, beside one there is', () => {
    const [first] = of('cloning').steps;
    expect(first?.answered).toHaveLength(2);
    expect(first?.answered[1]).toMatch(/^Invalid tool call: nope\. .*gene_search/);
  });

  it('plays the second seat of kuhn-poker for chips', () => {
    const { steps, info } = of('kuhn-poker');
    expect(info[0]).toMatchObject({ task_id: null, seed: 5 });
    expect([-2, -1, 1, 2]).toContain(steps.at(-1)?.reward);
  });
});

describe.skipIf(missing('the examples of docs/doors.md', 'fhaviary', 'openenv-core').length > 0)(
  'docs/doors.md',
  () => {
    const page = readFileSync(new URL('../../docs/doors.md', import.meta.url), 'utf8');
    const examples = [...page.matchAll(/^```python\n([\s\S]*?)^```/gm)].map(([, text]) => text as string);
    let home: Home;
    let server: Started;
    beforeAll(async () => {
      home = built();
      const games = ['--environments', 'calculator,tic-tac-toe'];
      server = await home.start('--memory', ...games, '--door', 'aviary', '--door', 'openenv');
    });
    afterAll(async () => {
      await server?.stop('SIGTERM');
      home?.remove();
    });

    it('shows examples', () => expect(examples).toHaveLength(3));

    it.each(examples)('runs as it is shown: %s', (example) => {
      const program = example.replaceAll('http://127.0.0.1:8000', server.url);
      const { status, stdout, stderr } = spawnSync(python.path as string, ['-c', program], { encoding: 'utf8' });
      expect(status, stderr).toBe(0);
      expect(stdout).toMatch(/42 0 False|^-?[01]\.?0?$|^\[-?[01](\.0)?, -?[01](\.0)?\]$/m);
    });
  },
);

describe.skipIf(missing("Aviary's server", 'fhaviary', 'fastapi', 'uvicorn').length > 0)(
  'the server of fhaviary',
  () => {
    let child: ChildProcess;
    let url: string;
    beforeAll(async () => {
      const program = fileURLToPath(new URL('./python/aviary_server.py', import.meta.url));
      child = spawn(python.path as string, [program], { stdio: ['ignore', 'pipe', 'ignore'] });
      const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
      url = (JSON.parse(String(line)) as { url: string }).url;
      for (let up = false; !up; )
        up = await send(`${url}/info`)
          .then(({ status }) => status === 200)
          .catch(() => false);
    });
    afterAll(() => child?.kill());

    it.each(PARSING.map((row) => [row.what, row] as const))('reads as our tests say: %s', async (_, row) => {
      const driven = await Driven.start(url, { task_idx: 1 });
      await driven.reset();
      const { status, body, text } = await driven.heard(row.action);
      expect(isAs(cameOf(status, body), row.theirs ?? row.comes), text).toBe(true);
    });
  },
);
