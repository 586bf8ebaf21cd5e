import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { answer, press, tabTo } from './keys.js';
import { moving } from './play.js';

/** Whether an environment has a face of its own. */
export function hasFace(environment: string): boolean {
  return existsSync(fileURLToPath(new URL(`../../envs/${environment}/view.tsx`, import.meta.url)));
}

/** More keys than lead from one end of any board to the other. */
const MOST_KEYS = 60;

/** Answers what the table asks by keys alone on its face; where that has no means to, among the plain ones. */
export async function answerOnFace(page: Page, count: number): Promise<void> {
  const places = page.locator('.seen :is(.grid, .places) [tabindex="0"]');
  const pieces = open(page, '.seen :is(.keys, .stepper) button');
  const sends = open(page, '.seen .main, .seen .main ~ button:not(.plain)');
  const others = open(page, '.seen button');
  if ((await pieces.count()) > 0) {
    await press(page, pieces.nth(count % (await pieces.count())), 'Enter');
    await moving(page, async () => press(page, sends.nth(count % (await sends.count())), 'Enter'));
  } else if ((await places.count()) > 0) await moving(page, () => choose(page, places, count));
  else if ((await others.count()) > 0) await moving(page, () => press(page, others, 'Enter'));
  else await answer(page, count);
}

function open(page: Page, buttons: string): Locator {
  return page.locator(buttons).and(page.locator(':enabled:not([aria-disabled="true"])'));
}

/** Goes some places on by arrows, and further to one that is open. */
async function choose(page: Page, places: Locator, count: number): Promise<void> {
  await tabTo(page, places);
  for (let at = 0; at < count % 4; at++) await goOn(page);
  for (let keys = 0; keys < MOST_KEYS && !(await isOpen(page)); keys++) await goOn(page);
  await page.keyboard.press('Enter');
}

/** One to the right; from the end of a line to the start of the next, and from the last to the first. */
async function goOn(page: Page): Promise<void> {
  const from = await here(page);
  await page.keyboard.press('ArrowRight');
  if ((await here(page)) !== from) return;
  await page.keyboard.press('Home');
  const start = await here(page);
  await page.keyboard.press('ArrowDown');
  if ((await here(page)) === start) for (let up = 0; up < 5; up++) await page.keyboard.press('ArrowUp');
}

function here(page: Page): Promise<string | null> {
  return page.locator(':focus').getAttribute('aria-label');
}

async function isOpen(page: Page): Promise<boolean> {
  return (await page.locator(':focus').getAttribute('aria-disabled')) !== 'true';
}
