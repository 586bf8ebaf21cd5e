import fc from 'fast-check';
import { z } from 'zod';
import type { Json } from '../../src/core/json.js';
import { type ActionSpace, choice, type Vocabulary } from '../../src/core/space.js';

/** A form with a limit of the turn, and two tools, as environments declare them. */
export const vocabulary = {
  forms: {
    offer: {
      description: '{"take": a whole number, "note": a text, may be left out}',
      schema: z.strictObject({ take: z.number().int().min(0), note: z.string().default('') }),
      refuse: (value, limits) => {
        const { take } = value as { take: number };
        return take > (limits as number) ? `take is at most ${String(limits)} now, not ${take}` : null;
      },
      sample: (rng, limits) => ({ take: rng.below((limits as number) + 1), note: '' }),
    },
  },
  tools: {
    add: {
      description: 'adds two numbers',
      args: z.strictObject({ a: z.number(), b: z.number() }),
      sample: (rng) => ({ a: rng.below(10), b: rng.below(10) }),
    },
    stop: { description: 'ends it', args: z.strictObject({}), sample: () => ({}) },
  },
} satisfies Vocabulary;

export const letters = choice(['a', 'b', 'c']);
export const speech: ActionSpace = { kind: 'text', maxChars: 20, purpose: 'Say something.' };
export const offer: ActionSpace = { kind: 'form', form: 'offer', limits: 5 };
export const tools: ActionSpace = { kind: 'tools', tools: ['add', 'stop'] };

const word = fc.stringMatching(/^[a-z][a-z0-9_ -]{0,11}[a-z0-9]$/);

/** Any action space over the vocabulary. */
export const anySpace: fc.Arbitrary<ActionSpace> = fc.oneof(
  fc.uniqueArray(word, { minLength: 1, maxLength: 12 }).map(choice),
  fc.integer({ min: 0, max: 300 }).map((maxChars): ActionSpace => ({ kind: 'text', maxChars, purpose: 'Speak.' })),
  fc.subarray(['add', 'stop'], { minLength: 1 }).map((names): ActionSpace => ({ kind: 'tools', tools: names })),
  fc.nat(100).map((limits): ActionSpace => ({ kind: 'form', form: 'offer', limits })),
);

/** Values of every sort, the poisonous names of JavaScript among them. */
export const anyJson: fc.Arbitrary<Json> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>,
  fc
    .constantFrom(...['{"__proto__":{"take":1}}', '{"constructor":1}', '[{"id":"1","name":"toString","args":{}}]'])
    .map((text) => JSON.parse(text) as Json),
);
