import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import type { JsonObject } from '../../src/core/json.js';
import { choice } from '../../src/core/space.js';
import { expectSameTree } from '../../test/same-tree.js';
import { growTree } from '../../test/tree.js';
import { asks, asksAll, draws, OVER, paying, type Scene, telling, written } from '../../test/written-game.js';
import { compile } from './compile.js';
import { continuationsOf } from './continuations.js';
import { CHANCE, type GameTree, TERMINAL } from './game-tree.js';

const catalogue = new Catalogue({ environments: [], agents: [] });

const made = new Map<string, GameTree>();

/** NOTE: each is made once, the largest takes a second or two. */
async function compiled(id: string, set: JsonObject): Promise<GameTree> {
  const key = JSON.stringify([id, set]);
  const environment = await catalogue.environment(id);
  const tree = made.get(key) ?? compile(environment, readConfig(environment.spec, { set }));
  made.set(key, tree);
  return tree;
}

function counts({ actor }: GameTree): { chance: number; decision: number; terminal: number } {
  const found = { chance: 0, decision: 0, terminal: 0 };
  for (const who of actor) found[who === CHANCE ? 'chance' : who === TERMINAL ? 'terminal' : 'decision']++;
  return found;
}

/**
 * SEE: OpenSpiel, api_test.py (Kuhn, Leduc, goofspiel; its counts of goofspiel are of moves made one after another),
 * history_tree_test.cc (Leduc), tabular_best_response_mdp_test.cc (liar's dice), tic_tac_toe.h and
 * get_all_histories_test.cc (tic-tac-toe). Leduc with ranks alone was counted with OpenSpiel itself; three-player Kuhn
 * follows from its rules: 4 * 3 * 2 deals of 12 decisions and 13 endings.
 */
const COUNTED = [
  { id: 'kuhn-poker', set: {}, chance: 4, decision: 24, terminal: 30, states: 12 },
  { id: 'kuhn-poker', set: { players: 3 }, chance: 17, decision: 288, terminal: 312, states: 48 },
  { id: 'leduc-poker', set: {}, chance: 157, decision: 3780, terminal: 5520, states: 936 },
  { id: 'leduc-poker', set: { suits: 'merged' }, chance: 49, decision: 774, terminal: 1116, states: 288 },
  { id: 'liars-dice', set: {}, chance: 7, decision: 147456, terminal: 147420, states: 24576 },
  { id: 'tic-tac-toe', set: {}, chance: 0, decision: 294778, terminal: 255168, states: 294778 },
  {
    id: 'goofspiel',
    set: { cards: 4, order: 'descending', reveal: 'winner' },
    chance: 0,
    decision: 501,
    terminal: 576,
    states: 162,
  },
];

describe('games are counted as others count them', () => {
  it.each(COUNTED)('$id $set', async ({ id, set, states, ...histories }) => {
    const tree = await compiled(id, set);
    expect(counts(tree)).toEqual(histories);
    expect(tree.states.count).toBe(states);
    expect(tree.size).toBe(histories.chance + histories.decision + histories.terminal);
  });

  // SEE: OpenSpiel, tic_tac_toe.h: x wins 131184 games, o 77904, and 46080 are drawn.
  it('tic-tac-toe ends as often for each side as it must', async () => {
    const { returns } = await compiled('tic-tac-toe', {});
    const ends = { 1: 0, [-1]: 0, 0: 0 };
    for (let at = 0; at < returns.length; at += 2) ends[returns[at] as 1 | -1 | 0]++;
    expect(ends).toEqual({ 1: 131184, [-1]: 77904, 0: 46080 });
  });

  // SEE: OpenSpiel, tic_tac_toe.h: 5478 positions. A block takes a number and one more for each of at most 9 branches.
  it('tic-tac-toe goes on in no more ways than it has positions', async () => {
    const { code } = continuationsOf(await compiled('tic-tac-toe', {}));
    expect(code.length).toBeLessThan(5478 * 10);
  });
});

const PLAIN: readonly (readonly [string, JsonObject])[] = [
  ['kuhn-poker', {}],
  ['kuhn-poker', { players: 3 }],
  ['leduc-poker', { suits: 'merged' }],
  ['goofspiel', { cards: 3, order: 'random', reveal: 'winner' }],
  ['goofspiel', { cards: 3, players: 3, order: 'ascending', reveal: 'bids', returns: 'total_points' }],
  ['liars-dice', { faces: 3, seats: 3 }],
  ['werewolf', { roles: { werewolf: 1, seer: 1, doctor: 0, villager: 1 }, 'talk.rounds': 0, maxRounds: 2 }],
];

describe('trees are those of the plain walk', () => {
  it.each(PLAIN)('%s %j', async (id, set) => {
    const environment = await catalogue.environment(id);
    const config = readConfig(environment.spec, { set });
    expectSameTree(compile(environment, config), growTree(environment, config));
  });

  it('breadth first: parents before children, children side by side, states and endings in the order met', async () => {
    const tree = await compiled('leduc-poker', { suits: 'merged' });
    let next = 1;
    let [state, ending] = [0, 0];
    for (let history = 0; history < tree.size; history++) {
      const children = tree.children[history] as number;
      expect(tree.first[history]).toBe(children === 0 ? 0 : next);
      next += children;
      const at = tree.at[history] as number;
      if (tree.actor[history] === TERMINAL) expect(at).toBe(ending++);
      else if (tree.actor[history] === CHANCE) expect(at).toBe(-1);
      else expect(at).toBeLessThanOrEqual(state);
      if (at === state && (tree.actor[history] as number) >= 0) state++;
    }
    expect([next, state, ending]).toEqual([tree.size, tree.states.count, tree.returns.length / tree.seats]);
  });
});

/** The tree of a game written out here, checked against the plain walk. */
function treeOf(seats: number, start: Scene, weight?: number): GameTree {
  const environment = written(seats, start, weight);
  const tree = compile(environment, {});
  expectSameTree(tree, growTree(environment, {}));
  return tree;
}

describe('small games written out', () => {
  it('a game that is over at the start is one ending', () => {
    const tree = treeOf(2, OVER);
    expect([tree.size, tree.actor[0], tree.at[0], tree.states.count]).toEqual([1, TERMINAL, 0, 0]);
    expect([...tree.returns]).toEqual([0, 0]);
    expect(tree.zeroSum).toBe(true);
  });

  it('a decision with one option is a decision, a draw of one outcome a turn of chance', () => {
    const tree = treeOf(1, asks(0, { go: { scene: draws([1, paying(3)]) } }));
    expect([...tree.actor]).toEqual([0, CHANCE, TERMINAL]);
    expect([tree.zeroSum, tree.states.count, tree.returns[0]]).toEqual([false, 1, 3]);
  });

  it('a seat that never acts has its returns and no information state', () => {
    const tree = treeOf(3, asks(1, { a: paying(1, 2, 3), b: paying(0, 0, -3) }));
    expect([...tree.returns]).toEqual([1, 2, 3, 0, 0, -3]);
    expect([...tree.states.seat]).toEqual([1]);
  });

  it('adds up what is paid on the way, at turns of chance too, each part times its weight', () => {
    const late = asks(0, { take: paying(1, 1), leave: { scene: OVER } });
    const start = draws([0.25, { ...paying(10), scene: late }], [0.75, { ...paying(0, 20), scene: late }]);
    const tree = treeOf(2, start, 0.5);
    expect([...tree.returns]).toEqual([5.5, 0.5, 5, 0, 0.5, 10.5, 0, 10]);
    expect([...tree.chance.subarray(0, 3)]).toEqual([1, 0.25, 0.75]);
  });

  it('only returns of two seats that always add up to 0 are zero-sum', () => {
    expect(treeOf(2, asks(0, { a: paying(0.1, -0.1), b: paying(2, -2) })).zeroSum).toBe(true);
    expect(treeOf(2, asks(0, { a: paying(0.1, -0.1), b: paying(2, -1) })).zeroSum).toBe(false);
    expect(treeOf(3, asks(0, { a: paying(1, -1, 0) })).zeroSum).toBe(false);
  });

  it('seats that move at once do not see what those before them picked', () => {
    const bids = choice(['low', 'high']);
    const again = asksAll({ 0: bids, 1: bids, 2: bids }, () => paying(1, 1, 1));
    const tree = treeOf(
      3,
      asksAll({ 0: bids, 2: bids }, () => telling(again)),
    );
    expect(counts(tree)).toEqual({ chance: 0, decision: 3 + 4 * 7, terminal: 32 });
    // NOTE: one state each at first; then seat 1 knows nothing, and the others what they picked themselves.
    expect([...tree.states.seat].sort()).toEqual([0, 0, 0, 1, 2, 2, 2]);
  });

  it('what was told before a move and what after it are told apart', () => {
    const later = (word: string) => telling(asks(0, { x: paying(1), y: paying(2) }), [[0], word]);
    const tree = treeOf(1, draws([0.5, later('red')], [0.5, later('blue')]));
    expect(tree.states.count).toBe(2);
    const secret = treeOf(
      2,
      draws([0.5, later('red')], [0.5, { ...later('blue'), events: later('red').events ?? [] }]),
    );
    expect(secret.states.count).toBe(1);
  });
});

describe('what viewers know', () => {
  const bids = choice(['low', 'high']);
  const last = asks(1, { stop: paying(0, 0) });
  const start = draws(
    [
      0.5,
      telling(
        asksAll({ 0: bids, 1: bids }, (own) => telling(last, ['all', own])),
        [[0], 'red'],
      ),
    ],
    [
      0.5,
      telling(
        asksAll({ 0: bids, 1: bids }, (own) => telling(last, ['all', own])),
        [[0], 'blue'],
      ),
    ],
  );
  const { knowledge, ...bare } = compile(written(2, start), {}, { knowledge: true });

  it('is kept when asked for, for each seat and the public', () => {
    expect(compile(written(2, start), {})).toEqual(bare);
    expect(knowledge).toHaveLength(3);
  });

  it('tells histories apart exactly where the viewer can', () => {
    // NOTE: worked by hand: the root; red, blue; their picks of seat 0; then of seat 1; then seat 1 alone; ends.
    const [first = [], second = [], everybody = []] = (knowledge ?? []).map((numbers) => [...numbers]);
    expect(first.slice(0, 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(second.slice(0, 7)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(everybody.slice(0, 7)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(first.slice(7, 15)).toEqual([7, 7, 8, 8, 9, 9, 10, 10]);
    expect(second.slice(7, 15)).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
    expect(everybody.slice(7, 15)).toEqual([1, 1, 2, 2, 1, 1, 2, 2]);
  });

  it('has one number for each information state at decisions', async () => {
    const leduc = await catalogue.environment('leduc-poker');
    const tree = compile(leduc, readConfig(leduc.spec, { set: { suits: 'merged' } }), { knowledge: true });
    const states = new Map<string, number>();
    for (let history = 0; history < tree.size; history++) {
      const seat = tree.actor[history] as number;
      if (seat < 0) continue;
      const known = `${seat} ${tree.knowledge?.[seat]?.[history]}`;
      expect(states.get(known) ?? tree.at[history]).toBe(tree.at[history]);
      states.set(known, tree.at[history] as number);
    }
    expect(states.size).toBe(288);
  });
});

it('keeps labels of what seats see of themselves, at decisions and at ends', async () => {
  const kuhn = await catalogue.environment('kuhn-poker');
  const labels = (view: unknown, seat: number) => (view as { cards: string }).cards[seat] as string;
  const tree = compile(kuhn, readConfig(kuhn.spec), { labels });
  const named = (numbers: Iterable<number>) => Array.from(numbers, (number) => tree.labels?.names[number]);
  const states = named(tree.labels?.states ?? []);
  expect([...states].sort().join('')).toBe('JJJJKKKKQQQQ');
  const endings = named(tree.labels?.endings ?? []);
  expect(endings).toHaveLength(60);
  for (let end = 0; end < 60; end += 2) expect(endings[end]).not.toBe(endings[end + 1]);
});
