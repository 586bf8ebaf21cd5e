import { expect, test } from 'vitest';
import { weighed } from './weighed.js';

test('options with probabilities are drawn by these, the one played is told', () => {
  const found = weighed(
    [
      { id: 'a', probability: 0.25 },
      { id: 'b', probability: 0.75, value: 1 },
    ],
    'b',
  );
  expect(found).toEqual([
    { option: 'a', probability: 0.25, value: null, share: 0.25, played: false },
    { option: 'b', probability: 0.75, value: 1, share: 0.75, played: true },
  ]);
});

test('options with values alone are drawn from the worst to the best', () => {
  const found = weighed(
    [
      { move: { take: 1 }, value: -2 },
      { move: 'b', value: 2 },
      { move: 'c', value: 0 },
    ],
    { take: 1 },
  );
  expect(found?.map(({ share, played }) => [share, played])).toEqual([
    [0, true],
    [1, false],
    [0.5, false],
  ]);
});

test('options that are worth the same are drawn alike, and as good as any', () => {
  const found = weighed(
    [
      { id: 'a', value: 1 },
      { id: 'b', value: 1 },
    ],
    'a',
  );
  expect(found?.map(({ share }) => share)).toEqual([1, 1]);
});

test('anything else an agent weighed is not taken for options', () => {
  expect(weighed(['a', 'b'], 'a')).toBeNull();
  expect(weighed([{ id: 'a' }], 'a')).toBeNull();
  expect(weighed([], 'a')).toBeNull();
});
