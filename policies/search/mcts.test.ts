import { describe, expect, it } from 'vitest';
import rpsls from '../../envs/rpsls/index.js';
import ticTacToe from '../../envs/tic-tac-toe/index.js';
import { worth } from '../../envs/tic-tac-toe/scripted.js';
import { readConfig } from '../../src/core/config.js';
import type { Environment, Seat } from '../../src/core/environment.js';
import { stream } from '../../src/core/rng.js';
import { type Candidate, mostTried } from './arms.js';
import { Mcts } from './mcts.js';
import { atMost } from './rules.js';
import { situations, some } from './situations.testing.js';
import { config, pays, type Tiny, tiny } from './tiny.testing.js';

function found(environment: Environment, seat: Seat, sims: number, seed = 1): Candidate[] {
  return new Mcts(environment, config, { rng: stream(seed, 'mcts') }).search(seat, atMost(sims));
}

function valueFor(candidates: readonly Candidate[], id: string): number {
  return candidates.find((candidate) => candidate.id === id)?.value ?? Number.NaN;
}

describe('the search', () => {
  it('plays tic-tac-toe perfectly from most boards with 2,000 simulations', () => {
    const boards = some(situations(ticTacToe, config, 60), 60, stream(1, 'boards'));
    const right = boards.filter(({ state, seat }) => {
      const search = new Mcts(ticTacToe, config, { rng: stream(1, 'mcts') });
      search.moveTo(state);
      const id = mostTried(search.search(seat, atMost(2000)));
      const next = ticTacToe.apply(state, { seats: { [seat]: id } }).state as { board: string };
      return -worth(next.board) === worth((state as { board: string }).board);
    });
    expect(right.length).toBeGreaterThanOrEqual(58);
  });

  it('gives every simulation to one option', () => {
    const visits = found(ticTacToe, 0, 500).map((candidate) => candidate.visits);
    expect(visits.reduce((sum, count) => sum + count, 0)).toBe(500);
  });

  it('is the same again under one seed, and another under another', () => {
    expect(found(ticTacToe, 0, 300)).toEqual(found(ticTacToe, 0, 300));
    expect(found(ticTacToe, 0, 300, 2)).not.toEqual(found(ticTacToe, 0, 300));
  });

  it('averages over chance', () => {
    const risk: Tiny = { chance: [0.75, 0.25].map((share, index) => [share, pays(index === 0 ? 0 : 1)] as const) };
    const game = tiny({ asks: [0], options: ['safe', 'risk'], next: { safe: pays(0.2), risk } }, { seats: 1 });
    const candidates = found(game, 0, 4000);
    expect(valueFor(candidates, 'safe')).toBeCloseTo(0.2, 12);
    expect(valueFor(candidates, 'risk')).toBeCloseTo(0.25, 1);
    expect(mostTried(candidates)).toBe('risk');
  });

  it('counts what is paid on the way', () => {
    const later: Tiny = { pay: [0.5, 0], asks: [1], options: ['on'], next: { on: pays(0.25, 0) } };
    const game = tiny({ asks: [0], options: ['now', 'later'], next: { now: pays(0.5, 0), later } });
    expect(valueFor(found(game, 0, 200), 'later')).toBeCloseTo(0.75, 12);
  });

  it('lets each of three seats see to its own return', () => {
    // Seat 1 takes what is best for itself, so seat 0 must not hope for 0.9; seat 2 likewise.
    const last = (first: number): Tiny => ({
      asks: [2],
      options: ['x', 'y'],
      next: { x: pays(first, 0.6, 0.1), y: pays(first / 2, 0.6, 0.8) },
    });
    const middle: Tiny = { asks: [1], options: ['give', 'keep'], next: { give: pays(0.9, 0.1, 0), keep: last(0.4) } };
    const game = tiny(
      { asks: [0], options: ['trust', 'leave'], next: { trust: middle, leave: pays(0.3, 0, 0) } },
      { seats: 3, utility: { kind: 'general', min: 0, max: 1 } },
    );
    const candidates = found(game, 0, 3000);
    expect(mostTried(candidates)).toBe('leave');
    expect(valueFor(candidates, 'trust')).toBeLessThan(0.3);
  });
});

describe('seats that move at once', () => {
  it("find the dilemma's equilibrium", () => {
    const next = {
      'silent silent': pays(0.6, 0.6),
      'silent talk': pays(0, 1),
      'talk silent': pays(1, 0),
      'talk talk': pays(0.2, 0.2),
    };
    const game = tiny(
      { asks: [0, 1], options: ['silent', 'talk'], next },
      { dynamics: 'simultaneous', utility: { kind: 'general', min: 0, max: 1 } },
    );
    expect(mostTried(found(game, 0, 1000))).toBe('talk');
    expect(mostTried(found(game, 1, 1000))).toBe('talk');
  });

  it('are no better than even in rock, paper, scissors', () => {
    const rules = readConfig(rpsls.spec);
    const candidates = new Mcts(rpsls, rules, { rng: stream(1, 'mcts') }).search(0, atMost(5000));
    for (const { value } of candidates) expect(Math.abs(value ?? 1)).toBeLessThan(0.2);
  });
});

describe('an evaluation in place of rollouts', () => {
  const fork = tiny({
    asks: [0],
    options: ['a', 'b', 'c'],
    next: Object.fromEntries(
      ['a', 'b', 'c'].map((id, at) => [id, { asks: [1], options: ['on'], next: { on: pays(at / 4, -at / 4) } }]),
    ),
  });

  it('is asked once for each new state, and its priors lead', async () => {
    const search = new Mcts(fork, config, { rng: stream(1, 'mcts') });
    const asked: string[] = [];
    const candidates = await search.searchWith(
      async ({ state }) => {
        asked.push(JSON.stringify(state));
        return { values: [0, 0], priors: { 0: [0.98, 0.01, 0.01], 1: [1] } };
      },
      0,
      atMost(1),
    );
    expect(asked).toEqual(['{"path":[]}', '{"path":["a"]}']);
    expect(candidates.map(({ visits }) => visits)).toEqual([1, 0, 0]);
  });

  it('is overruled by what play shows', async () => {
    const search = new Mcts(fork, config, { rng: stream(1, 'mcts') });
    const evaluate = () => ({ values: [0, 0], priors: { 0: [0.8, 0.1, 0.1], 1: [1] } });
    expect(mostTried(await search.searchWith(evaluate, 0, atMost(400)))).toBe('c');
  });
});

describe('from move to move', () => {
  it('what is known of a state is kept', () => {
    const search = new Mcts(ticTacToe, config, { rng: stream(1, 'mcts') });
    search.search(0, atMost(500));
    const middle = ticTacToe.apply(ticTacToe.start(config), { seats: { 0: 'b2' } }).state;
    search.moveTo(ticTacToe.apply(middle, { seats: { 1: 'a1' } }).state);
    const kept = search.search(0, atMost(1)).reduce((sum, { visits }) => sum + visits, 0);
    expect(kept).toBeGreaterThan(1);
  });

  it('a state that was never met begins anew', () => {
    const search = new Mcts(ticTacToe, config, { rng: stream(1, 'mcts') });
    search.search(0, atMost(5));
    search.moveTo({ board: 'xo.......' });
    expect(search.search(0, atMost(7)).reduce((sum, { visits }) => sum + visits, 0)).toBe(7);
  });
});
