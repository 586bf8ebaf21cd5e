import { describe, expect, it } from 'vitest';
import kuhn from '../../envs/kuhn-poker/index.js';
import leduc from '../../envs/leduc-poker/index.js';
import liarsDice from '../../envs/liars-dice/index.js';
import type { Environment } from '../../src/core/environment.js';
import type { JsonObject } from '../../src/core/json.js';
import { stream } from '../../src/core/rng.js';
import * as plain from '../../test/best-response.js';
import { flatten } from '../../test/flat-tree.js';
import { randomProfile, randomTree } from '../../test/random-tree.js';
import type { InformationState, Tree } from '../../test/tree.js';
import { compile } from '../tree/compile.js';
import { type GameTree, type Profile, uniformProfile } from '../tree/game-tree.js';
import { Evaluator, expectedReturns, nashConv } from './evaluator.js';

function flat(environment: Environment, config: JsonObject): GameTree {
  return compile(environment, environment.spec.config.parse(config) as JsonObject);
}

/** A profile as the plain reference reads it. */
function asStrategy({ states }: Tree, tree: GameTree, profile: Profile): plain.Strategy {
  const number = new Map<InformationState, number>(states.map((state, index) => [state, index]));
  const { offset } = tree.states;
  return (at) => {
    const state = number.get(at) as number;
    return [...profile.subarray(offset[state], offset[state + 1])];
  };
}

describe('uniform play', () => {
  // SEE: OpenSpiel 2.0.1, tabular_exploitability_test.cc, expected_game_score_test.py and
  // tabular_best_response_mdp_test.cc; the three-player figure was computed from the rules by an independent program.
  it.each([
    ['Kuhn', kuhn, {}, [1 / 8, -1 / 8], 11 / 12],
    ['Kuhn for three', kuhn, { players: 3 }, null, 2.0625],
    ['Leduc', leduc, {}, [-0.078125, 0.078125], 4.747222222222222],
    ["liar's dice", liarsDice, {}, null, 1.561488646384479],
  ] as const)('%s', (_, environment, config, values, gap) => {
    const tree = flat(environment, config);
    const found = nashConv(tree, uniformProfile(tree));
    expect(found.nashConv).toBeCloseTo(gap, 12);
    expect(found.exploitability).toBeCloseTo(gap / tree.seats, 12);
    if (values !== null)
      for (const [seat, value] of values.entries()) expect(found.values[seat]).toBeCloseTo(value, 12);
  });
});

describe('random play of random games', () => {
  const shapes = [
    { seats: 2, depth: 7, zeroSum: true },
    { seats: 2, depth: 7, zeroSum: false },
    { seats: 3, depth: 7, zeroSum: false },
  ];
  it.each(shapes)('is valued as by the plain reference: %o', (shape) => {
    for (let game = 0; game < 40; game++) {
      const rng = stream(game, 'random game');
      const grown = randomTree(shape, rng);
      const tree = flatten(grown);
      const evaluator = new Evaluator(tree);
      const profile = randomProfile(tree, rng);
      const strategy = asStrategy(grown, tree, profile);
      const found = evaluator.nashConv(profile);
      const values = plain.expectedReturns(grown, strategy);
      for (let seat = 0; seat < shape.seats; seat++) {
        expect(found.values[seat]).toBeCloseTo(values[seat] as number, 10);
        expect(found.responses[seat]).toBeCloseTo(plain.bestResponse(grown, strategy, seat), 10);
        const answer = evaluator.bestResponse(profile, seat);
        expect(answer.value).toBeCloseTo(found.responses[seat] as number, 10);
        expect(expectedReturns(tree, answer.profile)[seat]).toBeCloseTo(answer.value, 10);
      }
    }
  });
});

it('a player that has forgotten its own move has no exact best response here', () => {
  const at: InformationState = { seat: 0, options: ['a', 'b'], view: null };
  const again: InformationState = { seat: 0, options: ['a', 'b'], view: null };
  const end = (value: number) => ({ kind: 'terminal', returns: [value, -value] }) as const;
  const second = { kind: 'decision', at: again, children: [end(1), end(2)] } as const;
  const root = { kind: 'decision', at, children: [second, second] } as const;
  const tree = flatten({ seats: 2, root, states: [at, again] });
  expect(() => nashConv(tree, uniformProfile(tree))).toThrow('forgotten a move of its own');
});
