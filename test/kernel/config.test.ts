import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ConfigRequest, configSchema, describeField, readAssignment, readConfig } from '../../src/core/config.js';
import type { Spec } from '../../src/core/environment.js';
import { nearest, suggestion, UserError } from '../../src/core/errors.js';
import type { Json } from '../../src/core/json.js';
import { toy } from './toys.js';

const config = z
  .strictObject({
    rounds: z.number().int().min(1).max(9).default(3),
    tie: z.enum(['random', 'nobody']).default('random'),
    chips: z.union([z.literal(2), z.literal(5)]).default(2),
    seed: z.int().default(0),
    talk: z
      .strictObject({ order: z.enum(['fixed', 'rotating']).default('fixed'), turns: z.number().default(1) })
      .prefault({}),
    roles: z.strictObject({ wolf: z.number().int().min(0).default(1), seer: z.number().default(1) }).prefault({}),
  })
  .superRefine((value, context) => {
    if (value.rounds === 9 && value.chips === 5) context.addIssue({ code: 'custom', message: 'too much of both' });
  });

const spec: Spec = {
  ...toy([]).spec,
  id: 'game',
  config,
  presets: {
    long: { says: 'nine rounds', config: { rounds: 9, talk: { order: 'rotating' } } },
    wolves: { says: 'two wolves', config: { roles: { wolf: 2 } } },
  },
} as Spec;

const defaults = {
  rounds: 3,
  tie: 'random',
  chips: 2,
  seed: 0,
  talk: { order: 'fixed', turns: 1 },
  roles: { wolf: 1, seer: 1 },
};

describe('a configuration', () => {
  it.each<[string, ConfigRequest | undefined, object]>([
    ['of nothing is the defaults', undefined, {}],
    ['of a preset', { preset: 'long' }, { rounds: 9, talk: { order: 'rotating', turns: 1 } }],
    ['of a field', { set: { rounds: 4 } }, { rounds: 4 }],
    ['of a field inside', { set: { 'roles.wolf': 3 } }, { roles: { wolf: 3, seer: 1 } }],
    ['of a whole object', { set: { roles: { seer: 0 } } }, { roles: { wolf: 1, seer: 0 } }],
    [
      'of a preset and a field inside it',
      { preset: 'long', set: { 'talk.turns': 7 } },
      { rounds: 9, talk: { order: 'rotating', turns: 7 } },
    ],
    [
      'of a field over a preset',
      { preset: 'long', set: { rounds: 2 } },
      { rounds: 2, talk: { order: 'rotating', turns: 1 } },
    ],
    [
      'of an object and then a field inside',
      { set: { roles: { wolf: 4 }, 'roles.seer': 2 } },
      { roles: { wolf: 4, seer: 2 } },
    ],
    [
      'of a field inside and then its object',
      { set: { 'roles.seer': 2, roles: { wolf: 4 } } },
      { roles: { wolf: 4, seer: 1 } },
    ],
  ])('%s', (_name, request, over) => {
    expect(readConfig(spec, request)).toEqual({ ...defaults, ...over });
  });

  it('is the same text whatever order its fields came in', () => {
    const texts = [
      { rounds: 4, chips: 5 },
      { chips: 5, rounds: 4 },
    ].map((set) => JSON.stringify(readConfig(spec, { set })));
    expect(texts[0]).toBe(texts[1]);
  });

  it('leaves presets as they are', () => {
    const before = JSON.stringify(spec.presets);
    readConfig(spec, { preset: 'long', set: { 'talk.order': 'fixed', 'talk.turns': 2 } });
    expect(JSON.stringify(spec.presets)).toBe(before);
  });
});

describe('a wrong configuration names the field, what it got and what it takes', () => {
  it.each<[ConfigRequest, RegExp]>([
    [{ set: { rounds: 0 } }, /^config rounds: .*, got 0; takes integer from 1 to 9$/],
    [{ set: { rounds: 'many' } }, /^config rounds: .*, got "many"; takes integer from 1 to 9$/],
    [{ set: { tie: 'coin' } }, /^config tie: .*, got "coin"; takes "random" \| "nobody"$/],
    [{ set: { chips: 3 } }, /^config chips: .*, got 3; takes 2 \| 5$/],
    [{ set: { seed: 0.5 } }, /^config seed: .*, got 0\.5; takes integer$/],
    [{ set: { 'roles.wolf': -1 } }, /^config roles\.wolf: .*, got -1; takes integer from 0$/],
    [{ set: { 'talk.order.first': 1 } }, /^config talk\.order: .*, got \{"first":1\}; takes "fixed" \| "rotating"$/],
    [{ set: { roles: null } }, /^config roles: .*, got null; takes object$/],
    [{ set: { round: 4 } }, /^config round: there is no such field; did you mean rounds\?$/],
    [{ set: { 'roles.wolfs': 2 } }, /^config roles\.wolfs: there is no such field; did you mean wolf\?$/],
    [{ set: { zzzzzzzzz: 1 } }, /there is no such field; known: chips, roles, rounds, seed, talk, tie$/],
    [{ set: { rounds: 9, chips: 5 } }, /^config \(whole\): too much of both, got \{/],
    [{ set: { rounds: 0, tie: 'coin' } }, /^config rounds: .*\nconfig tie: /],
    [{ preset: 'lnog' }, /^game has no preset "lnog"; did you mean long\?$/],
    [{ preset: 'constructor' }, /^game has no preset "constructor"/],
    [{ preset: '__proto__' }, /^game has no preset "__proto__"/],
  ])('%j', (request, message) => {
    expect(() => readConfig(spec, request)).toThrow(UserError);
    expect(() => readConfig(spec, request)).toThrow(message);
  });

  it('also when a part of it cannot be put into a JSON Schema', () => {
    const odd = { ...spec, config: z.strictObject({ when: z.date().optional() }) } as unknown as Spec;
    expect(() => readConfig(odd, { set: { when: 'today' } })).toThrow(/^config when: /);
  });
});

describe('the prototype of objects', () => {
  it.each(['__proto__', '__proto__.polluted', 'roles.__proto__.polluted', 'constructor.prototype.polluted'])(
    'is not reached by %s',
    (path) => {
      expect(() => readConfig(spec, { set: { [path]: true } })).toThrow(UserError);
      expect('polluted' in {}).toBe(false);
    },
  );

  it('is not reached by values', () => {
    const value = JSON.parse('{"__proto__": {"polluted": true}}') as Json;
    expect(() => readConfig(spec, { set: { roles: value } })).toThrow(UserError);
    expect('polluted' in {}).toBe(false);
  });
});

describe('a key=value', () => {
  it.each<[string, [string, Json]]>([
    ['rounds=4', ['rounds', 4]],
    ['tie=nobody', ['tie', 'nobody']],
    ['tie="nobody"', ['tie', 'nobody']],
    ['roles.wolf=2', ['roles.wolf', 2]],
    ['roles={"wolf":2}', ['roles', { wolf: 2 }]],
    ['on=true', ['on', true]],
    ['off=null', ['off', null]],
    ['name=', ['name', '']],
    ['sum=a=b', ['sum', 'a=b']],
    ['broken={', ['broken', '{']],
  ])('%s', (text, read) => expect(readAssignment(text)).toEqual(read));

  it.each(['rounds', '=4', ''])('%j is none', (text) => {
    expect(() => readAssignment(text)).toThrow(`"${text}" is not key=value`);
  });

  it('reads or refuses any text, and a configuration of any such is complete or refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom('rounds', 'roles.wolf', 'talk', '__proto__')),
        fc.json(),
        (key, value) => {
          try {
            const [path, read] = readAssignment(`${key}=${value}`);
            expect(Object.keys(readConfig(spec, { set: { [path]: read } }))).toEqual(Object.keys(defaults));
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(UserError);
          }
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('words about a schema', () => {
  it('hold every field with its default', () => {
    expect(configSchema(spec)).toMatchObject({
      properties: { rounds: { default: 3, minimum: 1, maximum: 9 }, tie: { default: 'random' } },
    });
  });

  it.each<[z.ZodType, string]>([
    [z.boolean(), 'boolean'],
    [z.string(), 'string'],
    [z.number().max(4), 'number up to 4'],
    [z.number().min(1), 'number from 1'],
    [z.number().min(1).max(2), 'number from 1 to 2'],
    [z.int(), 'integer'],
    [z.enum(['a', 'b']), '"a" | "b"'],
    [z.union([z.literal(1), z.string()]), '1 | string'],
    [z.unknown(), 'any value'],
  ])('of %#', (schema, words) => expect(describeField(z.toJSONSchema(schema) as Json)).toBe(words));
});

describe('a name that is not known', () => {
  it('is answered by the nearest, best first', () => {
    expect(nearest('werwolf', ['kuhn-poker', 'werewolf', 'wolf'])).toEqual(['werewolf', 'wolf']);
    expect(nearest('poker', ['kuhn-poker', 'leduc-poker', 'chess'])).toEqual(['kuhn-poker', 'leduc-poker']);
    expect(nearest('x'.repeat(5), ['chess'])).toEqual([]);
  });

  it('is answered by all there are when none is near', () => {
    expect(suggestion('zzzzz', ['b', 'a'])).toBe('known: a, b');
    expect(suggestion('zzzzz', [])).toBe('none is known');
  });
});
