import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import policy from '../../agents/policy.js';
import kuhn from '../../envs/kuhn-poker/index.js';
import leduc from '../../envs/leduc-poker/index.js';
import { readConfig } from '../../src/core/config.js';
import type { Environment } from '../../src/core/environment.js';
import { runEpisode } from '../../src/core/play.js';
import { stream } from '../../src/core/rng.js';
import { profileOfPolicy } from '../exploit.js';
import { gameOf } from '../game.js';
import { TreeWalk } from '../learned/deep/tree-walk.js';
import { networkProfile } from '../learned/learned.testing.js';
import { openPolicy } from '../open.js';
import { drawnNetwork, manifestOf, networkFolder } from './networks.testing.js';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'ludus-networks-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const config = readConfig(leduc.spec);

describe('a policy of one network', () => {
  it('plays what the plain road computes', async () => {
    const folder = networkFolder(home, 'plain', leduc, config);
    const game = gameOf(leduc, config);
    const { profile } = await profileOfPolicy(game.tree(), leduc, config, await openPolicy(folder));
    const expected = networkProfile(new TreeWalk(game), drawnNetwork(leduc, config, 1));
    const miss = profile.map((one, at) => Math.abs(one - (expected[at] as number)));
    expect(Math.max(...miss)).toBeLessThan(1e-6);
    expect(Math.max(...profile)).toBeGreaterThan(0.9);
  });

  it('makes the same moves alone and among a thousand others', async () => {
    const agent = await policy.open(networkFolder(home, 'many', leduc, config));
    const moves = async (seed: number): Promise<string> => {
      const played: string[] = [];
      const table = { environment: leduc, config, seed, agents: [agent, agent] };
      await runEpisode(table, (told) => {
        if (told.kind === 'step') played.push(JSON.stringify(told.step));
      });
      return played.join('\n');
    };
    const alone: string[] = [];
    for (let seed = 0; seed < 20; seed++) alone.push(await moves(seed));
    const together = await Promise.all(Array.from({ length: 1020 }, (_, seed) => moves(seed)));
    expect(together.slice(0, 20)).toEqual(alone);
    expect(new Set(together).size).toBeGreaterThan(100);
  });
});

describe('refusals', () => {
  const seat = async (folder: string, environment: Environment = leduc, set = {}) => {
    const opened = await openPolicy(folder);
    const place = { environment, config: readConfig(environment.spec, { set }), seat: 0, rng: stream(1, 'seat 0') };
    return opened.seat(place);
  };
  const told = manifestOf(leduc, config);
  const details = (given: object) => ({ details: { ...told.details, ...given } });

  it('takes the game it was made for', async () => {
    await expect(seat(networkFolder(home, 'right', leduc, config))).resolves.toBeTypeOf('function');
  });

  it.each([
    ['another version', { environment: { ...told.environment, version: '0.0.9' } }, /made for leduc-poker 0\.0\.9/],
    ['a vector of another length', details({ length: 7 }), /7 numbers, but the vector form of leduc-poker has/],
    [
      'other actions',
      details({ actions: ['fold', 'shout', 'raise'] }),
      /actions are not those of leduc-poker: "shout" where/,
    ],
    [
      'fewer actions',
      details({ actions: (told.details.actions as string[]).slice(0, 2) }),
      /actions are not those of leduc-poker: "nothing" where/,
    ],
    ['no output', details({ name: 'logits' }), /no "logits"/],
    ['no kind of output', details({ output: 'odds' }), /details output: /],
  ])('%s', async (name, given, message) => {
    const folder = networkFolder(home, name.replaceAll(' ', '-'), leduc, config, given);
    await expect(seat(folder)).rejects.toThrow(message);
  });

  it('another environment, another configuration', async () => {
    const folder = networkFolder(home, 'own', leduc, config);
    await expect(seat(folder, kuhn)).rejects.toThrow('was made for leduc-poker, and this is kuhn-poker');
    await expect(seat(folder, leduc, { suits: 'merged' })).rejects.toThrow(/suits = "apart", and here it is "merged"/);
  });

  it('an environment without a vector form', async () => {
    const { vector: _, ...blind } = leduc;
    const folder = networkFolder(home, 'blind', leduc, config);
    await expect(seat(folder, blind)).rejects.toThrow('leduc-poker has no vector form');
  });
});
