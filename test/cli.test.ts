import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import kuhn from '../envs/kuhn-poker/index.js';
import { oneOf, openTable, readSeed, specsOf, whole } from '../src/cli/options.js';
import { Catalogue } from '../src/core/catalogue.js';
import type { Facts } from '../src/core/environment.js';
import { type Finished, ludusIn, type Running } from './command-line.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ludus-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the real command line in the test's own folder. */
function ludus(line: string, running: Running = {}): Promise<Finished> {
  return ludusIn(folder, line, running);
}

describe('what there is', () => {
  it('lists environments and agents as JSON', async () => {
    const { code, out } = await ludus('list --json');
    const { environments, agents } = JSON.parse(out) as Record<'environments' | 'agents', { id: string }[]>;
    expect(code).toBe(0);
    expect(environments).toContainEqual(
      expect.objectContaining({ id: 'kuhn-poker', seats: 2, information: 'imperfect' }),
    );
    expect(agents.map(({ id }) => id)).toEqual(expect.arrayContaining(['human', 'random', 'scripted']));
  });

  it('describes the configuration that was asked for', async () => {
    const { code, out } = await ludus('describe kuhn-poker --preset three --json');
    const told = JSON.parse(out) as { facts: { seats: number }; rules: string; config: object; card: string };
    expect(code).toBe(0);
    expect(told.facts.seats).toBe(3);
    expect(told.config).toEqual({ players: 3 });
    expect(told.rules).toContain('for 3 players');
    expect(told.card).toContain('Kuhn');
  });
});

describe('a match', () => {
  it('is the same for the same seed, to the byte of its record, and never writes over one', async () => {
    const line = 'match kuhn-poker --seed same --clock fixed --agents random';
    const first = await ludus(line);
    const second = await ludus(line);
    expect(first.code).toBe(0);
    expect(second.out).toBe(first.out.replaceAll('seed-same.jsonl', 'seed-same-2.jsonl'));
    const record = (name: string): string => readFileSync(join(folder, 'runs/kuhn-poker', name), 'utf8');
    expect(record('seed-same-2.jsonl')).toBe(record('seed-same.jsonl'));
  });

  it('shows the reader what only one seat is told, and prints the seed it drew', async () => {
    const { out } = await ludus('match kuhn-poker');
    expect(out).toMatch(/seed \d+/);
    expect(out).toMatch(/player_0 [JQK] +scripted/);
    expect(out).toMatch(/Record: runs\/kuhn-poker\/seed-\d+\.jsonl/);
  });

  it('puts agents in turn over the seats, and --seat over them; gives one JSON object', async () => {
    const { code, out } = await ludus(
      'match kuhn-poker --preset three --agents random,scripted --seat 2=scripted --seed 3 --json',
    );
    const result = JSON.parse(out) as { record: string; returns: number[]; seats: { agent: string }[] };
    expect(code).toBe(0);
    expect(result.seats.map(({ agent }) => agent)).toEqual(['random', 'scripted', 'scripted']);
    expect(result.returns.reduce((sum, one) => sum + one, 0)).toBe(0);
    expect(existsSync(join(folder, result.record))).toBe(true);
  });

  it('says so when a limit ends it, and gives no return', async () => {
    const { code, out } = await ludus('match tic-tac-toe --limit-steps 3 --quiet --seed 1');
    expect(code).toBe(0);
    expect(out).toContain('limit of steps');
    expect(out).toMatch(/player_0 +scripted +none/);
    expect(out).not.toContain('puts x');
  });

  it('colours only where it may', async () => {
    const colour = '\u001b[';
    const line = 'match tic-tac-toe --seed 1';
    expect((await ludus(line, { env: { FORCE_COLOR: '1' } })).out).toContain(colour);
    expect((await ludus(line, { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).out).not.toContain(colour);
  });
});

describe('a command that cannot be followed', () => {
  it.each([
    ['match tic-tac-to', 'did you mean tic-tac-toe?'],
    ['match tic-tac-toe --sed 1', 'Did you mean --seed?'],
    ['match kuhn-poker --config plyers=3', 'config plyers: there is no such field; did you mean players?'],
    ['mtach tic-tac-toe', 'Did you mean match?'],
  ])('%s', async (line, message) => {
    const { code, out, err } = await ludus(line);
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n +at /);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  const three = { seats: 3 } as Facts;
  it.each([
    [['9=random'], undefined, '--seat takes a seat from 0 (player_0) to 2 here, got 9'],
    [['1'], undefined, '--seat takes a seat and its agent, as in --seat 0=random, got "1"'],
    [['x=random'], undefined, 'got "x=random"'],
    [[], 'random,,random', '--agents takes agents separated by commas, got "random,,random"'],
    [[], 'a,b,c,d', '--agents names 4 agents; kuhn-poker has 3 seats here'],
  ])('--seat %j --agents %s', (seat, agents, message) => {
    const options = { seat, ...(agents === undefined ? {} : { agents }) };
    expect(() => specsOf(kuhn, three, options)).toThrow(message);
  });

  it('names an option, what it takes and what it got', () => {
    expect(() => whole('--tries', 1, 100)('0')).toThrow('--tries takes a whole number from 1 to 100, got "0"');
    expect(() => whole('--limit-steps', 1)('1.5')).toThrow('--limit-steps takes a whole number from 1, got "1.5"');
    expect(whole('--tries', 1, 100)('100')).toBe(100);
    expect(() => oneOf('--clock', ['real', 'fixed'])('slow')).toThrow('--clock takes real or fixed, got "slow"');
    expect(() => readSeed('')).toThrow('--seed');
  });

  it('a forfeit is refused where three sit', async () => {
    const options = { seat: [], config: [], preset: 'three', clock: 'fixed', onFailure: 'forfeit' } as const;
    await expect(openTable(new Catalogue(), kuhn, options)).rejects.toThrow('kuhn-poker has 3 here: use substitute');
  });

  it('shows where it came from when asked', async () => {
    expect((await ludus('match tic-tac-to --trace')).err).toMatch(/\n +at /);
  });
});

describe('a person', () => {
  it('plays by number and by words, is corrected, may read the rules, and gets the result', async () => {
    const answers = ['nonsense', '?', '1', 'x', ...Array.from({ length: 9 }, () => '1')];
    const { code, out, err } = await ludus('play tic-tac-toe --seed 7 --json', { input: `${answers.join('\n')}\n` });
    const { returns, seats } = JSON.parse(out) as { returns: number[]; seats: { agent: string }[] };
    expect(code).toBe(0);
    expect(seats.map(({ agent }) => agent)).toEqual(['human', 'scripted']);
    expect(returns).toHaveLength(2);
    expect(err).toContain('"nonsense" is none of');
    expect(err).toContain('Three of your marks in a row');
    expect(err).toContain('player_0 puts x on a1.');
  });

  it('sees nothing of the other hand before the end, and all of it after', async () => {
    const { out, err } = await ludus('play kuhn-poker --seat 1 --seed 7', { input: '1\n1\n' });
    expect(err).toContain('You are dealt the');
    expect(err).not.toContain('player_0 is dealt');
    expect(out).toContain('The whole story, nothing hidden');
    expect(out).toMatch(/player_0 [JQK] +scripted/);
  });

  it('keeps the game on Ctrl-C and goes on with it', async () => {
    const stopped = await ludus('play tic-tac-toe --seed stop --clock fixed', {
      input: 'b2\n',
      interruptAt: 'player_1 puts',
    });
    const journal = 'runs/tic-tac-toe/seed-stop.jsonl.journal';
    expect(stopped.code).toBe(130);
    expect(stopped.err).toContain(`play --resume ${journal}`);
    expect(readFileSync(join(folder, journal), 'utf8')).toContain('"b2"');
    const resumed = await ludus(`play --resume ${journal}`, { input: '1\n'.repeat(9) });
    expect(resumed.code).toBe(0);
    expect(resumed.err).toContain('player_0 puts x on b2.');
    expect(existsSync(join(folder, journal))).toBe(false);
    const verified = await ludus('replay verify runs/tic-tac-toe/seed-stop.jsonl --json');
    expect(JSON.parse(verified.out)).toMatchObject({ sound: 1, findings: [] });
  });

  it('keeps the game when the input ends', async () => {
    const { code, err } = await ludus('play tic-tac-toe --seed eof', { input: 'b2\n' });
    expect(code).toBe(130);
    expect(err).toContain('seed-eof.jsonl.journal');
  });
});

describe('the check of a folder', () => {
  it('names the law that is broken, exits with 1, and writes the golden transcript when asked', async () => {
    const own = join(folder, 'my-envs/restless');
    mkdirSync(own, { recursive: true });
    const source = `import rules from ${JSON.stringify(join(ROOT, 'envs/tic-tac-toe/index.ts'))};
      let looks = 0;
      export default { ...rules, spec: { ...rules.spec, id: 'restless' }, view: (state, viewer) => ({ ...rules.view(state, viewer), looks: looks++ }) };`;
    writeFileSync(join(own, 'index.ts'), source);
    const { code, out } = await ludus('check my-envs/restless --seeds 2 --golden --json');
    const { good, laws } = JSON.parse(out) as { good: boolean; laws: { law: number; failures: { what: string }[] }[] };
    expect({ code, good }).toEqual({ code: 1, good: false });
    expect(
      laws
        .find(({ law }) => law === 1)
        ?.failures.map(({ what }) => what)
        .join(),
    ).toContain('the same moves lead elsewhere');
    expect(readFileSync(join(own, 'golden.txt'), 'utf8')).toContain('version 1.0.0');
  });
});

describe.each(['docs/cli.md', 'docs/exports.md', 'docs/learning.md', 'docs/solving.md'])('%s', (file) => {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const commands = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.trim().split('\n'));

  it('shows commands', () => expect(commands.length).toBeGreaterThan(4));

  /** NOTE: whoever plays presses 1 at every question, which is always an option. */
  it.each(commands)('%s', async (command) => {
    const words = command.replace(/^ludus /, '');
    expect(words).not.toBe(command);
    const { code, err } = await ludus(words, { input: '1\n'.repeat(60) });
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
  });
});
