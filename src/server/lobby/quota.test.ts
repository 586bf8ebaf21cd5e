import { describe, expect, test } from 'vitest';
import type { MatchCard } from '../matches/match.js';
import { Quota } from './quota.js';

const card = (id: string, over = false): MatchCard =>
  ({ id, ...(over ? { over: { record: null, gameover: {} } } : {}) }) as MatchCard;

describe('a quota', () => {
  const limits = { matches: 3, matchesPerAddress: 2, seats: 4 };

  test('counts what an address has under way, those being made too, until they are over', async () => {
    const quota = new Quota(limits);
    let finish: (made: MatchCard) => void = () => undefined;
    const making = quota.admit('a', 2, [], () => new Promise<MatchCard>((resolve) => (finish = resolve)));
    await quota.admit('a', 2, [], async () => card('2'));
    const third = (cards: MatchCard[]) => quota.admit('a', 2, cards, async () => card('3'));
    await expect(third([card('2')])).rejects.toMatchObject({ refusal: { error: 'rate' } });
    finish(card('1'));
    await making;
    await expect(third([card('1'), card('2')])).rejects.toMatchObject({ refusal: { error: 'rate' } });
    expect(await third([card('1', true), card('2')])).toEqual(card('3'));
  });

  test('counts what all have, and the seats of one', async () => {
    const quota = new Quota(limits);
    const full = [card('1'), card('2'), card('3')];
    await expect(quota.admit('a', 2, full, async () => card('4'))).rejects.toMatchObject({
      refusal: { error: 'full' },
    });
    await expect(quota.admit('a', 5, [], async () => card('4'))).rejects.toThrow('at most 4 seats');
  });

  test('a match that could not be made does not count', async () => {
    const quota = new Quota({ ...limits, matchesPerAddress: 1 });
    await expect(quota.admit('a', 2, [], () => Promise.reject(new Error('disk')))).rejects.toThrow('disk');
    expect(await quota.admit('a', 2, [], async () => card('1'))).toEqual(card('1'));
  });
});
