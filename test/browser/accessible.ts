import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const ENGINE = readFileSync(fileURLToPath(import.meta.resolve('accessibility-checker-engine/ace.js')), 'utf8');
/**
 * SEE: the engine's README: `check(document, rulesets)`. A result is a violation where the engine is sure of it; what it
 * asks a person to judge is `POTENTIAL` or `MANUAL`.
 */
const CHECK = `${ENGINE};
new ace.Checker().check(document, ['WCAG_2_2']).then(({ results }) =>
  results
    .filter(({ value }) => value[0] === 'VIOLATION' && value[1] === 'FAIL')
    .map(({ ruleId, message, snippet }) => ruleId + ': ' + message + ' ' + snippet))`;

/** What the rules of WCAG 2.2 (A and AA) find wrong on a page as it stands; empty when nothing is. */
export function violations(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(CHECK);
}

/**
 * By how many pixels a page is wider than the window.
 * NOTE: a phone makes its window as wide as the page that does not fit, so the width that it was given counts as well.
 */
export async function overhang(page: Page): Promise<number> {
  const { scrollWidth, clientWidth } = await page.evaluate<{ scrollWidth: number; clientWidth: number }>(
    '(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }))(document.documentElement)',
  );
  return scrollWidth - Math.min(clientWidth, page.viewportSize()?.width ?? clientWidth);
}

/** What takes the focus by Tab; of radio buttons that belong together only the chosen one does. */
const STOPS = `[...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(
  (element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility() &&
    !(element.type === 'radio' && !element.checked))`;

/** What Tab never comes to, by its text, when it is pressed often enough to go once around the page. */
export async function unreached(page: Page): Promise<string[]> {
  const texts = await page.evaluate<string[]>(`${STOPS}.map((element) => element.outerHTML.slice(0, 120))`);
  const reached = new Set<number>();
  for (let tabs = 0; tabs < texts.length + 2; tabs++) {
    await page.keyboard.press('Tab');
    reached.add(await page.evaluate<number>(`${STOPS}.indexOf(document.activeElement)`));
  }
  return texts.filter((_, at) => !reached.has(at));
}

/**
 * Opens all that is folded away.
 * NOTE: what is folded away is told to nobody, and counts as nameless to the checker.
 */
export async function unfold(page: Page): Promise<void> {
  const folded = page.locator('main details:not([open]) > summary');
  for (let left = await folded.count(); left > 0; left--) await folded.filter({ visible: true }).first().click();
}
