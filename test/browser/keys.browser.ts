import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { chromiumAtHand } from './chromium.js';
import { answer, press } from './keys.js';
import { isAsked, result } from './play.js';
import { scene } from './scene.js';

const titles = (await new Catalogue().all()).map(({ spec: { title } }) => title);
/** Longer than any game of the catalogue has turns for one seat. */
const MOST_TURNS = 100;
/** What the notation of values looks like, which no player should have to read; in prose a space follows a colon. */
const NOTATION = /[{[]"|":\S|\[object|undefined/;

describe.skipIf(chromiumAtHand() === null)(
  'by keys alone, with the table in words and agents in the other seats',
  () => {
    const { url, comes } = scene('--pace', '0');

    test.for(titles)('%s is played from the list of games to its end', async (title) => {
      const { page } = await comes('Ada');
      await page.goto(url());
      await createByKeys(page, title);
      const words = page.getByLabel('Show the table in words');
      await page.locator('.answer').waitFor();
      if ((await words.count()) > 0) await press(page, words, 'Space');
      for (let count = 0; await isAsked(page); count++) {
        expect(count).toBeLessThan(MOST_TURNS);
        expect(await page.locator('main').textContent()).not.toMatch(NOTATION);
        await answer(page, count);
      }
      expect(await result(page).textContent()).toMatch(/^The game/);
      expect(await page.locator('main').textContent()).not.toMatch(NOTATION);
      await press(page, page.getByRole('link', { name: 'See the replay' }), 'Enter');
      await page.getByText('What if others went on from here?').waitFor();
    });
  },
);

/** From the list of games to a table with agents in all other seats. */
async function createByKeys(page: Page, title: string): Promise<void> {
  await press(page, page.locator('main').getByRole('link', { name: 'New game' }), 'Enter');
  await press(page, page.locator('main').getByRole('link', { name: title, exact: true }), 'Enter');
  await press(page, page.getByLabel('Your name'), 'ControlOrMeta+a');
  await page.keyboard.type('Ada');
  const fill = page.getByRole('button', { name: 'random', exact: true });
  const other = page.getByLabel('player_1', { exact: true });
  if ((await fill.count()) > 0) await press(page, fill, 'Enter');
  else if ((await other.count()) > 0) {
    await press(page, other, 'r');
    expect(await other.inputValue()).toBe('random');
  }
  await press(page, page.getByRole('button', { name: 'Create the game' }), 'Enter');
}
