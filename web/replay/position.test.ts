import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/core/environment.js';
import type { Frame, PlayedMove } from '../../src/server/replays/wire.js';
import { decisions, jumps, keyed, matched } from './position.js';

const move = { move: 'x' } as unknown as PlayedMove;

/** A frame with what it was told, and who moves next. */
function frame(told: readonly Event['to'][], movers: readonly number[] | null): Frame {
  const seats = Object.fromEntries((movers ?? []).map((seat) => [String(seat), move]));
  return {
    ...{ view: null, shown: null, paid: [], returns: [] },
    events: told.map((to) => ({ event: { to, kind: 'told' }, said: '' })),
    step: movers === null ? null : { seats, chance: null, answers: null, rewards: null, at: null },
  };
}

/** A deal, a secret of seat 1, a move of seat 0, the end. */
const ALL = [frame([], []), frame([[0], [1]], [1]), frame([[1]], [0]), frame(['all'], null)];
const SEAT = [frame([], []), frame([[0]], [0]), frame(['all'], null)];

describe('the frames of a seat along the turns of a record', () => {
  const match = matched(ALL, SEAT, 0);

  test('each turn has the frame that the seat saw then', () => {
    expect(ALL.map((_, turn) => match.frameAt(turn))).toEqual([0, 1, 1, 2]);
    expect(match.frameAt(99)).toBe(2);
  });

  test('each frame has the first turn at which it was seen', () => {
    expect(SEAT.map((_, at) => match.turnAt(at))).toEqual([0, 1, 3]);
    for (const [at] of SEAT.entries()) expect(match.frameAt(match.turnAt(at))).toBe(at);
  });

  test('whoever sees all sees turns', () => {
    expect([2, 3].map(matched(ALL, ALL, 'all').frameAt)).toEqual([2, 3]);
  });
});

test('jumps lead to decisions, and nowhere from where they are', () => {
  expect(decisions(ALL)).toEqual([1, 2]);
  expect(jumps([1, 2], 1)).toEqual({ first: null, previous: null, next: 2, last: 2 });
  expect(jumps([1, 2], 3)).toEqual({ first: 1, previous: 2, next: null, last: 2 });
  expect(jumps([], 0)).toEqual({ first: null, previous: null, next: null, last: null });
});

test('keys stay within the frames', () => {
  expect(['ArrowLeft', 'ArrowRight', 'Home', 'End', 'a'].map((key) => keyed(key, 0, 3))).toEqual([0, 1, 0, 3, null]);
  expect(keyed('ArrowRight', 3, 3)).toBe(3);
});
