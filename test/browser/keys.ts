import type { Locator, Page } from 'playwright-core';
import { moving, result } from './play.js';

const MOST_TABS = 150;

/** Presses Tab until the focus is on something. Nothing else moves it. @throws Error when Tab never comes there */
export async function tabTo(page: Page, there: Locator): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    if ((await there.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${there}`);
}

/** Goes to something by Tab and presses a key there. */
export async function press(page: Page, there: Locator, key: string): Promise<void> {
  await there.first().waitFor();
  await tabTo(page, there);
  await page.keyboard.press(key);
}

/** Answers what the table asks, whatever it is; what is chosen differs from answer to answer. */
export async function answer(page: Page, count: number): Promise<void> {
  const option = page.locator('.action .options [tabindex="0"]');
  const fields = page.locator('.action fieldset, .action .fields');
  const text = page.locator('.action textarea');
  await option.or(fields).or(text).or(result(page)).first().waitFor();
  if ((await option.count()) > 0) await moving(page, () => choose(page, option, count));
  else if ((await fields.count()) > 0) await moving(page, () => fillIn(page, count));
  else if ((await text.count()) > 0) await moving(page, () => write(page, text));
}

/** By a number key, by arrows, or by typing the option: each in its turn. */
async function choose(page: Page, option: Locator, count: number): Promise<void> {
  await tabTo(page, option);
  if (count % 3 === 0) return page.keyboard.press('1');
  if (count % 3 === 1) {
    await page.keyboard.press('ArrowRight');
    return page.keyboard.press('Enter');
  }
  const label = (await option.textContent()) ?? '';
  const typing = page.getByLabel('Or type it');
  if ((await typing.count()) === 0) return page.keyboard.press('Enter');
  await tabTo(page, typing);
  await page.keyboard.type(label.replace(/^1/, ''));
  await page.keyboard.press('Enter');
}

async function write(page: Page, text: Locator): Promise<void> {
  await tabTo(page, text);
  await page.keyboard.type('Let us be fair');
  await page.keyboard.press('Enter');
}

/** Goes through a form field by field to its button: arrows choose among cases, empty fields get the least they take. */
async function fillIn(page: Page, count: number): Promise<void> {
  const focus = page.locator('.action :focus');
  const submit = page.locator('.action button[type=submit]');
  // NOTE: a list begins empty, and some want one entry at least.
  const more = page.locator('.action form:not(:has(.entry))').getByRole('button', { name: 'Add one' });
  if ((await more.count()) > 0) await press(page, more, 'Enter');
  await tabTo(page, page.locator('.action form').locator('input, select, textarea'));
  while ((await submit.and(focus).count()) === 0) {
    const type = await focus.getAttribute('type');
    const isPick = (await focus.and(page.locator('select')).count()) > 0;
    if (type === 'radio' || isPick)
      for (let times = 0; times < count % 3; times++) await page.keyboard.press('ArrowDown');
    else if (type === 'number' && (await focus.inputValue()) === '') {
      await page.keyboard.type((await focus.getAttribute('min')) ?? '2');
    } else if (await focus.and(page.locator('input:not([type]), textarea')).count()) await page.keyboard.type('2');
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
}
