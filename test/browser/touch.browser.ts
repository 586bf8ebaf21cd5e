import { describe, expect, test } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { overhang } from './accessible.js';
import { chromiumAtHand } from './chromium.js';
import { fillIn, isAsked, result } from './play.js';
import { scene } from './scene.js';
import { answer, cramped, PHONE } from './taps.js';

const titles = (await new Catalogue().all()).map(({ spec: { title } }) => title);
/** Longer than any game of the catalogue has turns for one seat. */
const MOST_TURNS = 100;
/** NOTE: seven columns of a board have no more than 40 pixels each on the narrowest phone. */
const TARGET = { width: 40, height: 44 };

describe.skipIf(chromiumAtHand() === null)('on a phone, by taps alone, with agents in the other seats', () => {
  const { url, comes } = scene('--pace', '0');

  test.for(titles)(
    '%s is played to its end, nothing is too small to be met, and nothing runs off the side',
    async (title) => {
      const { page } = await comes('Ada', PHONE);
      const found: string[] = [];
      const look = async (at: string) => {
        if ((await overhang(page)) > 0) found.push(`${at}: wider than the window`);
        found.push(...(await cramped(page, TARGET)).map((one) => `${at}: ${one}`));
      };
      await page.goto(url());
      await fillIn(page, title, 'random', 'tap');
      await look('new game');
      await page.getByRole('button', { name: 'Create the game' }).tap();
      for (let count = 0; await isAsked(page); count++) {
        expect(count).toBeLessThan(MOST_TURNS);
        await look(`turn ${count}`);
        await answer(page, count);
      }
      await look('end');
      expect(await result(page).textContent()).toMatch(/^The game/);
      await page.getByRole('link', { name: 'See the replay' }).tap();
      await page.getByText('What if others went on from here?').waitFor();
      await look('replay');
      expect(new Set(found)).toEqual(new Set());
    },
  );

  test('finds what is too small or too wide where something is', async () => {
    const { page } = await comes('Ada', PHONE);
    await page.goto(url());
    await page.locator('main').getByRole('link', { name: 'New game' }).first().waitFor();
    await page.evaluate(`{
      const [button, text] = [document.createElement('button'), document.createElement('p')];
      document.querySelector('main').append(button, text);
      button.style.minHeight = button.style.height = '30px';
      text.textContent = 'wide';
      text.style.width = '400px';
    }`);
    expect(await cramped(page, TARGET)).toEqual([expect.stringContaining('by 30:')]);
    expect(await overhang(page)).toBeGreaterThan(0);
  });
});
