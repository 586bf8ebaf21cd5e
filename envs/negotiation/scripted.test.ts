import { describe, expect, it } from 'vitest';
import scripted from '../../agents/scripted.js';
import { readConfig } from '../../src/core/config.js';
import type { Episode } from '../../src/core/episode.js';
import { playEpisode } from '../../src/core/play.js';
import negotiation from './index.js';
import { splits } from './scripted.js';
import type { State } from './types.js';
import { type Amounts, restOf, worthOf } from './values.js';

const config = readConfig(negotiation.spec);
const ITEMS = { books: 3, hats: 2, balls: 1 };

/** A deal beside all others: its joint value as a part of the best, and whether nobody could gain at no cost. */
function quality({ values }: State, got: readonly [Amounts, Amounts]): { joint: number; efficient: boolean } {
  const [a, b] = values as [Amounts, Amounts];
  const all = splits(ITEMS).map((take) => [worthOf(a, take), worthOf(b, restOf(ITEMS, take))] as const);
  const [x, y] = [worthOf(a, got[0]), worthOf(b, got[1])];
  const best = Math.max(...all.map(([mine, theirs]) => mine + theirs));
  return {
    joint: (x + y) / best,
    efficient: !all.some(([mine, theirs]) => mine >= x && theirs >= y && mine + theirs > x + y),
  };
}

async function games(styles: readonly [string, string], count: number) {
  const agents = await Promise.all(styles.map((style) => scripted.open(style)));
  const sum = { deals: 0, returns: [0, 0] as [number, number], joint: 0, efficient: 0, speeches: new Set<string>() };
  for (let game = 0; game < count; game++) {
    let episode: Episode | null = null;
    for await (const told of playEpisode({ environment: negotiation, config, seed: `7/${game}`, agents })) {
      if (told.kind === 'started') episode = told.episode;
      if (told.kind === 'ended')
        for (const seat of [0, 1]) sum.returns[seat as 0 | 1] += (told.ending.returns?.[seat] ?? 0) / count;
    }
    for (const event of episode?.log ?? []) {
      if (event.kind === 'said') sum.speeches.add(shape(event.text as string));
      if (event.kind !== 'agreed') continue;
      sum.deals++;
      const own = Object.values(event.take as { readonly [item: string]: number });
      const other = Object.values(event.leave as { readonly [item: string]: number });
      const { joint, efficient } = quality(episode?.state as State, event.seat === 0 ? [own, other] : [other, own]);
      sum.joint += joint / count;
      sum.efficient += (efficient ? 1 : 0) / count;
    }
  }
  return sum;
}

/** A sentence without its numbers and items. */
function shape(text: string): string {
  return text
    .replace(/((all|\d+ of the) (books|hats|balls)|nothing)(, | and )?/gi, '#')
    .replace(/#+/g, '#')
    .replace(/books|hats|balls/g, 'it');
}

describe('scripted players', () => {
  it('that are fair always agree, mostly on splits that nobody can better', async () => {
    const { deals, returns, joint, efficient, speeches } = await games(['fair', 'fair'], 300);
    expect(deals).toBe(300);
    expect(Math.min(...returns)).toBeGreaterThan(0.5);
    expect(joint).toBeGreaterThan(0.9);
    expect(efficient).toBeGreaterThan(0.6);
    expect(speeches.size).toBeGreaterThan(30);
  });

  it('that are greedy get more than those that yield', async () => {
    const { returns } = await games(['greedy', 'yielding'], 300);
    expect(returns[0]).toBeGreaterThan(returns[1] + 0.1);
  });
});
