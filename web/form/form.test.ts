import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { configSchema, readConfig, schemaOf } from '../../src/core/config.js';
import { actors } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import type { Json } from '../../src/core/json.js';
import { stream } from '../../src/core/rng.js';
import { check, type FormSpace, sample } from '../../src/core/space.js';
import { type Draft, draftOf, readDraft } from './draft.js';
import { type Field, fieldOf, SchemaError } from './field.js';
import { narrowed } from './narrow.js';

const environments = await new Catalogue({ environments: [], agents: [] }).all();

function filled(field: Field, value?: Json): Json | undefined {
  const read = readDraft(field, draftOf(field, value));
  return read.ok ? read.value : undefined;
}

describe.each(environments.map((environment) => [environment.spec.id, environment] as const))('%s', (_, { spec }) => {
  const field = fieldOf(configSchema(spec));

  it('has a configuration form whose start is the default configuration', () =>
    expect(filled(field, {})).toEqual(readConfig(spec)));

  it('has a form that every preset goes through unchanged', () => {
    for (const preset of Object.keys(spec.presets ?? {})) {
      const config = readConfig(spec, { preset });
      expect(filled(field, config), preset).toEqual(config);
    }
  });

  it('has tools and forms that people can fill in', () => {
    for (const { args } of Object.values(spec.tools ?? {})) expect(fieldOf(schemaOf(args)).is).toBe('group');
    for (const { schema } of Object.values(spec.forms ?? {})) expect(fieldOf(schemaOf(schema))).toBeDefined();
  });
});

const OPEN = { roles: { werewolf: 1, villager: 3 } };
const forms = environments.filter(({ spec }) => spec.forms !== undefined);

it.each(forms.map((environment) => [environment.spec.id, environment] as const))(
  'every sampled form of %s goes through its narrowed field unchanged, in all turns of a game',
  (id, environment) => {
    const config = readConfig(environment.spec, { set: id === 'werewolf' ? { ...OPEN, predict: true } : {} });
    const rng = stream('forms', id);
    const episode = new Episode(environment, config);
    const met: FormSpace[] = [];
    for (let turn = episode.turn; turn.kind !== 'over'; turn = episode.turn) {
      if (turn.kind === 'call') throw new Error('no environment with forms calls');
      if (turn.kind === 'chance') {
        episode.apply({ chance: 'draw' in turn ? turn.draw(rng) : rng.weighted(turn.outcomes) });
        continue;
      }
      const { spaces } = turn;
      const moves = actors(turn).map((seat) => {
        const space = spaces[seat]!;
        const move = sample(environment.spec, space, rng);
        if (space.kind !== 'form') return [seat, move] as const;
        met.push(space);
        const form = narrowed(fieldOf(schemaOf(environment.spec.forms![space.form]!.schema)), space.limits);
        expect(check(environment.spec, space, filled(form, move))).toMatchObject({ ok: true });
        return [seat, filled(form, move)!] as const;
      });
      episode.apply({ seats: Object.fromEntries(moves) });
    }
    expect(met.length).toBeGreaterThan(0);
  },
);

describe('a draft is read with its faults at their places', () => {
  const field = fieldOf({
    type: 'object',
    properties: {
      count: { type: 'integer', minimum: 1, maximum: 5, default: 2 },
      share: { type: 'number', exclusiveMinimum: 0, maximum: 1, default: 1 },
      name: { type: 'string', minLength: 1, maxLength: 3 },
      note: { type: 'string', minLength: 2 },
    },
    required: ['name'],
  });
  const faults = (...texts: string[]) => {
    const read = readDraft(field, { parts: texts.map((text): Draft => ({ text })) });
    return read.ok ? read.value : read.faults.map(({ path, text }) => `${path.join('.')} ${text}`);
  };

  it('and is a value when there are none, without what was left blank', () => {
    expect(faults('3', '0.5', 'ab', '')).toEqual({ count: 3, share: 0.5, name: 'ab' });
    expect(faults(' 3 ', '1', 'ab', 'hm')).toEqual({ count: 3, share: 1, name: 'ab', note: 'hm' });
  });

  it.each<[string[], string[]]>([
    [['0', '1', 'a', ''], ['0 at least 1']],
    [['6', '1', 'a', ''], ['0 at most 5']],
    [['1.5', '1', 'a', ''], ['0 a whole number is wanted']],
    [['', '1', 'a', ''], ['0 a whole number is wanted']],
    [['1', '0', 'a', ''], ['1 more than 0']],
    [['1', 'x', 'a', ''], ['1 a number is wanted']],
    [['1', 'Infinity', 'a', ''], ['1 a number is wanted']],
    [['1', '1', '', ''], ['2 fill this in']],
    [
      ['1', '1', 'abcd', 'x'],
      ['2 4 characters; at most 3 are taken', '3 at least 2 characters'],
    ],
  ])('%j', (texts, wrong) => expect(faults(...texts)).toEqual(wrong));

  it('of a record: names that are missing, doubled or not allowed', () => {
    const record = fieldOf({
      type: 'object',
      propertyNames: { type: 'string', pattern: '^[a-z]+$' },
      additionalProperties: { type: 'integer' },
    });
    const read = readDraft(record, {
      names: ['', 'a', 'a', 'B', 'c'],
      parts: ['1', '1', '1', '1', 'x'].map((text) => ({ text })),
    });
    expect(read.ok ? [] : read.faults.map(({ path, text }) => `${path.join('.')} ${text}`)).toEqual([
      '0 this needs a name',
      '1 this name is there twice',
      '2 this name is there twice',
      '3 this is not written as it has to be',
      '4 a whole number is wanted',
    ]);
  });
});

it('a union of constants is a choice, one with null can be none, and kinds are told by their constants', () => {
  expect(fieldOf({ anyOf: [{ const: 2 }, { const: 3 }] })).toMatchObject({
    is: 'pick',
    options: [{ value: 2 }, { value: 3 }],
  });
  const task = fieldOf({ anyOf: [{ type: 'integer', minimum: 0 }, { type: 'null' }] });
  expect([filled(task, 4), filled(task, null)]).toEqual([4, null]);
  const kind = (act: string) => ({ type: 'object', properties: { act: { const: act } }, required: ['act'] });
  const act = fieldOf({ oneOf: [kind('accept'), kind('walk away')] });
  expect(act).toMatchObject({ cases: [{ label: 'accept' }, { label: 'walk away' }] });
  expect(filled(act, { act: 'walk away' })).toEqual({ act: 'walk away' });
  expect(narrowed(act, { accept: false })).toMatchObject({ cases: [{ label: 'walk away' }] });
});

it('nothing is picked for anybody where there is no default', () => {
  const pick = fieldOf({ enum: ['seer', 'witch'] });
  expect(readDraft(pick, draftOf(pick))).toMatchObject({ ok: false, faults: [{ text: 'choose one of these' }] });
});

it('lists are filled in and bounded', () => {
  const list = fieldOf({ type: 'array', items: { type: 'boolean' }, minItems: 1, maxItems: 2 });
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 4 }), (values) => {
      const fits = values.length === 1 || values.length === 2;
      expect(filled(list, values)).toEqual(fits ? values : undefined);
    }),
  );
});

it('a list that holds nothing is there without being asked for', () => {
  expect(filled(fieldOf({ type: 'array', items: { not: {} }, maxItems: 0 }), [])).toEqual([]);
});

it('a schema that no field can stand for is refused', () => {
  for (const schema of [{}, { type: 'array' }, 3, { type: 'date' }]) expect(() => fieldOf(schema)).toThrow(SchemaError);
});
