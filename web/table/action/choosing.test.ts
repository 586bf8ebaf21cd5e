import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choice } from '../../../src/core/space.js';
import { matching, moved, named, numbered } from './choosing.js';

const votes = choice(['vote player_1', 'vote player_3', 'vote player_13', 'abstain']).options;
const ids = (typed: string) => matching(votes, typed).map(({ id }) => id);

describe('typing finds options', () => {
  it.each<[string, string[]]>([
    ['', votes.map(({ id }) => id)],
    ['vo', ['vote player_1', 'vote player_3', 'vote player_13']],
    ['vo 3', ['vote player_3']],
    ['3', ['vote player_3']],
    ['1', ['vote player_1', 'vote player_13']],
    ['ABS', ['abstain']],
    ['ote', []],
  ])('"%s"', (typed, found) => expect(ids(typed)).toEqual(found));

  it.each<[string, string | null]>([
    ['vote player_1', 'vote player_1'],
    [' Vote  Player_1 ', 'vote player_1'],
    ['player_1', null],
    ['vote', null],
    ['abs', 'abstain'],
    ['', null],
    ['nothing of this', null],
  ])('and "%s" names %s', (typed, id) => expect(named(votes, typed)?.id ?? null).toBe(id));

  it('by label too', () => {
    const options = [
      { id: 'a1', label: 'the corner' },
      { id: 'b2', label: 'the middle' },
    ];
    expect(named(options, 'middle')?.id).toBe('b2');
    expect(named(options, 'the')).toBeNull();
  });
});

describe('keys move', () => {
  it('around, to the ends, and nowhere by other keys', () => {
    expect(moved('ArrowRight', 2, 3)).toBe(0);
    expect(moved('ArrowLeft', 0, 3)).toBe(2);
    expect(['Home', 'End', 'a', 'Enter'].map((key) => moved(key, 1, 3))).toEqual([0, 2, null, null]);
  });

  it('and always to a place that is there', () => {
    const keys = fc.constantFrom('ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'Home', 'End');
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 50 }), fc.nat(49), (key, count, at) => {
        const place = moved(key, at % count, count);
        expect(place).toBeGreaterThanOrEqual(0);
        expect(place).toBeLessThan(count);
      }),
    );
  });

  it('to numbered options', () => {
    expect(['1', '3', '4', '0', '9', 'x', '12'].map((key) => numbered(key, 3))).toEqual([
      0,
      2,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
