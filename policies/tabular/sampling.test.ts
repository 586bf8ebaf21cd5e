import { describe, expect, it } from 'vitest';
import goofspiel from '../../envs/goofspiel/index.js';
import kuhn from '../../envs/kuhn-poker/index.js';
import leduc from '../../envs/leduc-poker/index.js';
import type { Environment } from '../../src/core/environment.js';
import type { JsonObject } from '../../src/core/json.js';
import { stream } from '../../src/core/rng.js';
import { randomGame } from '../../test/solving/random-games.js';
import { Evaluator } from '../grading/evaluator.js';
import type { Game, Solver, Solving, Strategy } from '../solver.js';
import { compile } from '../tree/compile.js';
import { actionsOf, type Profile, uniformProfile } from '../tree/game-tree.js';
import cfr from './cfr.js';
import external from './external-mccfr.js';
import outcome from './outcome-mccfr.js';

const samplers = [external, outcome];

function gameOf(environment: Environment, chosen: JsonObject = {}): Game {
  const config = environment.spec.config.parse(chosen);
  const tree = compile(environment, config);
  return { environment, config, tree: () => tree };
}

function open({ id, roads }: Solver, road: string, game: Game): Solving {
  const solving = roads[road]?.open(game, {}, stream('sampling', id));
  if (solving === undefined) throw new Error(`${id} has no road ${road}`);
  return solving;
}

function byName({ names, options, offset, probabilities }: Strategy): Map<string, readonly (string | number)[]> {
  return new Map(
    names.map((name, state) => [
      name,
      [...(options[state] as readonly string[]), ...probabilities.subarray(offset[state], offset[state + 1])],
    ]),
  );
}

const games: readonly (readonly [string, Game])[] = [
  ['Kuhn poker', gameOf(kuhn)],
  ['Kuhn poker of three', gameOf(kuhn, { players: 3 })],
  ['Leduc poker', gameOf(leduc)],
  ['goofspiel with hidden bids', gameOf(goofspiel, { cards: 4, order: 'descending', reveal: 'winner' })],
  ['a random game with a key', gameOf(randomGame(7, { seats: 2, sum: 'general', moves: 'hidden' }))],
  ['a random game of three without a key', gameOf(randomGame(8, { seats: 3, sum: 'zero', moves: 'hidden' }))],
];

describe.each(samplers.map((solver) => [solver.id, solver] as const))('%s', (_, solver) => {
  it.each(games)('makes the same strategies through the rules of %s as on its tree, to the last bit', (_name, game) => {
    const [flat, contract] = [open(solver, 'flat', game), open(solver, 'contract', game)];
    for (const more of [1, 40, 200]) {
      flat.iterate(more);
      contract.iterate(more);
      const onTree = byName(flat.strategy());
      const met = byName(contract.strategy());
      expect(met.size).toBeGreaterThan(1);
      for (const [name, chances] of met) expect([name, onTree.get(name)]).toEqual([name, chances]);
    }
  });
});

/** NOTE: so large that what is learnt on the way does not move the strategy: one strategy is sampled again and again. */
const HELD = 1e9;
const BATCHES = 200;

/** Regrets that stand for a lopsided strategy, no option of which is certain. */
function lopsided({ states }: ReturnType<Game['tree']>): Profile {
  const rng = stream('lopsided', 'strategy');
  return Float64Array.from({ length: states.offset[states.count] as number }, () => HELD * (0.2 + rng.float()));
}

/** The regrets of one pass of CFR when all play as the regrets say. */
function exactRegrets(game: Game, regrets: Profile): Profile {
  const tree = game.tree();
  const strategy = uniformProfile(tree);
  for (let state = 0; state < tree.states.count; state++) {
    const [from, to] = [tree.states.offset[state] as number, tree.states.offset[state + 1] as number];
    const total = regrets.subarray(from, to).reduce((sum, regret) => sum + regret, 0);
    for (let j = from; j < to; j++) strategy[j] = (regrets[j] as number) / total;
  }
  const zeros = new Float64Array(actionsOf(tree));
  const solving = open(cfr, 'flat', game);
  solving.restore({ numbers: { iterations: 0 }, arrays: { regrets: zeros, sums: zeros, strategy } });
  solving.iterate(1);
  return solving.save().arrays.regrets as Profile;
}

describe.each([
  ['external-mccfr', external, 500],
  ['outcome-mccfr', outcome, 2000],
] as const)('%s', (_, solver, batch) => {
  it.each([
    ['Kuhn poker', gameOf(kuhn)],
    ['Kuhn poker of three', gameOf(kuhn, { players: 3 })],
  ] as const)('samples regrets of %s that are those of CFR on average, within 4 standard errors', (_name, game) => {
    const held = lopsided(game.tree());
    const exact = exactRegrets(game, held);
    const solving = open(solver, 'flat', game);
    const { numbers, arrays } = solving.save();
    solving.restore({ numbers, arrays: { ...arrays, regrets: held } });
    const means: Profile[] = [];
    for (let last = held; means.length < BATCHES; ) {
      solving.iterate(batch);
      const now = solving.save().arrays.regrets as Profile;
      means.push(now.map((regret, j) => (regret - (last[j] as number)) / batch));
      last = now;
    }
    for (const [j, regret] of exact.entries()) {
      const { mean, error } = estimate(means.map((sample) => sample[j] as number));
      expect(error).toBeGreaterThan(0);
      expect(error).toBeLessThan(0.05);
      expect(Math.abs(mean - regret), `action ${j}`).toBeLessThan(4 * error);
    }
  });
});

function estimate(samples: readonly number[]): { mean: number; error: number } {
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  const squares = samples.reduce((sum, sample) => sum + (sample - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (samples.length - 1) / samples.length) };
}

it.each([
  [
    'Kuhn poker',
    external,
    {},
    [
      [100, 0.6],
      [10_000, 0.03],
      [100_000, 0.01],
    ],
  ],
  [
    'Kuhn poker',
    outcome,
    {},
    [
      [1000, 0.5],
      [10_000, 0.1],
      [200_000, 0.02],
    ],
  ],
  [
    'Kuhn poker of three',
    external,
    { players: 3 },
    [
      [100, 1.2],
      [10_000, 0.06],
      [50_000, 0.03],
    ],
  ],
  [
    'Kuhn poker of three',
    outcome,
    { players: 3 },
    [
      [1000, 0.9],
      [10_000, 0.3],
      [100_000, 0.1],
    ],
  ],
] as const)('%s comes close to equilibrium by sampling', (_, solver, config, bounds) => {
  const game = gameOf(kuhn, config);
  const evaluator = new Evaluator(game.tree());
  const solving = open(solver, 'flat', game);
  for (const [iterations, bound] of bounds) {
    solving.iterate(iterations - solving.iterations);
    expect(evaluator.nashConv(solving.strategy().probabilities).nashConv).toBeLessThan(bound);
  }
});
