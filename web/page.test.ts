import { expect, it } from 'vitest';
import { linkTo, partsOf } from './address.js';
import { stepped } from './face/grid.js';
import { clockWords, span } from './new/clock.js';
import { bodyOf, firstFree, wished } from './new/wish.js';

it('a link leads to the parts it was made of', () => {
  for (const parts of [[], ['table', 'kuhn-poker', 'a_b-C'], ['new', 'boardgame:./x/y.js'], ['ä b', '%', '']]) {
    expect(partsOf(linkTo(...parts))).toEqual(parts);
  }
  expect(partsOf('#/broken/%E0%A4%A')).toEqual(['broken', '%E0%A4%A']);
});

it('arrow keys stay on a board', () => {
  expect(stepped('ArrowUp', [0, 1], 3, 3)).toEqual([0, 1]);
  expect(stepped('ArrowDown', [1, 1], 3, 3)).toEqual([2, 1]);
  expect(stepped('ArrowRight', [2, 2], 3, 3)).toEqual([2, 2]);
  expect(stepped('ArrowLeft', [2, 2], 3, 3)).toEqual([2, 1]);
  expect([stepped('Home', [1, 1], 3, 3), stepped('End', [1, 1], 3, 3)]).toEqual([
    [1, 0],
    [1, 2],
  ]);
  expect(stepped('Enter', [1, 1], 3, 3)).toBeNull();
});

it('clocks are told in words', () => {
  expect([0, 15_000, 60_000, 90_000, 7_200_000].map(span)).toEqual(['0 s', '15 s', '1 min', '90 s', '2 h']);
  const clock = { turnMs: null, gameMs: null, incrementMs: 0, late: 'forfeit', absentMs: null } as const;
  expect(clockWords(clock)).toBe('no clock');
  expect(clockWords({ ...clock, turnMs: 30_000 })).toBe('30 s a turn; late loses');
  expect(clockWords({ ...clock, gameMs: 300_000, incrementMs: 2000, late: 'substitute' })).toBe(
    '5 min a game and 2 s more for each turn; late is played by rule',
  );
});

it('a wish becomes the body of a creation: only seats that there are, times in milliseconds', () => {
  const wish = {
    ...wished('Ann', [{ name: 'random', title: '', not: [] }]),
    agents: { '0': 'random', '5': 'random' },
    turn: 30,
  };
  expect(firstFree(wish, 2)).toBe('1');
  expect(firstFree({ ...wish, agents: { '0': 'random' } }, 1)).toBeNull();
  expect(bodyOf(wish, { players: 2 }, 2)).toEqual({
    numPlayers: 2,
    unlisted: false,
    setupData: {
      config: { players: 2 },
      agents: { '0': 'random' },
      clock: { turnMs: 30_000, gameMs: null, incrementMs: 0, late: 'substitute', absentMs: 120_000 },
      standIn: 'random',
      consent: false,
    },
  });
});
