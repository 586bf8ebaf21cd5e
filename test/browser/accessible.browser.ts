import { describe, expect, test } from 'vitest';
import { overhang, unfold, unreached, violations } from './accessible.js';
import { chromiumAtHand } from './chromium.js';
import { scene } from './scene.js';
import { type Stop, tour } from './tour.js';

const WIDTHS = [1280, 360];
const SCHEMES = ['light', 'dark'] as const;

describe.skipIf(chromiumAtHand() === null)('every page, wide and narrow, light and dark', () => {
  const { url, comes } = scene('--pace', '100');

  test('breaks no rule of WCAG 2.2 that a program can check, is gone through by Tab, and is no wider than its window', async () => {
    const ada = await comes('Ada');
    const found: string[] = [];
    const seen: Stop[] = [];
    await tour(ada, url(), async (stop) => {
      seen.push(stop);
      await unfold(ada.page);
      found.push(...(await unreached(ada.page)).map((one) => `${stop}: Tab never comes to ${one}`));
      for (const width of WIDTHS) {
        await ada.page.setViewportSize({ width, height: 800 });
        if ((await overhang(ada.page)) > 0) found.push(`${stop}, ${width}: wider than the window`);
        for (const colorScheme of SCHEMES) {
          await ada.page.emulateMedia({ colorScheme });
          found.push(...(await violations(ada.page)).map((one) => `${stop}, ${width}, ${colorScheme}: ${one}`));
        }
      }
      await ada.page.setViewportSize({ width: 1280, height: 800 });
    });
    expect(seen).toHaveLength(10);
    expect(found).toEqual([]);
  });

  test('finds what is wrong where something is', async () => {
    const { page } = await comes('Ada');
    await page.goto(url());
    await page.getByRole('link', { name: 'Skip to the content' }).or(page.getByRole('button')).first().waitFor();
    await page.evaluate('document.querySelector("main").append(document.createElement("input"), new Image())');
    expect((await violations(page)).length).toBeGreaterThanOrEqual(2);
  });
});
