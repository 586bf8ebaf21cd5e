import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJson, type Json, preview } from '../../src/core/json.js';
import type { Read } from '../../src/core/read.js';
import { stream } from '../../src/core/rng.js';
import { type ActionSpace, check, readCall, sample, substitute, type ToolsSpace } from '../../src/core/space.js';
import { anyJson, anySpace, letters, offer, speech, tools, vocabulary } from './vocabulary.js';

/** `levels` lists, one in the other. */
function nested(levels: number): Json {
  let value: Json = [];
  for (let i = 1; i < levels; i++) value = [value];
  return value;
}

function reasonOf(read: Read<unknown>): string {
  return read.ok ? 'accepted' : `${read.failure}: ${read.reason}`;
}

const call = { id: 'call_1', name: 'add', args: { a: 1, b: 2 } };

describe('a move that belongs', () => {
  it.each<[string, ActionSpace, Json]>([
    ['an option', letters, 'b'],
    ['a text', speech, 'hello'],
    ['silence', speech, ''],
    ['the longest text', speech, 'x'.repeat(20)],
    ['a text with a NUL', speech, 'a\u0000b'],
    ['a text with a pair of surrogates', speech, '\u{1F600}'],
    ['no call', tools, []],
    ['a call', tools, [call]],
    ['a call of a tool that is not there: its result will be the error', tools, [{ ...call, name: 'divide' }]],
    ['a call with wrong arguments: its result will be the error', tools, [{ ...call, args: 'x' }]],
    ['a form', offer, { take: 5, note: 'please' }],
  ])('%s', (_name, space, move) => {
    expect(check(vocabulary, space, move)).toEqual({ ok: true, value: move });
  });

  it('a form with a field left out gets its default', () => {
    expect(check(vocabulary, offer, { take: 1 })).toEqual({ ok: true, value: { take: 1, note: '' } });
  });
});

describe('a move that does not belong is refused and told what would be right', () => {
  it.each<[string, ActionSpace, Json | undefined, RegExp]>([
    ['another option', letters, 'd', /^illegal: "d" is not offered; choose one of: a, b, c$/],
    ['an option in capitals', letters, 'A', /choose one of: a, b, c/],
    ['a number for an option', letters, 0, /^illegal: 0 is not offered/],
    ['no option', letters, undefined, /^illegal: nothing is not offered/],
    ['the name of a prototype', letters, '__proto__', /choose one of: a, b, c/],
    ['no text', speech, undefined, /a text is wanted/],
    ['a list for a text', speech, ['hi'], /a text is wanted/],
    ['a text too long', speech, 'x'.repeat(21), /has 21 characters; at most 20 are allowed/],
    ['half a character', speech, 'a\ud800b', /lone surrogate/],
    ['the other half', speech, '\udc00', /lone surrogate/],
    ['a text with a tag of answers', speech, 'a</ANSWER>b', /holds <\/ANSWER>, a tag of answers/],
    ['a text with a tag of thoughts', speech, '<think>', /holds <think>/],
    ['no list of calls', tools, call, /a list of tool calls \{ id, name, args \} is wanted/],
    ['a call without an id', tools, [{ name: 'add', args: {} }], /is not a tool call \{ id, name, args \}/],
    ['a call without arguments', tools, [{ id: '1', name: 'add' }], /is not a tool call/],
    ['a call that is null', tools, [null], /null is not a tool call/],
    ['arguments nested too deep', tools, [{ ...call, args: nested(200) }], /nested too deep/],
    ['no form', offer, undefined, /offer/],
    ['a form without its field', offer, {}, /offer: take: .*number/],
    ['a form with another field', offer, { take: 1, give: 2 }, /give/],
    ['a form with a wrong value', offer, { take: 'all' }, /take: .*number.*\(got "all"\)/],
    ['a form over the limit of this turn', offer, { take: 6 }, /take is at most 5 now, not 6/],
    ['a form nested too deep', offer, { take: 1, note: nested(200) }, /nested too deep/],
  ])('%s', (_name, space, move, reason) => {
    expect(reasonOf(check(vocabulary, space, move))).toMatch(reason);
  });

  it('values that no JSON can hold, from agents in the same process', () => {
    const cyclic: { [key: string]: Json } = {};
    cyclic.self = cyclic;
    const odd: unknown[] = [10n, Symbol('x'), () => 1, Number.NaN, new Date(0), cyclic, new Map(), { a: undefined }];
    for (const value of odd) {
      for (const space of [letters, speech, tools, offer]) {
        expect(check(vocabulary, space, value as Json).ok).toBe(false);
        expect(check(vocabulary, space, [{ id: '1', name: 'add', args: value as Json }]).ok).toBe(false);
        expect(check(vocabulary, space, { take: 1, note: value as Json }).ok).toBe(false);
      }
    }
  });
});

describe('arguments of a call', () => {
  it.each<[string, Json, RegExp]>([
    ['add', { a: 1, b: 2 }, /^accepted$/],
    ['divide', {}, /there is no tool "divide" here; the tools are: add, stop/],
    ['constructor', {}, /there is no tool "constructor" here/],
    ['__proto__', {}, /there is no tool "__proto__" here/],
    ['add', { a: 1 }, /^illegal: add: b: /],
    ['add', { a: '1', b: 2 }, /add: a: .*\(got "1"\)/],
    ['add', null, /^illegal: add: /],
  ])('%s(%j)', (name, args, reason) => {
    expect(reasonOf(readCall(vocabulary, tools as ToolsSpace, { id: '1', name, args }))).toMatch(reason);
  });
});

describe('over random spaces', () => {
  it('every sampled and every substituted move passes check, and the same stream samples the same', () => {
    fc.assert(
      fc.property(anySpace, fc.nat(), (space, seed) => {
        for (const draw of [sample, substitute]) {
          const move = draw(vocabulary, space, stream(seed, 'x'));
          expect(check(vocabulary, space, move)).toEqual({ ok: true, value: move });
          expect(draw(vocabulary, space, stream(seed, 'x'))).toEqual(move);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('check never throws and takes only JSON', () => {
    fc.assert(
      fc.property(anySpace, fc.oneof(anyJson, fc.anything() as fc.Arbitrary<Json>), (space, move) => {
        const read = check(vocabulary, space, move);
        if (read.ok) expect(isJson(read.value)).toBe(true);
        else expect(read.reason).not.toBe('');
      }),
      { seed: 2, numRuns: 1000 },
    );
  });
});

describe('a substitute', () => {
  it('is silence, no call, else a random legal move', () => {
    const rng = stream(1, 'substitute');
    expect(substitute(vocabulary, speech, rng)).toBe('');
    expect(substitute(vocabulary, tools, rng)).toEqual([]);
    expect(['a', 'b', 'c']).toContain(substitute(vocabulary, letters, rng));
  });
});

describe('a value in short', () => {
  it('is its JSON, cut where it is long', () => {
    expect(preview({ a: 1 })).toBe('{"a":1}');
    expect(preview('x'.repeat(100))).toBe(`"${'x'.repeat(79)}...`);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => void expect(typeof preview(value)).toBe('string')),
      { seed: 3 },
    );
    expect(preview(10n)).toMatch(/no JSON/);
    expect(preview(undefined)).toBe('nothing');
    expect(preview(nested(100_000))).toMatch(/^\[|no JSON/);
  });
});

describe('tools that the space itself describes', () => {
  const parameters = {
    type: 'object',
    properties: {
      at: { enum: ['left', 'right'] },
      times: { type: 'integer' },
      how: { anyOf: [{ type: 'boolean' }, { type: 'null' }] },
      all: { type: 'array', items: { type: 'number' } },
    },
    required: ['at', 'times', 'how', 'all'],
  };
  const space: ToolsSpace = { kind: 'tools', tools: ['look'], described: { look: { description: '', parameters } } };
  const read = (name: string, args: Json) => readCall({}, space, { id: '1', name, args });

  it('take any object, and nothing else', () => {
    expect(read('look', { any: 1 })).toEqual({ ok: true, value: { any: 1 } });
    expect(reasonOf(read('look', 'left'))).toContain('an object of arguments is wanted (got "left")');
    expect(reasonOf(read('constructor', {}))).toContain('the tools are: look');
  });

  it('are sampled by their schema', () => {
    for (let at = 0; at < 100; at++) {
      const move = sample({}, space, stream('described', String(at)));
      expect(check({}, space, move).ok).toBe(true);
      const [{ args }] = move as unknown as [{ args: { [name: string]: unknown } }];
      expect(['left', 'right']).toContain(args.at);
      expect([Number.isInteger(args.times), [true, false, null].includes(args.how as null)]).toEqual([true, true]);
      expect((args.all as unknown[]).every(Number.isFinite)).toBe(true);
    }
  });
});
