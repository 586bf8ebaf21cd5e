import { z } from 'zod';
import type { Preset } from '../../src/core/environment.js';
import { dealable } from './values.js';

const ITEM = /^[a-z]+( [a-z]+)*$/;

const fields = z.strictObject({
  items: z
    .record(z.string().regex(ITEM, 'an item is named by small letters').max(20), z.number().int().min(1).max(9))
    .refine((items) => Object.keys(items).length >= 1 && Object.keys(items).length <= 4, 'one to four kinds of items')
    .default({ books: 3, hats: 2, balls: 1 })
    .describe('how many there are of each kind of item'),
  total: z.number().int().min(1).max(20).default(10).describe('what all items together are worth to each seat'),
  most: z.number().int().min(1).max(20).default(10).describe('the highest value of one item'),
  rounds: z.number().int().min(1).max(20).default(5).describe('turns of each seat before time runs out'),
  discount: z
    .number()
    .gt(0)
    .max(1)
    .default(0.95)
    .describe('what is left of every value after each offer that was not accepted'),
  outside: z.number().min(0).max(1).default(0).describe('what each seat is paid when there is no deal'),
  talk: z.boolean().default(true).describe('whether a seat speaks before it acts'),
  maxChars: z.number().int().min(1).max(2000).default(300).describe('longest speech'),
});

export type Config = z.infer<typeof fields>;

/** A configuration under which values can be dealt at all. */
export const config = fields.superRefine((value, context) => {
  if (dealable(value)) return;
  const message = `no values of 0 to ${value.most} for these items add up to ${value.total} for both seats`;
  context.addIssue({ code: 'custom', path: ['items'], message });
});

export const presets: { readonly [name: string]: Preset } = {
  silent: { says: 'offers only, no talk', config: { talk: false } },
  patient: { says: 'values keep their worth, ten turns each', config: { discount: 1, rounds: 10 } },
  ultimatum: { says: 'one offer, one answer', config: { rounds: 1, discount: 1 } },
  alternatives: { says: 'both seats have something else worth 4 in 10', config: { outside: 0.4 } },
};
