import { z } from 'zod';
import type { Json } from '../../src/core/json.js';
import type { Rng } from '../../src/core/rng.js';
import type { Form } from '../../src/core/space.js';
import type { Act, Limits } from './types.js';

const amounts = z
  .record(z.string(), z.number().int().min(0))
  .describe('how many of each item you take; items left out are 0');

/** The one object a turn is answered with. */
export const act: Form = {
  description:
    '{"act": "offer", "take": {"<item>": <how many you take>, ...}} proposes a split (items left out are 0, the other player gets the rest), {"act": "accept"} takes the offer on the table, {"act": "walk away"} ends it without a deal.',
  schema: z.discriminatedUnion('act', [
    z.strictObject({ act: z.literal('offer'), take: amounts }),
    z.strictObject({ act: z.literal('accept') }),
    z.strictObject({ act: z.literal('walk away') }),
  ]),
  refuse: (value, limits) => refuse(value as Act, limits as Limits),
  sample: (rng, limits) => sample(rng, limits as Limits),
};

function refuse(value: Act, { items, accept }: Limits): string | null {
  if (value.act === 'walk away') return null;
  if (value.act === 'accept') return accept ? null : 'there is no offer on the table to accept';
  for (const [item, wanted] of Object.entries(value.take)) {
    const count = Object.hasOwn(items, item) ? (items[item] as number) : null;
    if (count === null) return `there are no ${item} here; the items are ${Object.keys(items).join(', ')}`;
    if (wanted > count) return `you would take ${wanted} ${item}, but there are ${count}`;
  }
  return null;
}

/** Mostly offers, so that random play sees all of the game. */
function sample(rng: Rng, { items, accept }: Limits): Json {
  const drawn = rng.below(20);
  if (drawn === 0) return { act: 'walk away' };
  if (accept && drawn < 5) return { act: 'accept' };
  return { act: 'offer', take: Object.fromEntries(Object.entries(items).map(([item, n]) => [item, rng.below(n + 1)])) };
}
