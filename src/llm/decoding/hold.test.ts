import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import negotiation from '../../../envs/negotiation/index.js';
import { schemaOf } from '../../core/config.js';
import type { JsonObject } from '../../core/json.js';
import { stream } from '../../core/rng.js';
import { trainTokenizer } from '../../nn/tokenizer/train.js';
import { callsOf, readCalls } from './calls.js';
import { Place, type Rule } from './grammar.js';
import { codingOf, Hold, TokenTexts } from './hold.js';
import { jsonOf } from './schema.js';

const tokenizer = trainTokenizer(['{"answer": "raise"} {"answer":"fold"} \u00e9t\u00e9 \u{1f43a} wolf '.repeat(9)], {
  vocab: 300,
});
const texts = new TokenTexts(codingOf(tokenizer));
const END = 2;

/** An answer whose every token is drawn evenly from those allowed; null where it grew too long. */
function wander(rule: Rule, seed: number, most = 400): string | null {
  const rng = stream(seed, 'wander');
  const hold = new Hold(texts, rule, [END]);
  const tokens: number[] = [];
  while (tokens.length < most) {
    const allowed = hold.allowed(tokens);
    // NOTE: a quote half of the time, or texts would hardly ever end.
    const quotes = allowed.filter((id) => id === END || tokenizer.decode([id]) === '"');
    const token = rng.pick(quotes.length > 0 && rng.float() < 0.5 ? quotes : allowed);
    if (token === END) return texts.text(tokens);
    tokens.push(token);
  }
  return null;
}

const SCHEMAS: { readonly [what: string]: z.ZodType } = {
  'an enumeration': z.strictObject({ answer: z.enum(['raise', 'fold', 'raise all', '\u00e9t\u00e9', '\u{1f43a}']) }),
  'a thought before it': z.strictObject({ thought: z.string().max(20), answer: z.enum(['raise', 'fold']) }),
  'kinds of values': z.strictObject({ a: z.int(), b: z.number(), c: z.boolean(), d: z.null(), e: z.literal('x') }),
  'what may be left out': z.object({ a: z.int().optional(), b: z.string().max(3), c: z.int().optional() }),
  'lists and unions': z.object({
    list: z
      .array(z.union([z.int(), z.string().max(4)]))
      .min(1)
      .max(3),
  }),
  'names of its own': z.record(z.string().max(3), z.int()),
};

describe('an answer held to a schema', () => {
  it.each(Object.entries(SCHEMAS))('is of it whatever is drawn: %s', (_, schema) => {
    const rule = jsonOf(schemaOf(schema));
    const written = Array.from({ length: 40 }, (_, seed) => wander(rule, seed)).filter((text) => text !== null);
    expect(written.length).toBeGreaterThan(20);
    for (const text of written) expect(schema.safeParse(JSON.parse(text)), text).toMatchObject({ success: true });
    expect(new Set(written).size).toBeGreaterThan(2);
  });

  it('takes forms of environments, and refuses what is none', () => {
    const forms = Object.values(negotiation.spec.forms ?? {});
    expect(forms.length).toBeGreaterThan(0);
    const rng = stream(1, 'forms');
    const limits = { items: { book: 2, hat: 1 }, accept: true };
    for (const { schema, sample } of forms) {
      const start = Place.before(jsonOf(schemaOf(schema)));
      for (let i = 0; i < 20; i++) {
        const text = JSON.stringify(sample(rng, limits));
        expect(start.after(text)?.done, text).toBe(true);
        expect(start.after(`${text},`)).toBeNull();
      }
    }
  });

  it('follows references', () => {
    const schema: JsonObject = {
      $ref: '#/$defs/tree',
      $defs: { tree: { type: 'array', items: { $ref: '#/$defs/tree' } } },
    };
    const start = Place.before(jsonOf(schema));
    expect(start.after('[[],[[]]]')?.done).toBe(true);
    expect(start.after('[[],1')).toBeNull();
  });
});

describe('calls of tools', () => {
  const tools = [
    { name: 'add', description: 'Adds.', parameters: schemaOf(z.object({ a: z.int(), b: z.int() })) },
    { name: 'say', description: 'Says.', parameters: schemaOf(z.object({ text: z.string().max(8) })) },
  ];

  it('held to the tools are read back as calls of them', () => {
    const written = Array.from({ length: 40 }, (_, seed) => wander(callsOf(tools), seed)).filter(
      (text) => text !== null,
    );
    expect(written.length).toBeGreaterThan(10);
    for (const text of written) {
      const read = readCalls(text);
      expect(read.text).toBe('');
      for (const call of read.toolCalls) {
        expect(['add', 'say']).toContain(call.name);
        expect(JSON.parse(call.arguments)).toBeTypeOf('object');
      }
    }
  });

  it('are read with what is said beside them, arguments as written', () => {
    const text = 'I add.\n<tool_call>\n{"name": "add", "arguments": {"a":1,  "b": 2}}\n</tool_call>';
    const toolCalls = [{ id: 'call_0', name: 'add', arguments: '{"a":1,  "b": 2}' }];
    expect(readCalls(text)).toEqual({ text: 'I add.', toolCalls });
  });

  it.each(['<tool_call>{"name": "add", "arg', '<tool_call>add(1, 2)</tool_call>', 'none'])('%s is no call', (text) => {
    expect(readCalls(text)).toEqual({ text, toolCalls: [] });
  });
});
