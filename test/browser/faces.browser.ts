import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { overhang, unfold, unreached, violations } from './accessible.js';
import { chromiumAtHand } from './chromium.js';
import { answerOnFace, hasFace } from './on-face.js';
import { fillIn, isAsked } from './play.js';
import { scene } from './scene.js';

const games = (await new Catalogue().all()).map(({ spec }) => spec).filter(({ id }) => hasFace(id));
/** Longer than any game of the catalogue has turns for one seat. */
const MOST_TURNS = 100;
/** The turns that are looked at closely: the first has nothing behind it, the others do. */
const LOOKED_AT = [0, 1, 3];
/** NOTE: each look takes seconds, so that half of the four ways to look are taken at each. */
const WAYS = [
  { width: 360, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 360, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
] as const;

describe.skipIf(chromiumAtHand() === null)('every face of a game', () => {
  const { url, comes } = scene('--pace', '0');

  test.for(games.map(({ title }) => title))(
    '%s is played by keys on it to its end, and it breaks no rule of WCAG 2.2 that a program can check',
    async (title) => {
      const { page } = await comes('Ada');
      const found: string[] = [];
      const look = async (at: string) => found.push(...(await faultsOf(page)).map((one) => `${at}, ${one}`));
      await page.goto(url());
      await fillIn(page, title, 'random', 'click');
      await page.getByRole('button', { name: 'Create the game' }).click();
      for (let count = 0; await isAsked(page); count++) {
        expect(count).toBeLessThan(MOST_TURNS);
        if (LOOKED_AT.includes(count)) await look(`turn ${count}`);
        await answerOnFace(page, count);
      }
      await look('end');
      await page.getByRole('link', { name: 'See the replay' }).click();
      await page.getByText('What if others went on from here?').waitFor();
      await page.getByRole('button', { name: 'One step on' }).click();
      await look('replay');
      expect(found).toEqual([]);
    },
  );
});

let looks = 0;

/** What is wrong with the page, in two of the ways to look at it. */
async function faultsOf(page: Page): Promise<string[]> {
  await unfold(page);
  const found = (await unreached(page)).map((one) => `Tab never comes to ${one}`);
  for (const { width, colorScheme } of looks++ % 2 === 0 ? WAYS.slice(0, 2) : WAYS.slice(2)) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    if ((await overhang(page)) > 0) found.push(`${width}: wider than the window`);
    found.push(...(await violations(page)).map((one) => `${width}, ${colorScheme}: ${one}`));
  }
  return found;
}
