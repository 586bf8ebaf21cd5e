import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Spec } from '../../core/environment.js';
import { configFor } from './seats.js';

/** A game of as many hands as its configuration says, and a duel beside it. */
const spec = {
  id: 'hands',
  config: z.strictObject({
    hands: z.int().min(2).max(4).default(2),
    cards: z.int().min(1).max(9).default(5),
    bots: z.strictObject({ many: z.int().default(0) }).prefault({}),
  }),
  presets: {
    crowd: { says: 'with six bots', config: { bots: { many: 6 } } },
  },
  facts: ({ hands, bots }: { hands: number; bots: { many: number } }) => ({ seats: hands + bots.many }),
} as unknown as Spec;

describe('the configuration of so many seats', () => {
  const plain = { hands: 2, cards: 5, bots: { many: 0 } };

  test.each([
    ['as it is when nothing is asked', {}, plain],
    ['as it is when it fits', { seats: 2 }, plain],
    ['by the field that gives so many, not by one that takes the number', { seats: 4 }, { ...plain, hands: 4 }],
    ['by a preset where no field does', { seats: 8 }, { ...plain, bots: { many: 6 } }],
    ['with what was asked for besides', { seats: 3, config: { cards: 3 } }, { ...plain, hands: 3, cards: 3 }],
  ])('%s', (_what, asked, config) => {
    expect(configFor(spec, asked)).toEqual(config);
  });

  test.each([
    [
      'seats that are settled otherwise',
      { seats: 3, config: { hands: 2 } },
      'this configuration of hands has 2 seats, not 3',
    ],
    ['seats that a preset settles', { seats: 9, preset: 'crowd' }, 'this configuration of hands has 8 seats, not 9'],
    ['seats that nothing gives', { seats: 7 }, 'hands has 2 or 8 seats unless its configuration says otherwise, not 7'],
    ['a field that is not right', { config: { hands: 9 } }, 'config hands'],
    ['a field that is not there', { config: { hand: 3 } }, 'did you mean hands'],
  ])('refuses %s', (_what, asked, reason) => {
    expect(() => configFor(spec, asked)).toThrow(reason);
  });
});
