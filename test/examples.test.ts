import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** The examples the README shows: the file it names, and the code below the name. */
const shown = [...README.matchAll(/`(examples\/[\w./-]+\.ts)`:\n\n```ts\n([\s\S]*?)```/g)].map(
  ([, file, code]) => [file as string, code as string] as const,
);

/** The commands the README shows, without those that install or test. */
const commands = [...README.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, block]) => (block as string).trim().split('\n'))
  .map((line) => line.replace(/\s+#.*$/, ''))
  .filter((line) => !line.startsWith('npm ci'));

describe('examples in the README', () => {
  it('show an environment, an agent, a policy and the gym', () => {
    expect(shown.map(([file]) => file)).toEqual([
      'examples/gym.ts',
      'examples/environments/nim/index.ts',
      'examples/agents/cautious.ts',
      'examples/policies/greedy.ts',
    ]);
  });

  it.each(shown)('%s is the file itself, complete and at most 40 lines', (file, code) => {
    const source = readFileSync(join(ROOT, file), 'utf8');
    expect(code).toBe(source);
    expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
  });
});

describe('commands in the README', () => {
  let home = '';
  beforeAll(() => {
    // NOTE: the commands write to runs/, so they run in a copy of what they read.
    home = mkdtempSync(join(tmpdir(), 'ludus-readme-'));
    for (const part of ['src', 'envs', 'agents', 'policies', 'replays', 'examples', 'package.json', 'tsconfig.json']) {
      cpSync(join(ROOT, part), join(home, part), { recursive: true });
    }
    execFileSync('ln', ['-s', join(ROOT, 'node_modules'), join(home, 'node_modules')]);
  });

  it('are all that this test runs', () => expect(commands).toHaveLength(11));

  it.each(commands)('%s', (command) => {
    const told = execFileSync('sh', ['-c', command], {
      cwd: home,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(told.length).toBeGreaterThan(0);
  });

  it('npx tsx examples/gym.ts', () => {
    const told = execFileSync('npx', ['tsx', 'examples/gym.ts'], { cwd: home, encoding: 'utf8' });
    expect(told).toMatch(/^(showdown|all others folded) \[ -?\d, -?\d \]/);
  });

  it('npx tsx examples/tournament.ts', () => {
    const told = execFileSync('npx', ['tsx', 'examples/tournament.ts'], { cwd: home, encoding: 'utf8' });
    expect(told).toMatch(/^scripted /m);
    expect(told).toMatch(/^40 games, [1-9]\d* rows$/m);
  });
});

it('the policy of the README never loses Nim with twelve sticks when it moves second', () => {
  const args = ['match', 'nim', '--seat', '0=random', '--seat', '1=policy:policies/greedy.ts', '--json'];
  const main = join(ROOT, 'src/cli/main.ts');
  for (const seed of ['1', '2', '3']) {
    const out = mkdtempSync(join(tmpdir(), 'ludus-nim-'));
    const command = ['--import', 'tsx', main, ...args, '--seed', seed, '--out', out];
    const told = execFileSync(process.execPath, command, { cwd: join(ROOT, 'examples'), encoding: 'utf8' });
    expect((JSON.parse(told) as { returns: number[] }).returns).toEqual([-1, 1]);
  }
});
