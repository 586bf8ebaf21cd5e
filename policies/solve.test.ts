import { describe, expect, it } from 'vitest';
import kuhn from '../envs/kuhn-poker/index.js';
import { stream } from '../src/core/rng.js';
import { solver } from './found.js';
import { gameOf } from './game.js';
import { Evaluator } from './grading/evaluator.js';
import { nextGrading, type SolveTask, solve } from './solve.js';
import { profileOf } from './table.js';

async function kuhnTask(over: Partial<SolveTask> = {}): Promise<SolveTask> {
  const game = gameOf(kuhn, { players: 2 });
  const found = await solver('cfr+');
  const road = Object.values(found.roads)[0];
  if (road === undefined) throw new Error('cfr+ has no road');
  const evaluator = new Evaluator(game.tree());
  return {
    solving: road.open(game, found.options.parse({}), stream(1, 'solver')),
    grade: (strategy) => evaluator.nashConv(profileOf(game.tree(), strategy).profile),
    until: 1e-3,
    iterations: 10_000,
    ...over,
  };
}

describe('solving', () => {
  it('stops at the first grading that is low enough, and gives the value that Kuhn is known for', async () => {
    const curve: number[] = [];
    let value = 0;
    const task = await kuhnTask({
      graded: ({ nashConv }, { values }) => {
        curve.push(nashConv);
        value = values[0] as number;
      },
    });
    expect(await solve(task)).toBe('reached');
    expect(curve.at(-1)).toBeLessThanOrEqual(1e-3);
    expect(curve.slice(0, -1).every((one) => one > 1e-3)).toBe(true);
    // SEE: -1/18 for the first seat, Kuhn 1950.
    expect(Math.abs(value + 1 / 18)).toBeLessThan(1e-3);
  });

  it('stops at the last iteration, and where nothing is graded too', async () => {
    const task = await kuhnTask({ until: 0, iterations: 17 });
    expect(await solve(task)).toBe('iterations');
    expect(task.solving.iterations).toBe(17);
    const blind = await kuhnTask({ grade: null, iterations: 23 });
    expect(await solve(blind)).toBe('iterations');
    expect(blind.solving.iterations).toBe(23);
  });

  it('is the same in pieces of any length, and stops where it is told', async () => {
    const whole = await kuhnTask({ until: 0, iterations: 300 });
    await solve(whole);
    let now = 0;
    let pauses = 0;
    const pieces = await kuhnTask({
      until: 0,
      iterations: 300,
      clock: () => {
        now += 13;
        return now;
      },
      pause: async () => {
        pauses++;
        return 'on';
      },
    });
    await solve(pieces);
    expect(pauses).toBeGreaterThan(30);
    expect(pieces.solving.strategy()).toEqual(whole.solving.strategy());
    const stopped = await kuhnTask({ until: 0, clock: () => 0, pause: async () => 'stop' });
    expect(await solve(stopped)).toBe('stopped');
    expect(stopped.solving.iterations).toBe(1);
  });
});

it('gradings are evenly spread over the logarithm of the iterations', () => {
  const at: number[] = [];
  for (let done = 0; done < 1e6; done = nextGrading(done)) at.push(done);
  expect(at.slice(0, 14)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15]);
  const steps = at.slice(20).map((one, index) => (at[index + 21] ?? 1.1 * one) / one);
  expect(Math.min(...steps)).toBeGreaterThan(1.09);
  expect(Math.max(...steps)).toBeLessThan(1.15);
});
