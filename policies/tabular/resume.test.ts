import { describe, expect, it } from 'vitest';
import kuhn from '../../envs/kuhn-poker/index.js';
import { UserError } from '../../src/core/errors.js';
import type { JsonObject } from '../../src/core/json.js';
import { stream } from '../../src/core/rng.js';
import { randomGame } from '../../test/solving/random-games.js';
import { solvers } from '../found.js';
import type { Checkpoint, Game, Road, Solving } from '../solver.js';
import { compile } from '../tree/compile.js';

/** What holds for every solver on every road: an interruption leaves no trace, to the last bit. */
const games: readonly Game[] = [
  gameOf(kuhn),
  gameOf(kuhn, { players: 3 }),
  gameOf(randomGame(3, { seats: 2, sum: 'zero', moves: 'hidden' })),
];
const roads = (await solvers()).flatMap(({ id, roads }) =>
  Object.entries(roads).map(([name, road]) => [`${id}, road ${name}`, road] as const),
);

function gameOf(environment: Game['environment'], chosen: JsonObject = {}): Game {
  const config = environment.spec.config.parse(chosen);
  const tree = compile(environment, config, { knowledge: true });
  return { environment, config, tree: () => tree };
}

/** A solver at work, or null when the road does not take the game. */
function open(road: Road, game: Game, seed: string): Solving | null {
  try {
    return road.open(game, {}, stream(seed, 'solver'));
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** As it comes back from disk. */
function stored({ numbers, arrays }: Checkpoint): Checkpoint {
  return {
    numbers: JSON.parse(JSON.stringify(numbers)) as JsonObject,
    arrays: Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.slice()])),
  };
}

/** NOTE: by value, but apart from how many zeros have a sign. */
function plain({ numbers, arrays }: Checkpoint): unknown {
  return { numbers, arrays: Object.entries(arrays).map(([name, array]) => [name, Array.from(array, (x) => x + 0)]) };
}

const TOTAL = 23;

describe.each(roads)('%s', (_, road) => {
  it('interrupted anywhere and taken up by another, it ends with the same bits', () => {
    let taken = 0;
    for (const game of games) {
      const straight = open(road, game, 'seed');
      if (straight === null) continue;
      taken++;
      straight.iterate(TOTAL);
      for (const stop of [0, 1, 2, 7, 22]) {
        const first = open(road, game, 'seed') as Solving;
        first.iterate(stop);
        const second = open(road, game, 'another seed') as Solving;
        second.iterate(3);
        second.restore(stored(first.save()));
        expect(second.iterations).toBe(stop);
        expect(second.strategy()).toEqual(first.strategy());
        second.iterate(TOTAL - stop);
        expect(plain(second.save())).toEqual(plain(straight.save()));
        expect(second.strategy()).toEqual(straight.strategy());
      }
    }
    expect(taken).toBeGreaterThan(0);
  });

  it('a checkpoint does not change when the solver goes on, and asking changes nothing', () => {
    const game = games[0] as Game;
    const solving = open(road, game, 'seed') as Solving;
    solving.iterate(5);
    const saved = solving.save();
    const before = plain(stored(saved));
    solving.strategy();
    solving.iterate(5);
    expect(plain(saved)).toEqual(before);
    const once = open(road, game, 'seed') as Solving;
    once.iterate(10);
    expect(solving.strategy()).toEqual(once.strategy());
  });

  it('its strategies are probabilities over the options of named states', () => {
    const solving = open(road, games[0] as Game, 'seed') as Solving;
    solving.iterate(200);
    const { names, options, offset, probabilities } = solving.strategy();
    expect(new Set(names).size).toBe(names.length);
    expect(offset.length).toBe(names.length + 1);
    for (const [state, ids] of options.entries()) {
      const own = probabilities.subarray(offset[state], offset[state + 1]);
      expect(own.length).toBe(ids.length);
      expect(own.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12);
      expect(own.every((chance) => chance >= 0)).toBe(true);
    }
  });

  it('a checkpoint that does not fit is refused and changes nothing', () => {
    const solving = open(road, games[0] as Game, 'seed') as Solving;
    solving.iterate(4);
    const before = plain(stored(solving.save()));
    const shorter = { ...stored(solving.save()), arrays: { sums: new Float64Array(1) } };
    expect(() => solving.restore(shorter)).toThrow(UserError);
    expect(plain(solving.save())).toEqual(before);
  });

  it('an option that it does not have is refused', () => {
    expect(() => road.open(games[0] as Game, { unheard: 1 }, stream('seed', 'solver'))).toThrow(/unheard/);
  });
});
