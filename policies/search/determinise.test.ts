import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import goofspiel from '../../envs/goofspiel/index.js';
import kuhn from '../../envs/kuhn-poker/index.js';
import leduc from '../../envs/leduc-poker/index.js';
import liarsDice from '../../envs/liars-dice/index.js';
import werewolf from '../../envs/werewolf/index.js';
import { readConfig } from '../../src/core/config.js';
import {
  actors,
  type Environment,
  environment,
  isTold,
  type Moves,
  type Outcomes,
  type Turn,
} from '../../src/core/environment.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import { stream } from '../../src/core/rng.js';
import { type ActionSpace, choice } from '../../src/core/space.js';
import { Belief } from './determinise.js';
import { type Situation, situations, some } from './situations.testing.js';

type Posterior = Map<string, number>;

/** Every way a turn can go, with its probability when seats play uniformly. */
function branches(turn: Turn): [Moves, number][] {
  if (turn.kind === 'chance' && 'outcomes' in turn) return turn.outcomes.map(([chance, share]) => [{ chance }, share]);
  let ways: [{ [seat: number]: Json }, number][] = [[{}, 1]];
  for (const seat of actors(turn)) {
    const space = (turn as { spaces: { [seat: number]: ActionSpace } }).spaces[seat];
    const ids = space?.kind === 'choice' ? space.options.map(({ id }) => id) : [];
    ways = ways.flatMap(([seats, share]) =>
      ids.map((id) => [{ ...seats, [seat]: id }, share / ids.length] as [{ [seat: number]: Json }, number]),
    );
  }
  return turn.kind === 'act' ? ways.map(([seats, share]) => [{ seats }, share]) : [];
}

/** For each thing each seat can know at its turns, how likely each state is: the whole game gone through, plainly. */
function posteriors(environment: Environment, config: JsonObject): Map<string, Posterior> {
  const { seats } = environment.spec.facts(config);
  const all = new Map<string, Posterior>();
  type Heard = { readonly events: readonly Json[]; readonly moves: readonly Json[] };
  const go = (state: Json, heard: readonly Heard[], reach: number): void => {
    const turn = environment.turn(state);
    for (const seat of actors(turn)) {
      const key = nameOf(seat, heard[seat] as Heard);
      const posterior = all.get(key) ?? new Map<string, number>();
      const text = JSON.stringify(state);
      all.set(key, posterior.set(text, (posterior.get(text) ?? 0) + reach));
    }
    for (const [moves, share] of branches(turn)) {
      const { state: next, events = [] } = environment.apply(state, moves);
      const after = heard.map((own, seat) => {
        const move = 'seats' in moves ? moves.seats[seat] : undefined;
        const told = events.filter((event) => isTold(event, seat));
        return { events: [...own.events, ...told], moves: move === undefined ? own.moves : [...own.moves, move] };
      });
      go(next, after, reach * share);
    }
  };
  go(
    environment.start(config),
    Array.from({ length: seats }, () => ({ events: [], moves: [] })),
    1,
  );
  return all;
}

function nameOf(
  seat: number,
  { events, moves }: { readonly events: readonly Json[]; readonly moves: readonly Json[] },
): string {
  return JSON.stringify([seat, events, moves]);
}

/** NOTE: probabilities of own moves are the same in every history a seat cannot tell apart, so they cancel out. */
function normalised(posterior: Posterior): Posterior {
  const total = [...posterior.values()].reduce((sum, weight) => sum + weight, 0);
  return new Map([...posterior].map(([state, weight]) => [state, weight / total]));
}

function believed(
  environment: Environment,
  config: JsonObject,
  { seat, known }: Situation,
  most = 512,
  seed = 'belief',
) {
  const belief = new Belief(environment, config, seat, { rng: stream(seed, 'determinise'), most });
  belief.learn(known);
  return belief;
}

/** What was rolled and what seat 1 added in secret is kept as a sum alone; seat 0 hears whether it is even. */
type Heap = { readonly rolls: number; readonly sum: number; readonly added: boolean; readonly over: boolean };
const ROLL: Outcomes = [
  [1, 0.5],
  [2, 0.3],
  [3, 0.2],
];

/** A game whose hidden states differ in likelihood, and can be reached in several ways. */
const heap = environment<Heap, Record<string, never>>({
  spec: {
    id: 'heap',
    version: '1.0.0',
    title: 'Heap',
    summary: 'A game of a test.',
    config: z.strictObject({}),
    rewards: { win: { says: 'nothing', weight: 1, told: 'at once' } },
    events: { heard: { told: 'seat 0', says: 'whether the sum is even' } },
    facts: () => ({
      seats: 2,
      information: 'imperfect',
      chance: 'listed',
      calls: false,
      dynamics: 'sequential',
      utility: { kind: 'zero-sum', min: 0, max: 0 },
      horizon: 4,
    }),
    rules: () => '',
  },
  start: () => ({ rolls: 0, sum: 0, added: false, over: false }),
  turn({ rolls, sum, added, over }) {
    if (over) return { kind: 'over', outcome: 'over', truncated: false };
    if (rolls < 2) return { kind: 'chance', outcomes: ROLL };
    const more = ['0', '1', '2', '3'].slice(0, sum > 3 ? 2 : 4);
    return { kind: 'act', spaces: added ? { 0: choice(['even', 'odd']) } : { 1: choice(more) } };
  },
  apply({ rolls, sum, added, over }, moves) {
    if ('chance' in moves) return { state: { rolls: rolls + 1, sum: sum + (moves.chance as number), added, over } };
    if (added) return { state: { rolls, sum, added, over: true } };
    const next = sum + Number((moves as { seats: { [seat: number]: string } }).seats[1]);
    return {
      state: { rolls, sum: next, added: true, over },
      events: [{ to: [0], kind: 'heard', even: next % 2 === 0 }],
    };
  },
  view: ({ rolls, sum, added }, viewer) => (viewer === 0 && added ? { even: sum % 2 === 0 } : { rolls }),
  say: () => '',
});

const GAMES: [Environment, { [path: string]: Json }][] = [
  [kuhn, {}],
  [kuhn, { players: 3 }],
  [leduc, {}],
  [heap, {}],
  [liarsDice, { faces: 3 }],
  [goofspiel, { cards: 4, order: 'descending', reveal: 'winner' }],
];

describe.each(GAMES)('what a seat of %# must reckon with', (environment, set) => {
  const config = readConfig(environment.spec, { set });
  const reference = posteriors(environment, config);
  const all = situations(environment, config, 60);

  it('is every state it cannot rule out, each as likely as Bayes says', () => {
    for (const situation of all) {
      const belief = believed(environment, config, situation);
      expect(belief.isExact).toBe(true);
      const expected = normalised(reference.get(nameOf(situation.seat, situation.known)) as Posterior);
      expect(belief.states.map(({ state }) => JSON.stringify(state)).sort()).toEqual([...expected.keys()].sort());
      for (const { state, chance } of belief.states)
        expect(chance).toBeCloseTo(expected.get(JSON.stringify(state)) as number, 12);
    }
  });
});

/** Pearson's statistic of draws against probabilities, and the value that chance passes once in a million times. */
function chiSquare(drawn: readonly string[], expected: Posterior): { statistic: number; limit: number } {
  const counts = new Map<string, number>();
  for (const state of drawn) counts.set(state, (counts.get(state) ?? 0) + 1);
  let statistic = [...counts.keys()].some((state) => !expected.has(state)) ? Number.POSITIVE_INFINITY : 0;
  for (const [state, share] of expected) {
    const mean = drawn.length * share;
    statistic += ((counts.get(state) ?? 0) - mean) ** 2 / mean;
  }
  const freedom = expected.size - 1;
  // SEE: E. Wilson, M. Hilferty, "The distribution of chi-square", 1931; 4.7534 is the normal quantile of 1 - 1e-6.
  const spread = 2 / (9 * freedom);
  return { statistic, limit: freedom * (1 - spread + 4.7534 * Math.sqrt(spread)) ** 3 };
}

describe('draws', () => {
  it.each([
    [kuhn, {}],
    [leduc, {}],
    [heap, {}],
  ] as typeof GAMES)('from an exact belief follow the posterior', (environment, set) => {
    const config = readConfig(environment.spec, { set });
    const reference = posteriors(environment, config);
    const rng = stream(1, 'draws');
    for (const situation of some(situations(environment, config, 40), 12, rng)) {
      const belief = believed(environment, config, situation);
      const drawn = Array.from({ length: 2000 }, () => JSON.stringify(belief.draw(rng)));
      const expected = normalised(reference.get(nameOf(situation.seat, situation.known)) as Posterior);
      const { statistic, limit } = chiSquare(drawn, expected);
      expect(statistic).toBeLessThan(limit);
    }
  });

  it.each([
    [liarsDice, { dice: 2, faces: 4 }],
    [goofspiel, { cards: 4, order: 'descending', reveal: 'winner' }],
    [leduc, {}],
    [heap, {}],
  ] as typeof GAMES)('from beliefs of three states follow it on average', (environment, set) => {
    const config = readConfig(environment.spec, { set });
    const rng = stream(2, 'draws');
    const wide = situations(environment, config, 30).filter(
      (situation) => believed(environment, config, situation).states.length > 3,
    );
    expect(wide.length).toBeGreaterThanOrEqual(3);
    for (const situation of some(wide, 3, rng)) {
      const exact = believed(environment, config, situation, 10_000);
      expect(exact.isExact).toBe(true);
      const expected = new Map(exact.states.map(({ state, chance }) => [JSON.stringify(state), chance]));
      const drawn = Array.from({ length: 600 }, (_, seed) => {
        const belief = believed(environment, config, situation, 3, `${seed}`);
        expect(belief.states.length).toBeLessThanOrEqual(3);
        return JSON.stringify(belief.draw(rng));
      });
      const { statistic, limit } = chiSquare(drawn, expected);
      expect(statistic).toBeLessThan(limit);
    }
  });
});

describe('between turns', () => {
  it.each(GAMES)('carrying on gives what starting over gives: game %#', (environment, set) => {
    const config = readConfig(environment.spec, { set });
    let before = '';
    let belief: Belief | null = null;
    for (const situation of situations(environment, config, 20).sort(bySeat)) {
      const { seat, known, at } = situation;
      const episode = `${at.split('/')[0]} ${seat}`;
      if (episode !== before) belief = new Belief(environment, config, seat, { rng: stream(1, 'carried') });
      before = episode;
      belief?.learn(known);
      expect(plain(belief?.states)).toEqual(plain(believed(environment, config, situation).states));
    }
  });

  it('nothing changes when the same turn is asked again', () => {
    const config = readConfig(leduc.spec);
    const [situation] = situations(leduc, config, 1) as [Situation];
    const belief = believed(leduc, config, situation);
    const states = plain(belief.states);
    belief.learn(situation.known);
    expect(plain(belief.states)).toEqual(states);
  });
});

function bySeat(one: Situation, other: Situation): number {
  const [first, second] = [one, other].map(({ at }) => at.split('/').map(Number) as [number, number]);
  const [a, b] = [first as [number, number], second as [number, number]];
  return a[0] - b[0] || one.seat - other.seat || a[1] - b[1];
}

function plain(states: Belief['states'] | undefined): [string, string][] {
  return (states ?? [])
    .map(({ state, chance }) => [JSON.stringify(state), chance.toFixed(12)] as [string, string])
    .sort();
}

describe('in games too large to list', () => {
  it.each([
    ['liars-dice', liarsDice, { dice: 5 }, 6, 12],
    ['werewolf of seven', werewolf, { 'talk.rounds': 0 }, 1, 8],
    ['werewolf that votes at night', werewolf, { 'talk.rounds': 0, kill: 'vote', 'roles.witch': 1 }, 1, 6],
  ] as [string, Environment, { [path: string]: Json }, number, number][])(
    '%s: every state shows the seat what it sees',
    (_, environment, set, episodes, count) => {
      const config = readConfig(environment.spec, { set });
      for (const situation of some(situations(environment, config, episodes), count, stream(3, 'large'))) {
        const belief = believed(environment, config, situation, 64);
        const { seat, known, space } = situation;
        for (const { state } of belief.states) {
          const turn = environment.turn(state);
          expect(turn.kind === 'act' ? turn.spaces[seat] : null).toEqual(space);
          expect(environment.view(state, seat)).toEqual(known.view);
        }
      }
    },
  );
});

it('says so when nothing agrees with what the seat was told', () => {
  const config = readConfig(kuhn.spec);
  const [{ seat, known }] = situations(kuhn, config, 1) as [Situation];
  const belief = new Belief(kuhn, config, seat, { rng: stream(1, 'none') });
  const events = [{ to: [seat], kind: 'dealt', seat, card: 'Z' }];
  expect(() => belief.learn({ ...known, events })).toThrow('no history was found');
});
