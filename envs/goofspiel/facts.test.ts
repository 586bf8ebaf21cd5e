import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/core/config.js';
import { type Event, isTold, type Moves, type Script } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import { type Rng, stream } from '../../src/core/rng.js';
import { type ActionSpace, type Move, sample } from '../../src/core/space.js';
import { bestResponse, expectedReturns, oneSeat, type Strategy, uniform } from '../../test/best-response.js';
import { survey } from '../../test/survey.js';
import { growTree, type Node, walk } from '../../test/tree.js';
import goofspiel from './index.js';
import type { View } from './rounds.js';

function configured(set: JsonObject): JsonObject {
  return readConfig(goofspiel.spec, { set });
}

/** An episode after these prizes (none in a fixed order) and the bids of all seats for each. */
function played(set: JsonObject, rounds: readonly { prize?: number; bids: readonly number[] }[]): Episode {
  const episode = new Episode(goofspiel, configured(set));
  for (const { prize, bids } of rounds) {
    if (prize !== undefined) episode.apply({ chance: prize });
    episode.apply({ seats: Object.fromEntries(bids.map((card, seat) => [seat, `bid ${card}`])) });
  }
  return episode;
}

function count(node: Node): { decision: number; terminal: number } {
  if (node.kind === 'terminal') return { decision: 0, terminal: 1 };
  const below = node.children.map(count);
  const sum = (kind: 'decision' | 'terminal') => below.reduce((total, counts) => total + counts[kind], 0);
  return { decision: sum('decision') + (node.kind === 'decision' ? 1 : 0), terminal: sum('terminal') };
}

/** Bids the value of the prize, whatever happens. */
const matching: Strategy = ({ options, view }) => {
  const { prize } = view as View;
  return options.map((id) => (id === `bid ${prize}` ? 1 : 0));
};

describe('goofspiel: facts from outside', () => {
  // SEE: OpenSpiel, api_test.py, "iigoofspiel4": imperfect information, 4 cards, descending, made turn-based.
  it('has 0 chance, 501 decision and 576 terminal histories and 162 information states with 4 cards', () => {
    const config = readConfig(goofspiel.spec, { preset: 'small' });
    const tree = growTree(goofspiel, config);
    expect(count(tree.root)).toEqual({ decision: 501, terminal: 576 });
    expect(tree.states).toHaveLength(162);
    expect(survey(goofspiel, config).histories.chance).toBe(0);
  });

  // SEE: S. M. Ross, "Goofspiel: the game of pure strategy", J. Appl. Prob. 8, 1971: against uniformly random bids no
  // reply gains more points than bidding the value of each prize.
  it.each(['random', 'descending'])('is answered best by matching when the other bids at random, %s order', (order) => {
    const tree = growTree(goofspiel, configured({ cards: 4, order, returns: 'point_difference' }));
    const best = bestResponse(tree, uniform, 0);
    expect(best).toBeGreaterThan(1);
    expect(expectedReturns(tree, oneSeat(matching, 0))[0]).toBeCloseTo(best, 12);
  });

  // SEE: OpenSpiel, goofspiel.cc: the default is 13 cards, 2 players, random order, bids shown, win or loss.
  it('has the usual game as its default', () => {
    expect(configured({})).toEqual({ cards: 13, players: 2, order: 'random', reveal: 'bids', returns: 'win_loss' });
  });
});

describe('goofspiel: scoring', () => {
  // NOTE: worked by hand. Prizes 2, 3, 1; bids 1-2, 3-3, 2-1: seat 1 wins the 2, the 3 is lost, seat 0 wins the 1.
  const rounds = [
    { prize: 2, bids: [1, 2] },
    { prize: 3, bids: [3, 3] },
  ];

  it.each([
    ['win_loss', [-1, 1]],
    ['point_difference', [-1, 1]],
    ['total_points', [1, 2]],
  ])('%s pays %j', (returns, paid) => {
    const episode = played({ cards: 3, returns }, rounds);
    expect(episode.turn).toEqual({ kind: 'over', outcome: 'player_1 wins', truncated: false });
    expect(episode.returns()).toEqual(paid);
  });

  it('plays the last round by itself', () => {
    const { log } = played({ cards: 3 }, rounds);
    expect(log.slice(-4)).toEqual([
      { to: 'all', kind: 'prize', card: 1 },
      { to: 'all', kind: 'bids', bids: [2, 1] },
      { to: 'all', kind: 'awarded', prize: 1, seat: 0 },
      { to: 'all', kind: 'ended', points: [1, 2] },
    ]);
  });

  it('gives a prize to nobody when the highest of three bids is tied', () => {
    const { log } = played({ cards: 3, players: 3, order: 'ascending' }, [{ bids: [3, 1, 3] }]);
    expect(log.at(-1)).toEqual({ to: 'all', kind: 'awarded', prize: 1, seat: null });
  });

  it('is a draw when the most points are shared', () => {
    const episode = played({ cards: 3, order: 'ascending' }, [{ bids: [1, 1] }, { bids: [2, 2] }]);
    expect(episode.turn).toEqual({ kind: 'over', outcome: 'draw', truncated: false });
    expect(episode.returns()).toEqual([0, 0]);
  });
});

const SMALL: readonly JsonObject[] = [
  { cards: 2, players: 2 },
  { cards: 3, players: 2 },
  { cards: 4, players: 2, order: 'ascending' },
  { cards: 2, players: 3 },
  { cards: 3, players: 3, order: 'descending' },
  { cards: 2, players: 4 },
  { cards: 3, players: 4, order: 'ascending' },
];
const RETURNS = ['win_loss', 'point_difference', 'total_points'];
const CASES = SMALL.flatMap((size) => RETURNS.map((returns) => ({ ...size, returns })));

describe('goofspiel: what the spec declares', () => {
  it.each(CASES)('%o keeps to its bounds and reaches them', (set) => {
    const config = configured(set);
    const { horizon, utility } = goofspiel.spec.facts(config);
    const all = survey(goofspiel, config);
    expect(all.longest).toBe(horizon);
    expect(all.returns).toMatchObject({ min: utility.min, max: utility.max });
    if (utility.kind === 'zero-sum') expect(all.returns.imbalance).toBe(0);
    else expect(all.returns.imbalance).toBeGreaterThan(0);
  });

  it.each(SMALL)('%o hides something exactly when it says so', (size) => {
    for (const reveal of ['bids', 'winner']) {
      const config = configured({ ...size, reveal });
      const known = new Map<string, Set<string>>();
      walk(goofspiel, config, ({ state }) => {
        for (let seat = 0; seat < Number(config.players); seat++) {
          const key = goofspiel.key?.(goofspiel.view(state, seat)) ?? '';
          known.set(key, (known.get(key) ?? new Set()).add(JSON.stringify(goofspiel.view(state, 'all'))));
        }
      });
      const hides = [...known.values()].some((states) => states.size > 1);
      expect(hides).toBe(goofspiel.spec.facts(config).information === 'imperfect');
    }
  });

  it.each(['bids', 'winner'])('names information states as events and own moves do, with %s shown', (reveal) => {
    const config = configured({ cards: 3, reveal });
    const pairs = new Map<string, string>();
    const follow = (episode: Episode, path: readonly Json[]): void => {
      for (const seat of [0, 1]) {
        const heard = JSON.stringify([seat, episode.heard(seat)]);
        const key = goofspiel.key?.(goofspiel.view(episode.state, seat)) ?? '';
        expect(pairs.get(heard) ?? key).toBe(key);
        pairs.set(heard, key);
      }
      for (const step of branches(episode)) follow(replay(config, [...path, step]), [...path, step]);
    };
    follow(replay(config, []), []);
    expect(new Set(pairs.values()).size).toBe(pairs.size);
  });
});

function replay(config: JsonObject, path: readonly Json[]): Episode {
  const episode = new Episode(goofspiel, config);
  for (const step of path) episode.apply(step as Parameters<Episode['apply']>[0]);
  return episode;
}

function branches({ turn }: Episode): Json[] {
  if (turn.kind === 'chance' && 'outcomes' in turn) return turn.outcomes.map(([chance]) => ({ chance }));
  if (turn.kind !== 'act') return [];
  const [first, second] = Object.values(turn.spaces).map((space) =>
    space.kind === 'choice' ? space.options.map(({ id }) => id) : [],
  );
  return (first ?? []).flatMap((own) => (second ?? []).map((other) => ({ seats: { 0: own, 1: other } })));
}

describe('goofspiel: who is told what', () => {
  it.each([
    ['bids', { prize: ['all'], bids: ['all'], awarded: ['all'], ended: ['all'] }],
    ['winner', { prize: ['all'], bid: ['its seat'], awarded: ['all'], ended: ['all'] }],
  ])('with %s shown', (reveal, told) => {
    expect(survey(goofspiel, configured({ cards: 3, reveal })).addressees).toEqual(told);
    for (const kind of Object.keys(told)) expect(Object.keys(goofspiel.spec.events)).toContain(kind);
  });

  it('keeps secret bids out of what the others and the public see', () => {
    const { state, log } = played({ cards: 3, order: 'descending', reveal: 'winner' }, [{ bids: [1, 2] }]);
    const seen = (viewer: number | 'public') => goofspiel.view(state, viewer) as unknown as View;
    expect(seen(0).rounds[0]?.bids).toEqual([1, null]);
    expect(seen(1).hands).toEqual([null, [1, 3]]);
    expect(seen('public').rounds[0]?.bids).toEqual([null, null]);
    const heard = (event: Event) => event.kind === 'bid' && isTold(event, 1);
    expect(log.filter(heard)).toEqual([{ to: [1], kind: 'bid', seat: 1, card: 2 }]);
  });
});

describe('goofspiel: words and vector', () => {
  const episode = played({ cards: 3, order: 'descending', reveal: 'winner' }, [{ bids: [1, 2] }]);

  it('says what happened and shows what is known', () => {
    expect(episode.heard(0).events.map((event) => goofspiel.say(event, 0))).toEqual([
      'You bid 1.',
      'player_1 wins the prize 3.',
    ]);
    expect(goofspiel.show?.(goofspiel.view(episode.state, 0))).toBe(
      'Prize now: 2\nYour hand: 2 3\nPoints: player_0 0, player_1 3',
    );
  });

  it('encodes the view, own seat first', () => {
    const form = goofspiel.vector?.(episode.config);
    const vector = [...(form?.encode(goofspiel.view(episode.state, 1)) ?? [])];
    const now = [1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0.5, 0];
    const past = [0, 0, 1, 0, 1, 0, 1, 0];
    expect(vector).toEqual([...now, ...past, ...new Array<number>(16).fill(0)]);
    expect(form?.length).toBe(vector.length);
    expect(form?.actions).toEqual(['bid 1', 'bid 2', 'bid 3']);
  });
});

describe('goofspiel: scripted players', () => {
  /** Wins of a style in seat 0 against another, or against random bids, in 200 games of 13 cards. */
  function wins(style: string, other: string | null): number {
    const config = configured({});
    const rng = stream(9, `${style} ${other}`);
    const seats = [style, other].map((name, seat) =>
      name === null ? null : goofspiel.scripted?.seat({ config, seat, style: name, rng }),
    );
    let won = 0;
    for (let game = 0; game < 200; game++) {
      const episode = new Episode(goofspiel, config);
      while (episode.turn.kind !== 'over') episode.apply(next(episode, seats, rng));
      if (episode.returns()[0] === 1) won++;
    }
    return won;
  }

  function next(episode: Episode, seats: readonly (Script | null | undefined)[], rng: Rng): Moves {
    const { turn, state } = episode;
    if (turn.kind === 'chance' && 'outcomes' in turn) return { chance: rng.weighted(turn.outcomes) };
    const spaces = turn.kind === 'act' ? turn.spaces : {};
    const moves: { [seat: number]: Move } = {};
    for (const [seat, script] of seats.entries()) {
      const space = spaces[seat] as ActionSpace;
      const { events } = episode.heard(seat);
      moves[seat] = script?.({ space, view: goofspiel.view(state, seat), events, rng }).move ?? sample({}, space, rng);
    }
    return { seats: moves };
  }

  it('match beats random bids nine times in ten, above beats match nearly always', () => {
    expect(wins('match', null)).toBeGreaterThan(180);
    expect(wins('above', 'match')).toBeGreaterThan(190);
    expect(wins('match', 'match')).toBeLessThan(120);
  });
});
