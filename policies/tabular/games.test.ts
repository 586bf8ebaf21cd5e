import { describe, expect, it } from 'vitest';
import goofspiel from '../../envs/goofspiel/index.js';
import kuhn from '../../envs/kuhn-poker/index.js';
import leduc from '../../envs/leduc-poker/index.js';
import rpsls from '../../envs/rpsls/index.js';
import type { Environment } from '../../src/core/environment.js';
import type { JsonObject } from '../../src/core/json.js';
import { stream } from '../../src/core/rng.js';
import { randomGame } from '../../test/solving/random-games.js';
import { Evaluator } from '../grading/evaluator.js';
import type { Game, Solver, Solving } from '../solver.js';
import { compile } from '../tree/compile.js';
import cfr from './cfr.js';
import cfrPlus from './cfr-plus.js';
import dcfr from './dcfr.js';
import external from './external-mccfr.js';
import fictitious from './fictitious-play.js';
import linear from './linear-cfr.js';
import predictive from './pcfr-plus.js';

function gameOf(environment: Environment, chosen: JsonObject = {}): Game {
  const config = environment.spec.config.parse(chosen);
  const tree = compile(environment, config);
  return { environment, config, tree: () => tree };
}

function open({ id, roads }: Solver, road: string, game: Game, options: JsonObject = {}): Solving {
  const solving = roads[road]?.open(game, options, stream('games', id));
  if (solving === undefined) throw new Error(`${id} has no road ${road}`);
  return solving;
}

function gradeOf(game: Game, solving: Solving) {
  return new Evaluator(game.tree()).nashConv(solving.strategy().probabilities);
}

describe('three seats', () => {
  const game = gameOf(kuhn, { players: 3 });

  /** NOTE: no theorem promises it; in this game the averages of CFR do approach an equilibrium. */
  it('Kuhn poker of three: CFR comes to NashConv 0.0166 in 1,000 iterations, fictitious play to 0.016', () => {
    const solving = open(cfr, 'flat', game);
    solving.iterate(1000);
    expect(gradeOf(game, solving).nashConv).toBeCloseTo(0.0165713, 6);
    const alternating = open(cfr, 'flat', game, { updates: 'alternating' });
    alternating.iterate(1000);
    expect(gradeOf(game, alternating).nashConv).toBeLessThan(0.0166);
    const answering = open(fictitious, 'flat', game);
    answering.iterate(1000);
    expect(gradeOf(game, answering).nashConv).toBeLessThan(0.017);
  });

  it('methods and roads for two seats say why they do not take it, and what does', () => {
    for (const solver of [cfrPlus, linear, dcfr, predictive]) {
      for (const road of Object.keys(solver.roads)) {
        expect(() => open(solver, road, game)).toThrow(/proved for two seats .*kuhn-poker has 3 seats: take cfr/);
      }
    }
    expect(() => open(cfr, 'payoffs', game)).toThrow(/two seats; kuhn-poker has 3: take "flat"/);
  });
});

describe('a general sum', () => {
  const game = gameOf(randomGame(4, { seats: 2, sum: 'general', moves: 'hidden' }));

  it('is taken where regrets are all that is promised, and refused elsewhere with the sums found', () => {
    for (const solver of [cfr, external, fictitious]) expect(() => open(solver, 'flat', game)).not.toThrow();
    expect(() => open(cfrPlus, 'flat', game)).toThrow(
      /those of random-4 add up to -?\d+ at one end and to -?\d+ at another/,
    );
  });

  it("regrets of CFR fall as its theorem says: each seat's gain from any answer to the average play of the others", () => {
    const solving = open(cfr, 'flat', game);
    const worst = [100, 10_000].map((iterations) => {
      solving.iterate(iterations - solving.iterations);
      return (
        (solving.save().arrays.regrets as Float64Array).reduce((most, regret) => Math.max(most, regret), 0) / iterations
      );
    });
    expect(worst[1]).toBeLessThan((worst[0] as number) / 5);
  });
});

describe('moves at once', () => {
  it.each([3, 4])('goofspiel with %i cards is worth nothing to either seat', (cards) => {
    for (const reveal of ['bids', 'winner']) {
      const game = gameOf(goofspiel, { cards, order: 'descending', reveal });
      const solving = open(cfrPlus, 'payoffs', game);
      solving.iterate(1000);
      const { values, nashConv } = gradeOf(game, solving);
      expect(nashConv).toBeLessThan(2e-3);
      expect(values[0]).toBeCloseTo(0, 3);
    }
  });

  it('rock, paper, scissors, Spock, lizard: a fifth each, also from samples and from best answers', () => {
    const game = gameOf(rpsls);
    for (const [solver, iterations, digits] of [
      [cfrPlus, 1000, 6],
      [fictitious, 100_000, 2],
      [external, 300_000, 1.5],
    ] as const) {
      const solving = open(solver, 'flat', game);
      solving.iterate(iterations);
      const { probabilities } = solving.strategy();
      expect(probabilities.length).toBe(10);
      for (const chance of probabilities) expect(chance).toBeCloseTo(0.2, digits);
    }
  });
});

describe('the road "payoffs" gives what "flat" gives', () => {
  const games: readonly (readonly [string, Game])[] = [
    ['Leduc poker', gameOf(leduc)],
    ['goofspiel', gameOf(goofspiel, { cards: 4, order: 'descending', reveal: 'winner' })],
    ['a random game', gameOf(randomGame(11, { seats: 2, sum: 'zero', moves: 'hidden' }))],
    ['a random game with a general sum', gameOf(randomGame(12, { seats: 2, sum: 'general', moves: 'hidden' }))],
  ];

  it.each(games)('on %s, simultaneous and alternating', (_, game) => {
    for (const updates of ['simultaneous', 'alternating']) {
      const [flat, payoffs] = ['flat', 'payoffs'].map((road) => open(cfr, road, game, { updates })) as [
        Solving,
        Solving,
      ];
      flat.iterate(30);
      payoffs.iterate(30);
      for (const table of ['regrets', 'sums', 'strategy']) {
        const [plain, fast] = [flat, payoffs].map((solving) => solving.save().arrays[table] as Float64Array);
        const off = (plain as Float64Array).reduce(
          (most, x, j) => Math.max(most, Math.abs(x - (fast?.[j] as number))),
          0,
        );
        expect(off, table).toBeLessThan(1e-9);
      }
    }
  });
});
