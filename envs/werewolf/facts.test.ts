import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import { isObject, type Json, type JsonObject } from '../../src/core/json.js';
import { stream } from '../../src/core/rng.js';
import { ROLES, config as schema } from './config.js';
import werewolf from './index.js';
import { configured, playOut, randomOutcome, seated, step } from './trial.testing.js';
import type { State } from './types.js';

/** How often a side wins in `games` random games, seeds `<seed>/0` and on from one stream. */
function share(config: JsonObject, outcome: string, games: number, seed: string): number {
  const rng = stream(seed, 'random play');
  let won = 0;
  for (let game = 0; game < games; game++) if (randomOutcome(config, rng) === outcome) won++;
  return won / games;
}

/** How many standard errors an estimate of a probability is from it. */
function errors(estimate: number, probability: number, games: number): number {
  return Math.abs(estimate - probability) / Math.sqrt((probability * (1 - probability)) / games);
}

/**
 * Random play without abstaining: the day's victim is then uniform over the living. Nobody talks, which changes nothing.
 * Derived for the rules of LSPO (arXiv 2502.04686): night first, two wolves propose and decide among all others, the
 * doctor saves anybody alive.
 */
const VILLAGE_WINS = [
  { preset: 'lspo-7', probability: 343117 / 2646000 },
  { preset: 'lspo-4', probability: 1 / 3 },
];

describe('the village wins under random play', () => {
  it.each(VILLAGE_WINS)('$preset: $probability', ({ preset, probability }) => {
    const config = configured({ 'vote.abstain': false, 'talk.rounds': 0 }, preset);
    expect(errors(share(config, 'the village wins', 100_000, preset), probability, 100_000)).toBeLessThan(3);
  });
});

/**
 * Chances of the mafia without special roles, day first, n players and m mafiosi:
 * w(n, m) = (n - m)/n w(n - 2, m) + m/n w(n - 2, m - 1), w(n, 0) = 0, w(n, m) = 1 once m >= n - m.
 * SEE: M. Braverman, O. Etesami, E. Mossel, "Mafia: a theoretical study of players and coalitions in a partial
 * information environment", 2008, for the game; the fractions are worked out from this recursion.
 */
const MAFIA_WINS = [
  { n: 3, m: 1, probability: 2 / 3 },
  { n: 4, m: 1, probability: 3 / 4 },
  { n: 5, m: 1, probability: 8 / 15 },
  { n: 6, m: 1, probability: 5 / 8 },
  { n: 7, m: 1, probability: 16 / 35 },
  { n: 5, m: 2, probability: 13 / 15 },
  { n: 6, m: 2, probability: 11 / 12 },
  { n: 7, m: 2, probability: 27 / 35 },
];

function mafia(n: number, m: number, first: 'day' | 'night'): JsonObject {
  return configured({ 'roles.werewolf': m, 'roles.villager': n - m, first, 'talk.rounds': 0 }, 'mafia');
}

describe('the mafia wins under random play', () => {
  it.each(MAFIA_WINS)('$n players, $m mafia, day first: $probability', ({ n, m, probability }) => {
    const won = share(mafia(n, m, 'day'), 'the werewolves win', 100_000, `${n} ${m}`);
    expect(errors(won, probability, 100_000)).toBeLessThan(3);
  });

  it.each(MAFIA_WINS)('one player more and night first is the same: $n + 1, $m', ({ n, m, probability }) => {
    const won = share(mafia(n + 1, m, 'night'), 'the werewolves win', 100_000, `night ${n + 1} ${m}`);
    expect(errors(won, probability, 100_000)).toBeLessThan(3);
  });

  it.each([
    { n: 3, m: 2 },
    { n: 4, m: 2 },
  ])('$n players, $m mafiosi: won before it begins, so no such game is dealt', ({ n, m }) => {
    expect(schema.safeParse({ roles: { werewolf: m, villager: n - m, seer: 0, doctor: 0 } }).success).toBe(false);
  });
});

it('deals every role to every seat alike', () => {
  const games = 21_000;
  const dealt = ['werewolf', 'seer', 'doctor', 'villager'] as const;
  const counts = dealt.map(() => new Array<number>(7).fill(0));
  const rng = stream('deal', 'roles');
  for (let game = 0; game < games; game++) {
    const episode = new Episode(werewolf, configured({}));
    for (let seat = 0; seat < 7; seat++) step(episode, rng);
    for (const [seat, role] of (episode.state as State).roles.entries()) {
      const row = counts[dealt.indexOf(role as (typeof dealt)[number])] as number[];
      row[seat] = (row[seat] ?? 0) + 1;
    }
  }
  const expected = [2, 1, 1, 3].map((cards) => (games * cards) / 7);
  const chiSquare = counts.flatMap((row, role) => row.map((seen) => square(seen, expected[role] as number)));
  // NOTE: Pearson's statistic with (7 - 1) (4 - 1) = 18 degrees of freedom exceeds 42.31 once in a thousand fair deals.
  expect(chiSquare.reduce((sum, term) => sum + term, 0)).toBeLessThan(42.31);
});

function square(seen: number, expected: number): number {
  return (seen - expected) ** 2 / expected;
}

/** What stands at the table when an event happens: the roles, and who is alive. */
type Table = { readonly roles: readonly string[]; readonly alive: Set<number>; readonly used: Map<number, number> };

function holders({ roles, alive }: Table, role: string): number[] {
  return [...alive].filter((seat) => roles[seat] === role).sort((x, y) => x - y);
}

const everybody = () => 'all' as const;
const itself = (event: Event) => [event.seat as number];
const wolves = (_event: Event, table: Table) => holders(table, 'werewolf');

/** Who must be told of each kind of event, from the rules alone. */
const TOLD: { readonly [kind: string]: (event: Event, table: Table) => 'all' | number[] } = {
  role: itself,
  mates: wolves,
  phase: everybody,
  proposed: wolves,
  chose: (event, table) => (event.act === 'kill' ? wolves(event, table) : itself(event)),
  saw: itself,
  victim: (_event, table) => holders(table, 'witch').filter((seat) => (table.used.get(seat) ?? 0) < 2),
  potion: itself,
  dawn: everybody,
  shot: everybody,
  bids: everybody,
  said: everybody,
  predicted: itself,
  votes: everybody,
  out: everybody,
  over: everybody,
};

const ALL_ROLES = { werewolf: 2, seer: 1, doctor: 1, villager: 1, hunter: 2, witch: 2, bodyguard: 1 };
const TABLES: readonly { readonly [path: string]: Json }[] = [
  {},
  { roles: ALL_ROLES, kill: 'vote', predict: true, 'reveal.night': 'role', 'talk.order': 'random' },
  { roles: ALL_ROLES, kill: 'random', first: 'day', 'talk.order': 'bidding', 'talk.turns': 2, ending: 'extinction' },
  { roles: { ...ALL_ROLES, werewolf: 3 }, 'vote.mode': 'in turn', 'vote.tie': 'nobody', 'talk.order': 'rotating' },
];

function follow(table: Table, event: Event): void {
  const gone = (seat: Json | undefined) => table.alive.delete(seat as number);
  if (event.kind === 'dawn') (event.killed as readonly number[]).forEach(gone);
  if (event.kind === 'out' || event.kind === 'shot') gone(event.target);
  if (event.kind === 'potion' && event.act !== 'nothing') {
    table.used.set(event.seat as number, (table.used.get(event.seat as number) ?? 0) + 1);
  }
}

describe('who is told', () => {
  const seen = new Set<string>();

  it.each(TABLES.map((set, index) => ({ index, set })))(
    'every event of table $index reaches those it must',
    ({ set }) => {
      for (let game = 0; game < 200; game++) {
        const episode = playOut(new Episode(werewolf, configured(set)), stream('told', String(game)));
        const { roles } = episode.state as State;
        const table: Table = { roles, alive: new Set(roles.keys()), used: new Map() };
        for (const event of episode.log) {
          seen.add(event.kind);
          expect(event.to, `${event.kind} in game ${game}`).toEqual(TOLD[event.kind]?.(event, table));
          follow(table, event);
        }
      }
    },
  );

  it('leaves out no kind', () => {
    expect(Object.keys(TOLD).sort()).toEqual(Object.keys(werewolf.spec.events).sort());
    expect([...seen].sort()).toEqual(Object.keys(TOLD).sort());
  });
});

it('the same events and own moves give the same view, whoever did what in secret', () => {
  const roles = { werewolf: 2, seer: 1, doctor: 0, villager: 0, hunter: 1, witch: 1 };
  const twins = { roles, first: 'day', 'vote.tie': 'nobody', 'talk.rounds': 0 };
  const known = new Map<string, { readonly view: string; readonly state: string }>();
  let different = 0;
  for (let game = 0; game < 500; game++) {
    playOut(new Episode(werewolf, configured(twins)), stream('twins', String(game)), (episode) => {
      for (let seat = 0; seat < episode.facts.seats; seat++) {
        const { events, moves } = episode.heard(seat);
        const key = JSON.stringify([seat, events, moves]);
        const view = JSON.stringify([werewolf.view(episode.state, seat), episode.told(seat)]);
        const state = JSON.stringify(episode.state);
        const before = known.get(key) ?? { view, state };
        expect(view).toBe(before.view);
        if (before.state !== state) different++;
        known.set(key, before);
      }
    });
  }
  expect(different).toBeGreaterThan(1000);
});

it('spectators are shown no role before the end, and everything is open after it', () => {
  playOut(seated(['werewolf', 'seer', 'doctor', 'villager', 'witch']), stream('public', 'game'), (episode) => {
    const view = werewolf.view(episode.state, 'public') as JsonObject;
    const over = episode.turn.kind === 'over';
    expect((view.roles as Json[]).every((role) => (role !== null) === over)).toBe(true);
    expect(
      (view.rounds as JsonObject[]).every(({ targets }) => isObject(targets) && Object.keys(targets).length === 0),
    ).toBe(true);
    expect((werewolf.view(episode.state, 'all') as JsonObject).roles).toEqual((episode.state as State).roles);
  });
});

it('knows all roles', () => {
  expect(Object.keys(ALL_ROLES).sort()).toEqual([...ROLES].sort());
});
