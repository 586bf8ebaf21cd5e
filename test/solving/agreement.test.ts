import { afterAll, describe, expect, it } from 'vitest';
import { solvers } from '../../policies/found.js';
import { Evaluator } from '../../policies/grading/evaluator.js';
import type { Game, Solver, Solving } from '../../policies/solver.js';
import { compile } from '../../policies/tree/compile.js';
import { UserError } from '../../src/core/errors.js';
import { stream } from '../../src/core/rng.js';
import { growTree } from '../tree.js';
import { randomGame } from './random-games.js';
import { solveSequenceForm } from './sequence-form.js';

/**
 * 200 random games of two seats and zero sum, half of them with public moves: the value of each by linear programming
 * against what the solvers say, which share no code with it.
 */
const GAMES = 200;
const BATCH = 20;

const all = await solvers();
const exact = all.find(({ id }) => id === 'pcfr+') as Solver;
const others = all.filter((solver) => solver !== exact);
/** By solver and road: how many games it took. */
const taken = new Map<string, number>();

interface Case {
  readonly game: Game;
  readonly evaluator: Evaluator;
  /** By linear programming. */
  readonly value: number;
}

async function caseOf(seed: number): Promise<Case> {
  const environment = randomGame(seed, { seats: 2, sum: 'zero', moves: seed % 4 < 2 ? 'public' : 'hidden' });
  const tree = compile(environment, {}, { knowledge: true });
  const { value } = await solveSequenceForm(growTree(environment, {}));
  return { game: { environment, config: {}, tree: () => tree }, evaluator: new Evaluator(tree), value };
}

/** A solver at work on a road, or null when the road does not take the game. */
function open(solver: Solver, road: string, game: Game): Solving | null {
  try {
    const solving = solver.roads[road]?.open(game, {}, stream('agreement', solver.id)) ?? null;
    taken.set(`${solver.id} ${road}`, (taken.get(`${solver.id} ${road}`) ?? 0) + 1);
    return solving;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** What the best responses say of the value of seat 0, at least and at most. */
function bracket({ evaluator }: Case, solving: Solving): { least: number; most: number } {
  const { responses } = evaluator.nashConv(solving.strategy().probabilities);
  return { least: -(responses[1] as number), most: responses[0] as number };
}

/** NOTE: the linear program's own tolerance. */
const SLACK = 1e-8;

function solvesTo(width: number, at: Case, solving: Solving): void {
  let found = bracket(at, solving);
  for (let more = 50; found.most - found.least > width && solving.iterations < 60_000; more *= 1.5) {
    solving.iterate(Math.ceil(more));
    found = bracket(at, solving);
  }
  expect(found.most - found.least).toBeLessThan(width);
  expect(found.least).toBeLessThan(at.value + SLACK);
  expect(found.most).toBeGreaterThan(at.value - SLACK);
}

describe.each(Array.from({ length: GAMES / BATCH }, (_, batch) => batch * BATCH))('random games from %i on', (from) => {
  it('the value by linear programming is that of pcfr+ within 1e-6 on every road, and every solver closes in on it', async () => {
    const widths = new Widths();
    for (let seed = from; seed < from + BATCH; seed++) {
      const at = await caseOf(seed);
      // NOTE: the middle of a bracket of twice the width is within the width of both its ends.
      for (const road of roadsOf(exact)) {
        const solving = open(exact, road, at.game);
        if (solving !== null) solvesTo(2e-6, at, solving);
      }
      for (const solver of others)
        closesIn(at, solver, roadsOf(solver)[(seed >> 2) % roadsOf(solver).length] as string, widths);
    }
    for (const [name, [early, late]] of widths.sums) expect(late, name).toBeLessThan(early / 3);
  });
});

/** NOTE: what samples may be unlucky in one game, so widths are compared over all games of a batch. */
class Widths {
  readonly sums = new Map<string, [number, number]>();

  add(name: string, early: number, late: number): void {
    const [before, after] = this.sums.get(name) ?? [0, 0];
    this.sums.set(name, [before + early, after + late]);
  }
}

/** Brackets hold at any time, and they narrow. One road a game, in turn: they are held to one another elsewhere. */
function closesIn(at: Case, solver: Solver, road: string, widths: Widths): void {
  // NOTE: solvers that sample can also go straight through the rules; their iterations see little of a game.
  const counts = 'contract' in solver.roads ? [30, 3000] : [10, 200];
  const solving = open(solver, road, at.game);
  if (solving === null) return;
  const [early, late] = counts.map((count) => {
    solving.iterate(count - solving.iterations);
    const { least, most } = bracket(at, solving);
    expect(least).toBeLessThan(at.value + SLACK);
    expect(most).toBeGreaterThan(at.value - SLACK);
    return most - least;
  });
  widths.add(solver.id, early as number, late as number);
}

/** The roads over compiled games. */
function roadsOf({ roads }: Solver): string[] {
  return Object.keys(roads).filter((road) => road !== 'contract');
}

afterAll(() => {
  console.log([...taken].map(([road, count]) => `${road}: ${count} games`).join('\n'));
});

it('every road took its share of the games', () => {
  for (const solver of all) {
    const roads = roadsOf(solver);
    for (const road of roads) {
      const offered = solver === exact ? GAMES : Math.floor(GAMES / roads.length);
      const name = `${solver.id} ${road}`;
      expect(taken.get(name) ?? 0, name).toBeGreaterThanOrEqual(
        road === 'flat' || road === 'payoffs' ? offered : offered / 4,
      );
    }
  }
});
