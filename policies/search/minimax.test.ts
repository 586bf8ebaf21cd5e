import { describe, expect, it } from 'vitest';
import connectFour from '../../envs/connect-four/index.js';
import ticTacToe from '../../envs/tic-tac-toe/index.js';
import { worth } from '../../envs/tic-tac-toe/scripted.js';
import { actors, type Environment, type Seat } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import type { Json } from '../../src/core/json.js';
import { type Rng, stream } from '../../src/core/rng.js';
import { Minimax, type MinimaxResult } from './minimax.js';
import { atMost, choiceOf } from './rules.js';
import { situations } from './situations.testing.js';
import { config, pays, type Tiny, tiny } from './tiny.testing.js';

function searcher(
  environment: Environment,
  options: { readonly rollouts?: number; readonly depth?: number } = {},
): Minimax {
  return new Minimax(environment, config, { ...options, rng: stream(1, 'minimax') });
}

function solved(environment: Environment, state: Json, seat: Seat, nodes = 1_000_000): MinimaxResult {
  return searcher(environment).search(state, seat, atMost(nodes), [-1, 1]);
}

/** The seat asked in a state and its options; null at the end. */
function asked(environment: Environment, state: Json): { seat: Seat; ids: string[] } | null {
  const turn = environment.turn(state);
  if (turn.kind !== 'act') return null;
  const [seat] = actors(turn) as [Seat];
  return { seat, ids: choiceOf(turn, seat).options.map(({ id }) => id) };
}

function played(environment: Environment, state: Json, seat: Seat, id: string): Json {
  return environment.apply(state, { seats: { [seat]: id } }).state;
}

describe('tic-tac-toe', () => {
  it('is a draw', () => {
    const { value, exact } = solved(ticTacToe, ticTacToe.start(config), 0);
    expect({ value, exact }).toEqual({ value: 0, exact: true });
  });

  it('has its exact value on every board that can be reached', () => {
    const search = searcher(ticTacToe);
    const seen = new Set<string>();
    const visit = (state: Json): void => {
      const { board } = state as { board: string };
      const turn = asked(ticTacToe, state);
      if (turn === null || seen.has(board)) return;
      seen.add(board);
      const { value, exact } = search.search(state, turn.seat, atMost(1_000_000));
      expect([board, value, exact]).toEqual([board, worth(board) + 0, true]);
      for (const id of turn.ids) visit(played(ticTacToe, state, turn.seat, id));
    };
    visit(ticTacToe.start(config));
    expect(seen.size).toBe(4520);
  });

  it('has it too where positions beyond the depth are rated by chance', () => {
    for (const { state, seat } of situations(ticTacToe, config, 60)) {
      const { board } = state as { board: string };
      const { value, exact } = searcher(ticTacToe, { rollouts: 1 }).search(state, seat, atMost(1_000_000), [-1, 1]);
      expect([board, value, exact]).toEqual([board, worth(board) + 0, true]);
    }
  });

  it.each([
    ['first', 0],
    ['second', 1],
  ] as [string, Seat][])('is never lost by who moves %s, whatever is replied', (_, own) => {
    const search = searcher(ticTacToe, { rollouts: 4 });
    const outcomes = new Set<string>();
    const visit = (state: Json): void => {
      const turn = asked(ticTacToe, state);
      const over = ticTacToe.turn(state);
      if (over.kind === 'over') outcomes.add(over.outcome);
      if (turn === null) return;
      // NOTE: the budget of the agent as it comes.
      const ids = turn.seat === own ? [search.search(state, own, atMost(50_000), [-1, 1]).move] : turn.ids;
      for (const id of ids) visit(played(ticTacToe, state, turn.seat, id));
    };
    visit(ticTacToe.start(config));
    expect([...outcomes].sort()).toEqual(own === 0 ? ['draw', 'x wins'] : ['draw', 'o wins']);
  });
});

/** A position by the columns played, from 1 on the left. */
function position(columns: string): { state: Json; seat: Seat } {
  const episode = new Episode(connectFour, config);
  for (const column of columns) {
    const { seat, ids } = asked(connectFour, episode.state) as { seat: Seat; ids: string[] };
    episode.apply({ seats: { [seat]: ids.find((id) => id.endsWith(column)) as string } });
  }
  return { state: episode.state, seat: columns.length % 2 };
}

// SEE: P. Pons, "Solving Connect 4: how to build a perfect AI" (blog.gamesolver.org): the two positions of part 2, then
// the first of the test set Test_L3_R1. Its scores count stones; here only who wins.
const POSITIONS: [string, number][] = [
  ['4455', 1],
  ['44455554221', -1],
  ['2252576253462244111563365343671351441', -1],
  ['7422341735647741166133573473242566', 1],
  ['23163416124767223154467471272416755633', 0],
  ['71255763773133525731261364622167124446454', 0],
  ['65214673556155731566316327373221417', -1],
  ['52677675164321472411331752454', 0],
  ['3135151421347443544172316522225776773566', 0],
  ['562154564361751726662253737734213275114', 0],
  ['233377345754465174223731671122611552', 1],
  ['6763525635134453444361412671365712', -1],
  ['211376455663355325112113664364524722', 0],
  ['3146762114467714356347741621375222', -1],
  ['67152117737262713366376314254', 1],
  ['2762751722231276466633475674533', 1],
  ['3642756176227637211322113551637574556', 1],
  ['22647455554314246733661634615122372377511', 0],
  ['427566236745127177115664464254', 1],
];

describe('connect-four', () => {
  it.each(POSITIONS)('%s is worth %d', (columns, score) => {
    const { state, seat } = position(columns);
    const { value, exact } = solved(connectFour, state, seat, 100_000);
    expect({ value, exact }).toEqual({ value: score, exact: true });
  });

  it('4455 is won by either open side', () => {
    const { state, seat } = position('4455');
    const { move, depth } = solved(connectFour, state, seat, 100_000);
    expect(move).toMatch(/[36]$/);
    expect(depth).toBe(3);
  });
});

/** A random game of two seats: some nodes of chance, some that pay on the way, the same seat twice in a row. */
function randomGame(rng: Rng, depth: number): Tiny {
  const amount = (rng.below(9) - 4) / 16;
  const pay = rng.below(2) === 0 ? { pay: [amount, -amount] } : {};
  if (depth === 0 || rng.below(16) === 0) return { pay: [amount, -amount], over: true };
  if (rng.below(6) === 0) {
    return { ...pay, chance: [0.25, 0.75].map((share) => [share, randomGame(rng, depth - 1)] as const) };
  }
  const options = ['a', 'b', 'c'].slice(0, 2 + rng.below(2));
  const next = Object.fromEntries(options.map((id) => [id, randomGame(rng, depth - 1)]));
  return { ...pay, asks: [rng.below(2)], options, next };
}

/** What seat 0 can expect from a node on, its own pay included: plain expectimax over the written tree. */
function expectation(node: Tiny): number {
  const paid = node.pay?.[0] ?? 0;
  if ('over' in node) return paid;
  if ('chance' in node) return paid + node.chance.reduce((sum, [share, next]) => sum + share * expectation(next), 0);
  const values = node.options.map((id) => expectation(node.next[id] as Tiny));
  return paid + (node.asks[0] === 0 ? Math.max(...values) : Math.min(...values));
}

describe('in games with chance, pay on the way and turns out of order', () => {
  it('has the value of plain expectimax', () => {
    const rng = stream(5, 'games');
    let games = 0;
    while (games < 80) {
      const root = randomGame(rng, 6);
      if (!('asks' in root)) continue;
      games++;
      const environment = tiny(root, { utility: { kind: 'zero-sum', min: -4, max: 4 } });
      const seat = root.asks[0] as Seat;
      const side = seat === 0 ? 1 : -1;
      const { value, exact, move } = searcher(environment).search(environment.start(config), seat, atMost(100_000));
      const own = side * (expectation(root) - (root.pay?.[0] ?? 0));
      expect(exact).toBe(true);
      expect(value).toBeCloseTo(own, 12);
      expect(side * expectation(root.next[move] as Tiny)).toBeCloseTo(own, 12);
    }
  });
});

describe('the budget', () => {
  const start = connectFour.start(config);

  it('of nodes is kept, and the deepest search that was finished counts', () => {
    const { nodes, depth, exact } = searcher(connectFour).search(start, 0, atMost(5000));
    expect(nodes).toBeLessThanOrEqual(5000);
    expect(depth).toBeGreaterThan(3);
    expect(exact).toBe(false);
  });

  it('of one node still gives a move', () => {
    const result = searcher(connectFour).search(start, 0, atMost(1));
    expect(result).toMatchObject({ depth: 0, exact: false });
    expect(asked(connectFour, start)?.ids).toContain(result.move);
  });

  it('of depth is kept', () => {
    expect(searcher(connectFour, { depth: 3 }).search(start, 0, atMost(1_000_000)).depth).toBe(3);
  });

  it('rates what lies beyond by rollouts where asked to', () => {
    const rated = searcher(connectFour, { depth: 1, rollouts: 200 }).search(start, 0, atMost(1_000_000));
    // NOTE: random play favours the first to move, most of all from the middle column.
    expect(rated.move).toMatch(/4$/);
    expect(rated.value).toBeGreaterThan(0);
  });
});

it('takes the shorter way to a win', () => {
  const detour: Tiny = {
    asks: [1],
    options: ['on'],
    next: { on: { asks: [0], options: ['win'], next: { win: pays(1, -1) } } },
  };
  const environment = tiny({ asks: [0], options: ['later', 'now'], next: { later: detour, now: pays(1, -1) } });
  expect(solved(environment, environment.start(config), 0).move).toBe('now');
});
