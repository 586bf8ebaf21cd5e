import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/core/config.js';
import type { Event } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import { stream } from '../../src/core/rng.js';
import { check, sample } from '../../src/core/space.js';
import negotiation from './index.js';
import { splits } from './scripted.js';
import { type Amounts, deals, together, valuations, worthOf } from './values.js';

type Set = { readonly [field: string]: Json };
const configOf = (set: Set = {}): JsonObject => readConfig(negotiation.spec, { set });
const ITEMS = { books: 3, hats: 2, balls: 1 };

/** Without talk, at values 1, 3, 1 for player_0 and 2, 1, 2 for player_1 (books, hats, balls). */
function played(acts: readonly Json[], set: Set = {}): Episode {
  const episode = new Episode(negotiation, configOf({ talk: false, discount: 1, ...set }));
  episode.apply({ chance: [1, 3, 1] });
  episode.apply({ chance: [2, 1, 2] });
  for (const [at, act] of acts.entries()) episode.apply({ seats: { [at % 2]: act } });
  return episode;
}

const offer = (books: number, hats: number, balls: number): Json => ({ act: 'offer', take: { books, hats, balls } });
const accept: Json = { act: 'accept' };
const leave: Json = { act: 'walk away' };
const outcomeOf = ({ turn }: Episode) => (turn.kind === 'over' ? turn.outcome : null);

// SEE: Lewis et al., "Deal or No Deal?" (arXiv 1706.05125), section 2: both values sum to 10, every kind of item is worth
// something to one of the two, one kind to both. The counts are the ways to write the total as a sum, by hand.
describe('values', () => {
  const counts: readonly [items: { readonly [item: string]: number }, total: number, lists: number][] = [
    [ITEMS, 10, 14],
    [{ books: 4, hats: 1, balls: 1 }, 10, 21],
    [{ books: 2, hats: 2, balls: 2 }, 10, 21],
    [{ books: 1, hats: 1, balls: 1 }, 10, 66],
    [{ books: 1, hats: 1 }, 10, 11],
    [{ books: 5 }, 10, 1],
    [{ books: 3 }, 10, 0],
  ];

  it.each(counts)('of %j with total %i: %i lists', (items, total, lists) => {
    const all = valuations({ items, total, most: 10 });
    expect(all.length).toBe(lists);
    for (const values of all) expect(worthOf(values, Object.values(items))).toBe(total);
  });

  it('are dealt so that every kind is worth something to one seat, and one kind to both', () => {
    const worth = { items: ITEMS, total: 10, most: 10 };
    let pairs = 0;
    for (const [first, chance] of deals(worth, [])) {
      const seconds = deals(worth, [first as Amounts]);
      expect(seconds.reduce((sum, [, probability]) => sum + probability, 0)).toBeCloseTo(1, 12);
      expect(chance).toBeGreaterThan(0);
      for (const [second] of seconds) {
        pairs++;
        const [a, b] = [first as Amounts, second as Amounts];
        expect(a.every((value, at) => value > 0 || (b[at] as number) > 0)).toBe(true);
        expect(a.some((value, at) => value > 0 && (b[at] as number) > 0)).toBe(true);
      }
    }
    const all = valuations(worth);
    expect(pairs).toBe(all.flatMap((a) => all.filter((b) => together(a, b))).length);
  });

  it('that cannot be dealt are refused with the configuration', () => {
    expect(() => configOf({ items: { books: 3 } })).toThrow(/add up to 10/);
    expect(() => configOf({ most: 1 })).toThrow(/0 to 1/);
    expect(() => configOf({ items: { a: 1, b: 1, c: 1, d: 1, e: 1 } })).toThrow(/one to four/);
  });
});

describe('an acceptance', () => {
  it('gives exactly what the offer leaves, whatever was offered', () => {
    for (const [books, hats, balls] of splits(ITEMS) as [number, number, number][]) {
      const end = played([offer(books, hats, balls), accept]);
      expect(end.log.at(-1)).toMatchObject({
        kind: 'agreed',
        seat: 1,
        take: { books: 3 - books, hats: 2 - hats, balls: 1 - balls },
        leave: { books, hats, balls },
      });
      const [own, other] = end.returns() as [number, number];
      expect(own).toBeCloseTo((books + 3 * hats + balls) / 10, 12);
      expect(other).toBeCloseTo((2 * (3 - books) + (2 - hats) + 2 * (1 - balls)) / 10, 12);
    }
  });

  // What is left after n offers is discount ** (n - 1): the first offer, taken at once, is paid in full.
  const discounts: readonly [discount: number, offers: number, left: number][] = [
    [1, 4, 1],
    [0.9, 1, 1],
    [0.9, 2, 0.9],
    [0.9, 3, 0.81],
    [0.9, 4, 0.729],
    [0.5, 2, 0.5],
    [0.5, 6, 0.03125],
  ];

  it.each(discounts)('at discount %d after %i offers is paid at %d', (discount, offers, left) => {
    const acts = Array.from({ length: offers }, () => offer(0, 2, 0));
    const [first, second] = played([...acts, accept], { discount }).returns() as [number, number];
    const took = offers % 2 === 1;
    expect(first).toBeCloseTo((took ? 0.6 : 0.4) * left, 12);
    expect(second).toBeCloseTo((took ? 0.8 : 0.2) * left, 12);
  });
});

describe('endings', () => {
  const endings: readonly [what: string, acts: readonly Json[], set: Set, outcome: string | null, returns: number[]][] =
    [
      ['walking away at once', [leave], {}, 'player_0 walked away', [0, 0]],
      ['walking away from an offer', [offer(0, 0, 0), leave], { outside: 0.3 }, 'player_1 walked away', [0.3, 0.3]],
      ['time running out', [offer(3, 2, 1), offer(3, 2, 1)], { rounds: 1 }, 'no deal in time', [0, 0]],
      [
        'time running out with an alternative',
        [offer(3, 2, 1), offer(3, 2, 1)],
        { rounds: 1, outside: 0.4 },
        'no deal in time',
        [0.4, 0.4],
      ],
      ['the last turn accepting', [offer(3, 2, 1), accept], { rounds: 1 }, 'deal', [1, 0]],
      ['an offer that may be answered', [offer(3, 2, 1)], { rounds: 1 }, null, [0, 0]],
      [
        'the outside option keeping its worth',
        [offer(1, 1, 1), offer(1, 1, 1), leave],
        { outside: 0.2, discount: 0.5 },
        'player_0 walked away',
        [0.2, 0.2],
      ],
    ];

  it.each(endings)('%s', (_, acts, set, outcome, returns) => {
    const end = played(acts, set);
    expect(outcomeOf(end)).toBe(outcome);
    expect(end.returns()).toEqual(returns);
  });

  it('come after as many steps as the horizon says at most', () => {
    for (const talk of [true, false]) {
      const episode = new Episode(negotiation, configOf({ rounds: 2, talk }));
      episode.apply({ chance: [1, 3, 1] });
      episode.apply({ chance: [2, 1, 2] });
      for (let { turn } = episode; turn.kind === 'act'; turn = episode.turn) {
        const seat = Object.keys(turn.spaces)[0] as string;
        const speaks = turn.spaces[Number(seat)]?.kind === 'text';
        episode.apply({ seats: { [seat]: speaks ? 'Hello.' : offer(1, 1, 1) } });
      }
      expect(outcomeOf(episode)).toBe('no deal in time');
      expect(episode.steps).toBe(episode.facts.horizon);
    }
  });
});

describe('the form', () => {
  const forms: readonly [what: string, standing: boolean, move: Json, reason: RegExp | null][] = [
    ['an offer', false, offer(3, 2, 1), null],
    ['an offer that leaves items out', false, { act: 'offer', take: { hats: 1 } }, null],
    ['an acceptance of an offer', true, accept, null],
    ['walking away', false, leave, null],
    ['an acceptance without an offer', false, accept, /no offer on the table/],
    ['more than there is', false, offer(4, 0, 0), /you would take 4 books, but there are 3/],
    [
      'an item that is not there',
      false,
      { act: 'offer', take: { pens: 1 } },
      /there are no pens here; .*books, hats, balls/,
    ],
    ['an item named as something built in', false, { act: 'offer', take: { constructor: 0 } }, /no constructor/],
    ['less than nothing', false, offer(-1, 0, 0), /take.books/],
    ['half an item', false, offer(0.5, 0, 0), /take.books/],
    ['another act', false, { act: 'threaten' }, /act/],
    ['an offer without its items', false, { act: 'offer' }, /take/],
    ['a field too many', true, { act: 'accept', take: {} }, /take/],
  ];

  it.each(forms)('%s', (_, standing, move, reason) => {
    const space = { kind: 'form', form: 'act', limits: { items: ITEMS, accept: standing } } as const;
    const read = check(negotiation.spec, space, move);
    expect(read.ok ? null : read.reason).toEqual(reason === null ? null : expect.stringMatching(reason));
  });

  it('takes only what is on the table: an own offer cannot be accepted', () => {
    const episode = played([offer(1, 1, 1)]);
    expect(() => episode.apply({ seats: { 0: accept } })).toThrow();
    episode.apply({ seats: { 1: offer(2, 0, 0) } });
    episode.apply({ seats: { 0: accept } });
    expect(episode.log.at(-1)).toMatchObject({ take: { books: 1, hats: 2, balls: 1 }, leave: { books: 2 } });
  });
});

describe('who is told', () => {
  const told: { readonly [kind: string]: (event: Event) => Event['to'] } = {
    dealt: ({ seat }) => [seat as number],
    said: () => 'all',
    offered: () => 'all',
    agreed: () => 'all',
    'walked away': () => 'all',
    'out of time': () => 'all',
  };

  it('each kind of event as the table says', () => {
    expect(Object.keys(negotiation.spec.events)).toEqual(Object.keys(told));
    const met = new Set<string>();
    for (let game = 0; game < 60; game++) {
      for (const event of randomGame(game, { rounds: 2 }).log) {
        met.add(event.kind);
        expect(event.to).toEqual(told[event.kind]?.(event));
      }
    }
    expect([...met].sort()).toEqual(Object.keys(told).sort());
  });

  it('nothing that depends on the values of the other seat', () => {
    const view = (second: Amounts) => {
      const episode = new Episode(negotiation, configOf());
      episode.apply({ chance: [1, 3, 1] });
      episode.apply({ chance: second });
      episode.apply({ seats: { 0: 'Hello.' } });
      episode.apply({ seats: { 0: offer(1, 1, 1) } });
      return JSON.stringify([negotiation.view(episode.state, 0), episode.heard(0), episode.told(0)]);
    };
    expect(view([2, 1, 2])).toBe(view([0, 5, 0]));
    const public_ = negotiation.view(played([]).state, 'public');
    expect(public_).toMatchObject({ you: null, values: [null, null] });
  });
});

/** A game of random moves. */
function randomGame(seed: number, set: Set): Episode {
  const episode = new Episode(negotiation, configOf(set));
  const rng = stream(seed, 'game');
  for (let { turn } = episode; turn.kind !== 'over'; turn = episode.turn) {
    if (turn.kind === 'chance' && 'outcomes' in turn) episode.apply({ chance: rng.weighted(turn.outcomes) });
    if (turn.kind !== 'act') continue;
    const moves = Object.entries(turn.spaces).map(([seat, space]) => [seat, sample(negotiation.spec, space, rng)]);
    episode.apply({ seats: Object.fromEntries(moves) });
  }
  return episode;
}
