import { expect, it } from 'vitest';
import { reckoned } from '../../envs/liars-dice/reckoned.js';

const called = { to: 'all', kind: 'called', seat: 1 } as const;
const shown = (face: number, count: number) =>
  ({
    to: 'all',
    kind: 'shown',
    dice: [
      [2, 6],
      [5, 5],
    ],
    face,
    count,
  }) as const;

it('tells nothing before the call', () => {
  expect(reckoned([{ to: 'all', kind: 'bid', seat: 0, quantity: 1, face: 5 }])).toBeNull();
});

it('sets off the dice of the face, and wild ones where more dice count than show it', () => {
  expect(reckoned([called, shown(5, 2)])).toEqual({ caller: 1, face: 5, count: 2, counting: [5] });
  expect(reckoned([called, shown(5, 3)])?.counting).toEqual([5, 6]);
  expect(reckoned([called, shown(3, 0)])?.counting).toEqual([3]);
});
