import { rating as newRating, ordinal, rate as rateOpenSkill } from 'openskill';
import { expect, it } from 'vitest';
import { type Rng, stream } from '../../core/rng.js';
import { bradleyTerry, ELO_POINTS } from './bradley-terry.js';
import { type RateOptions, type Ratings, rate } from './rate.js';
import type { GameResult } from './result.js';
import { BASEBALL, baseballGames, baseballWins, duel, match, times } from './results.testing.js';

function rated(games: readonly GameResult[], options: Partial<RateOptions> = {}): Ratings {
  return rate(games, { rng: stream(1, 'bootstrap'), replicates: 200, ...options });
}

function of(ratings: Ratings, agent: string, group: string | null = null) {
  const found = ratings.ratings.find((one) => one.agent === agent && one.group === group);
  if (found === undefined) throw new Error(`no rating of ${agent}`);
  return found;
}

it('by maximum likelihood agrees with minorisation-maximisation to 1e-6', () => {
  const plain = bradleyTerry(baseballWins());
  const { ratings } = rated(baseballGames(), { estimate: 'likelihood', replicates: 0 });
  for (const { agent, rating } of ratings) {
    const reference = plain[(BASEBALL.teams as readonly string[]).indexOf(agent)] as number;
    expect(Math.abs(rating / ELO_POINTS - reference)).toBeLessThan(1e-6);
  }
});

it('finds the advantage at home that Agresti prints', () => {
  const found = rated(baseballGames(), {
    estimate: 'likelihood',
    advantage: true,
    anchor: { agent: 'Baltimore', rating: 0 },
  });
  const home = found.advantages.find(({ side }) => side === 'first');
  // SEE: A. Agresti, "Categorical Data Analysis", 2nd ed. 2002, section 10.6.3: 0.302, with a standard error of 0.131.
  expect(((home?.rating ?? 0) / ELO_POINTS).toFixed(3)).toBe('0.302');
  expect(((home?.high ?? 0) - (home?.low ?? 0)) / ELO_POINTS / 3.92).toBeCloseTo(0.131, 1);
  const shares = found.ratings.map(({ rating }) => Math.exp(rating / ELO_POINTS));
  const sum = shares.reduce((total, share) => total + share, 0);
  // Table 10.11, column 5.
  expect(shares.map((share) => (share / sum).toFixed(3))).toEqual([
    '0.220',
    '0.190',
    '0.164',
    '0.157',
    '0.137',
    '0.088',
    '0.044',
  ]);
});

it('says nothing of an advantage when nobody changes sides', () => {
  const found = rated([...times(6, duel('a', 'b', 1)), ...times(4, duel('a', 'b', 0))], { advantage: true });
  expect(found).toMatchObject({ confounded: true, advantages: [] });
  expect(rated(times(5, duel('a', 'b', 1), duel('b', 'a', 1)), { advantage: true }).confounded).toBe(false);
});

it('compares the sides of each game with each other only', () => {
  const other = (game: GameResult): GameResult => ({
    ...game,
    seats: game.seats.map((seat) => ({ ...seat, side: `other ${seat.side}` })),
  });
  const games = [...times(9, duel('a', 'b', 1), duel('b', 'a', 1)), ...times(3, duel('a', 'b', 0), duel('b', 'a', 0))];
  const found = rated([...games, ...games.map(other).slice(0, 20)], { advantage: true });
  expect(found.confounded).toBe(false);
  const worth = (side: string) => found.advantages.find((one) => one.side === side)?.rating ?? 0;
  expect(worth('first')).toBeCloseTo(-worth('second'), 6);
  expect(worth('other first')).toBeCloseTo(-worth('other second'), 6);
  expect(worth('other first')).toBeGreaterThan(worth('first') + 50);
});

it('keeps a clean sweep finite, and tells which end the results leave open', () => {
  const games = [...times(30, duel('a', 'random', 1)), ...times(10, duel('a', 'b', 1), duel('b', 'a', 1))];
  const found = rated(games, { anchor: { agent: 'random', rating: 0 } });
  const [random, a] = [of(found, 'random'), of(found, 'a')];
  expect(random).toMatchObject({ rating: 0, low: null, score: 0, games: 30 });
  expect(a.low).not.toBeNull();
  expect(a.high).not.toBeNull();
  // Where 30 losses in a row have a chance of `tail`, which is a little under 0.025: the rule of three, more or less.
  const chance = 1 / (1 + 10 ** ((a.rating - (random.high as number)) / 400));
  expect((1 - chance) ** 30).toBeGreaterThan(0.02);
  expect((1 - chance) ** 30).toBeLessThan(0.025);
});

it('gives two agents the half game that Jeffreys adds to each', () => {
  const found = rated(times(10, duel('a', 'b', 1)));
  const gap = of(found, 'a').rating - of(found, 'b').rating;
  expect(gap / ELO_POINTS).toBeCloseTo(Math.log(10.5 / 0.5), 6);
});

it('reports parts that never met, each about its own middle', () => {
  const found = rated([
    ...times(4, duel('a', 'b', 1), duel('b', 'a', 1)),
    ...times(4, duel('c', 'd', 1), duel('d', 'c', 0.5)),
  ]);
  expect(found.parts).toBe(2);
  expect(of(found, 'a').part).toBe(of(found, 'b').part);
  expect(of(found, 'a').part).not.toBe(of(found, 'c').part);
  expect(of(found, 'c').rating + of(found, 'd').rating).toBeCloseTo(0, 6);
});

it('leaves open both ends of a difference that the games cannot tell', () => {
  // a and b always play together, so only their mean is known.
  const games = [...times(6, match(['a', 'b'], ['c', 'c'], true)), ...times(4, match(['a', 'b'], ['c', 'c'], false))];
  const found = rated(games);
  expect(of(found, 'a')).toMatchObject({ low: null, high: null });
  expect(of(rated(games, { teams: 'pairs' }), 'a').low).not.toBeNull();
});

it('rates sides of one agent as games of two, by the mean and by pairs', () => {
  const teams = [
    ...times(7, match(['a', 'a'], ['b', 'b', 'b'], true)),
    ...times(3, match(['b', 'b'], ['a', 'a', 'a'], true)),
  ];
  const duels = [...times(7, duel('a', 'b', 1)), ...times(3, duel('b', 'a', 1))];
  const expected = of(rated(duels), 'a').rating;
  expect(of(rated(teams), 'a').rating).toBeCloseTo(expected, 6);
  expect(of(rated(teams, { teams: 'pairs' }), 'a').rating).toBeCloseTo(expected, 6);
});

it('holds the anchor where it is told to, and measures intervals from it if asked', () => {
  const anchor = { agent: 'New York', rating: 1000 };
  const field = rated(baseballGames(), { anchor });
  const own = rated(baseballGames(), { anchor, reference: 'anchor' });
  expect(of(field, 'New York').rating).toBeCloseTo(1000, 9);
  expect(of(field, 'New York').low).toBeLessThan(1000);
  expect(of(own, 'New York').low).toBeCloseTo(1000, 9);
  expect(of(own, 'Boston').rating).toBeCloseTo(of(field, 'Boston').rating, 9);
  const width = (one: { low: number | null; high: number | null }): number => (one.high ?? 0) - (one.low ?? 0);
  expect(width(of(own, 'Boston'))).toBeGreaterThan(1.1 * width(of(field, 'Boston')));
});

it('rates agents apart by side', () => {
  const wins = (one: string, other: string, won: number): GameResult[] =>
    Array.from({ length: 20 }, (_, index) => duel(one, other, index < won ? 1 : 0));
  // a is better when it moves first and worse when it moves second.
  const found = rated([...wins('a', 'b', 16), ...wins('b', 'a', 14), ...wins('a', 'a', 18), ...wins('b', 'b', 10)], {
    split: 'side',
  });
  expect(found.ratings).toHaveLength(4);
  expect(of(found, 'a', 'first').rating).toBeGreaterThan(of(found, 'b', 'first').rating + 100);
  expect(of(found, 'a', 'second').rating).toBeLessThan(of(found, 'b', 'second').rating - 50);
  expect(of(found, 'a', 'first').rating + of(found, 'b', 'first').rating).toBeCloseTo(0, 6);
});

it('leaves out forfeits and endings of the loop, and counts them', () => {
  const games = [
    ...times(3, duel('a', 'b', 1), duel('b', 'a', 1)),
    duel('a', 'b', 1, { how: 'forfeit' }),
    duel('a', 'b', 1, { how: 'time', seats: duel('a', 'b', 1).seats.map((seat) => ({ ...seat, score: null })) }),
    duel('a', 'b', 1, { seats: duel('a', 'b', 1).seats.map((seat) => ({ ...seat, invalid: true })) }),
  ];
  expect(rated(games)).toMatchObject({ games: 7, apart: { forfeit: 1, time: 1 } });
  expect(rated(games, { forfeits: true, invalid: false })).toMatchObject({
    games: 7,
    apart: { time: 1, substituted: 1 },
  });
});

it('resamples blocks as wholes', () => {
  const block = (name: string, score: number) => times(10, duel('a', 'b', score, { block: name }));
  const games = [1, 1, 0, 1, 0, 1].flatMap((score, index) => block(`deal ${index}`, score));
  const width = (options: Partial<RateOptions>): number => {
    const { low, high } = of(rated(games, options), 'a');
    return (high ?? 0) - (low ?? 0);
  };
  expect(rated(games).blocks).toBe(6);
  expect(width({})).toBeGreaterThan(2 * width({ resample: 'games' }));
});

it('has no rating of nothing', () => {
  expect(rated([])).toMatchObject({ ratings: [], games: 0, parts: 0, blocks: 0 });
  expect(of(rated([duel('a', 'b', 1)]), 'a')).toMatchObject({ low: null, high: null });
});

/** Free games of four seats whose places follow the odds of their skill. */
function places(rng: Rng, skills: { readonly [agent: string]: number }): string[] {
  const noisy = Object.entries(skills).map(
    ([agent, skill]) => [agent, skill - Math.log(-Math.log(rng.float()))] as const,
  );
  return noisy.sort(([, one], [, other]) => other - one).map(([agent]) => agent);
}

it('puts agents in the order in which openskill puts them', () => {
  const rng = stream(7, 'places');
  const skills = { ann: 0, bob: 0.9, cid: 1.8, dan: 2.7, eve: 3.6 };
  const games = Array.from({ length: 300 }, () => places(rng, skills));
  const found = rated(
    games.map((order) => ({
      block: null,
      how: 'rules',
      seats: order.map((agent, place) => ({ agent, side: null, role: null, score: -place })),
    })),
  );
  const beliefs = new Map(Object.keys(skills).map((agent) => [agent, newRating()]));
  for (const order of games) {
    const teams = rateOpenSkill(order.map((agent) => [beliefs.get(agent) ?? newRating()]));
    for (const [place, agent] of order.entries()) beliefs.set(agent, teams[place]?.[0] ?? newRating());
  }
  const oracle = [...beliefs].sort(([, one], [, other]) => ordinal(other) - ordinal(one)).map(([agent]) => agent);
  expect(found.ratings.map(({ agent }) => agent)).toEqual(oracle);
  expect(oracle).toEqual(['eve', 'dan', 'cid', 'bob', 'ann']);
});
