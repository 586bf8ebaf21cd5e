import { describe, expect, it } from 'vitest';
import goofspiel from '../envs/goofspiel/index.js';
import kuhn from '../envs/kuhn-poker/index.js';
import { readConfig } from '../src/core/config.js';
import type { Environment } from '../src/core/environment.js';
import { lanes } from '../src/core/json.js';
import { profileByAsking } from './ask.js';
import type { Rule } from './kind.js';
import { strategyOf, Table } from './table.js';
import { compile } from './tree/compile.js';
import { informationName } from './tree/information.js';

/** A rule that plays some odd distribution of its own at every information state, found by its name. */
function oddRule(environment: Environment): Rule {
  return (request) => {
    const { space } = request;
    if (space.kind !== 'choice') throw new Error('choices only');
    const name = informationName(environment, request);
    const weights = space.options.map(({ id }) => 1 + ((lanes(name + id)[0] >>> 0) % 7));
    const sum = weights.reduce((total, one) => total + one, 0);
    return weights.map((one) => one / sum);
  };
}

describe('a policy asked at every information state gives the profile it plays', () => {
  it.each([
    ['cards dealt in secret', kuhn, { players: 3 }],
    ['moves made at once', goofspiel, readConfig(goofspiel.spec, { set: { cards: 3 } })],
  ] as const)('%s', async (_, environment, config) => {
    const tree = compile(environment, config);
    const rule = oddRule(environment);
    const profile = await profileByAsking(tree, environment, config, () => rule);
    const table = new Table(strategyOf(tree, profile));
    for (const [state, name] of tree.states.names.entries()) {
      const options = tree.states.options[state] as readonly string[];
      const weights = options.map((id) => 1 + ((lanes(name + id)[0] >>> 0) % 7));
      const sum = weights.reduce((total, one) => total + one, 0);
      expect([...(table.row(name)?.probabilities ?? [])]).toEqual(weights.map((one) => expect.closeTo(one / sum, 15)));
    }
    expect(new Set(profile).size).toBeGreaterThan(5);
  });

  it('and rows that are no distributions are told where', async () => {
    const tree = compile(kuhn, { players: 2 });
    const asking = (row: readonly number[]) => profileByAsking(tree, kuhn, { players: 2 }, () => () => row);
    await expect(asking([1])).rejects.toThrow(/gave 1 probabilities for 2 options at information state 0:/);
    await expect(asking([0.5, 0.6])).rejects.toThrow(/add up to 1.1 at information state 0:/);
  });
});
