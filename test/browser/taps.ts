import type { Locator, Page } from 'playwright-core';
import { moving, result } from './play.js';

/** What a phone is to the page: narrow, touched, without a mouse. */
export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** What puts a move together, and what then sends it, on faces that have both. */
const PIECES = '.keys button, .stepper button';
const SENDS = '.main, .main ~ button:not(.plain)';

/**
 * Answers what the table asks by taps alone, on its face where that has buttons. What is tapped differs from answer to
 * answer.
 */
export async function answer(page: Page, count: number): Promise<void> {
  const face = open(page, '.seen button');
  const plain = open(page, '.action .options button, .action button.main');
  await face.or(plain).or(result(page)).first().waitFor();
  if ((await face.count()) === 0) {
    await fillIn(page);
    return send(page, plain, count);
  }
  const pieces = face.and(page.locator(PIECES));
  if ((await pieces.count()) === 0) return send(page, face, count);
  for (const turn of [count, count + 1]) await tap(pieces, turn);
  return send(page, face.and(page.locator(SENDS)), count);
}

/** Empty fields of a plain form get the least they take: what has to be written comes from the keyboard of the phone. */
async function fillIn(page: Page): Promise<void> {
  // NOTE: a list begins empty, and some want one entry at least.
  const more = page.locator('.action form:not(:has(.entry))').getByRole('button', { name: 'Add one' });
  if ((await more.count()) > 0) await more.first().tap();
  for (const field of await page
    .locator('.action .field :is(input:not([type=checkbox], [type=radio]), textarea)')
    .all()) {
    if ((await field.inputValue()) !== '') continue;
    await field.tap();
    await page.keyboard.type((await field.getAttribute('min')) ?? '2');
  }
}

/** Buttons that do something when they are tapped. */
function open(page: Page, buttons: string): Locator {
  return page.locator(buttons).and(page.locator(':enabled:not([aria-disabled="true"])')).filter({ visible: true });
}

async function send(page: Page, buttons: Locator, count: number): Promise<void> {
  if ((await buttons.count()) > 0) await moving(page, () => tap(buttons, count));
}

async function tap(buttons: Locator, count: number): Promise<void> {
  await buttons.nth(count % (await buttons.count())).tap();
}

/** What may be tapped, but for links within a text, and radio buttons and boxes, which are tapped by their labels. */
const TARGETS =
  'main button, main summary, main select, main .button, main label.check, .banner a, main input:not([type=checkbox], [type=radio])';

/** What is less than so many pixels wide or high, with its size. */
export function cramped(
  page: Page,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll(${JSON.stringify(TARGETS)})]
    .filter((target) => target.checkVisibility({ visibilityProperty: true }) && !target.matches('.unseen, .skip'))
    .map((target) => ({ target, box: target.getBoundingClientRect() }))
    .filter(({ box }) => box.width < ${width - 0.5} || box.height < ${height - 0.5})
    .map(({ target, box }) => Math.round(box.width) + ' by ' + Math.round(box.height) + ': ' + target.outerHTML.slice(0, 120))`);
}
