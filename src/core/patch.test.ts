import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from './json.js';
import { type Operation, PatchError, patched } from './patch.js';

const table = { tick: 3, said: ['one', 'two'], asked: null, over: { how: 'rules' }, 'a/b': { '~': 1 } };

describe('a patch is applied as RFC 6902 says', () => {
  it.each<[string, Operation[], Json]>([
    ['replaces a field', [{ op: 'replace', path: '/tick', value: 4 }], { ...table, tick: 4 }],
    ['adds a field', [{ op: 'add', path: '/moved', value: true }], { ...table, moved: true }],
    ['adds over a field', [{ op: 'add', path: '/tick', value: 9 }], { ...table, tick: 9 }],
    ['adds at the end', [{ op: 'add', path: '/said/-', value: 'three' }], { ...table, said: ['one', 'two', 'three'] }],
    ['adds at a place', [{ op: 'add', path: '/said/1', value: 'x' }], { ...table, said: ['one', 'x', 'two'] }],
    ['adds at the length', [{ op: 'add', path: '/said/2', value: 'x' }], { ...table, said: ['one', 'two', 'x'] }],
    ['removes from a list', [{ op: 'remove', path: '/said/0' }], { ...table, said: ['two'] }],
    ['removes a field', [{ op: 'remove', path: '/over/how' }], { ...table, over: {} }],
    ['reads escapes', [{ op: 'replace', path: '/a~1b/~0', value: 2 }], { ...table, 'a/b': { '~': 2 } }],
    ['replaces the whole', [{ op: 'replace', path: '', value: [] }], []],
    [
      'goes in order',
      [
        { op: 'add', path: '/said/0', value: 'zero' },
        { op: 'remove', path: '/said/1' },
      ],
      { ...table, said: ['zero', 'two'] },
    ],
  ])('%s', (_, operations, after) => {
    const before = structuredClone(table);
    expect(patched(table, operations)).toEqual(after);
    expect(table).toEqual(before);
  });

  it('and makes own fields of names that objects have by nature', () => {
    const after = patched({}, [{ op: 'add', path: '/__proto__', value: { bad: 1 } }]);
    expect(Object.keys(after as object)).toEqual(['__proto__']);
    expect(({} as { bad?: number }).bad).toBeUndefined();
  });
});

describe('a patch that does not fit is refused', () => {
  it.each<[string, unknown]>([
    ['a field that is not there', { op: 'replace', path: '/none', value: 1 }],
    ['a removal of nothing', { op: 'remove', path: '/none' }],
    ['a field of an inherited name', { op: 'replace', path: '/toString', value: 1 }],
    ['a place below nothing', { op: 'add', path: '/none/below', value: 1 }],
    ['a place beyond the end', { op: 'add', path: '/said/3', value: 1 }],
    ['a place beyond the end, replaced', { op: 'replace', path: '/said/2', value: 1 }],
    ['the end of a list, replaced', { op: 'replace', path: '/said/-', value: 1 }],
    ['a place written with a zero', { op: 'replace', path: '/said/01', value: 1 }],
    ['a field of a number', { op: 'add', path: '/tick/x', value: 1 }],
    ['a pointer without a slash', { op: 'add', path: 'tick', value: 1 }],
    ['a broken escape', { op: 'add', path: '/a~2', value: 1 }],
    ['a value that is missing', { op: 'add', path: '/x' }],
    ['another operation', { op: 'move', path: '/x', from: '/tick' }],
    ['the removal of the whole', { op: 'remove', path: '' }],
  ])('%s', (_, operation) => expect(() => patched(table, [operation as Operation])).toThrow(PatchError));
});

it('whatever was replaced at a path is read back there', () => {
  const anything = fc.jsonValue() as fc.Arbitrary<Json>;
  const name = fc.string({ minLength: 1 }).filter((key) => key !== '__proto__');
  fc.assert(
    fc.property(name, anything, anything, (key, before, after) => {
      const path = `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const result = patched({ [key]: before, other: 1 }, [{ op: 'replace', path, value: after }]);
      expect((result as { [key: string]: Json })[key]).toEqual(after);
    }),
  );
});
