import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import policy from '../../agents/policy.js';
import kuhn from '../../envs/kuhn-poker/index.js';
import { readConfig } from '../../src/core/config.js';
import { runEpisode } from '../../src/core/play.js';
import { stream } from '../../src/core/rng.js';
import { profileOfPolicy } from '../exploit.js';
import { writePolicy } from '../folder.js';
import { gameOf } from '../game.js';
import { Evaluator } from '../grading/evaluator.js';
import { openPolicy } from '../open.js';
import { drawnNetwork, manifestOf } from './networks.testing.js';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'ludus-mixture-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const config = readConfig(kuhn.spec);

/** Two networks for the first seat, one for the second. */
function folderOf(name: string, seats: readonly number[] = [0, 0, 1]): string {
  const folder = join(home, name);
  const told = manifestOf(kuhn, config);
  const networks = seats.map((seat, at) => ({ file: `${at}.onnx`, seat, weight: at + 1, output: 'logits' }));
  const files = Object.fromEntries(networks.map(({ file }, at) => [file, drawnNetwork(kuhn, config, at + 2)]));
  const { seats: count, length, actions } = told.details as { seats: number; length: number; actions: string[] };
  writePolicy(folder, {
    manifest: { ...told, kind: 'mixture', details: { seats: count, length, actions, networks } },
    files,
  });
  return folder;
}

describe('a mixture of networks', () => {
  it('plays, episode by episode, what its strategy says on average', async () => {
    const folder = folderOf('mixed');
    const game = gameOf(kuhn, config);
    const { profile } = await profileOfPolicy(game.tree(), kuhn, config, await openPolicy(folder));
    const [expected] = new Evaluator(game.tree()).nashConv(profile).values;
    const agent = await policy.open(folder);
    const returns = await Promise.all(
      Array.from({ length: 4000 }, async (_, seed) => {
        const ending = await runEpisode({ environment: kuhn, config, seed, agents: [agent, agent] });
        return ending.returns?.[0] as number;
      }),
    );
    const mean = returns.reduce((sum, one) => sum + one, 0) / returns.length;
    const variance = returns.reduce((sum, one) => sum + (one - mean) ** 2, 0) / returns.length;
    expect(Math.abs(mean - (expected as number))).toBeLessThan(4 * Math.sqrt(variance / returns.length));
  });

  it('draws one network for a whole episode, as often as its weight says', async () => {
    const opened = await openPolicy(folderOf('drawn'));
    const space = { kind: 'choice', options: ['check', 'bet'].map((id) => ({ id, label: id })) } as const;
    const episode = { environment: kuhn.spec.id, seat: 0, space, view: kuhn.view(dealt(), 0) };
    const seen = new Map<number, number>();
    for (let seed = 0; seed < 3000; seed++) {
      const rule = opened.seat({ environment: kuhn, config, seat: 0, rng: stream(seed, 'seat 0') });
      // NOTE: a policy reads nothing else of a request.
      const [first] = Array.from(await rule(episode as unknown as Parameters<typeof rule>[0]));
      seen.set(first as number, (seen.get(first as number) ?? 0) + 1);
    }
    const counts = [...seen.values()].sort((a, b) => a - b);
    expect(counts).toHaveLength(2);
    expect(Math.abs((counts[0] as number) - 1000)).toBeLessThan(4 * Math.sqrt(3000 * (2 / 9)));
  });

  it('refuses a seat that it has no network for', async () => {
    const opened = await openPolicy(folderOf('half', [0, 0, 0]));
    const place = { environment: kuhn, config, seat: 1, rng: stream(1, 'seat 1') };
    expect(() => opened.seat(place)).toThrow('the policy has no network for player_1');
  });
});

/** A state in which the first seat is to move. */
function dealt() {
  let state = kuhn.start(config);
  for (let turn = kuhn.turn(state); turn.kind === 'chance'; turn = kuhn.turn(state)) {
    if (!('outcomes' in turn)) throw new Error('Kuhn poker lists its deals');
    state = kuhn.apply(state, { chance: (turn.outcomes[0] as readonly [string, number])[0] }).state;
  }
  return state;
}
