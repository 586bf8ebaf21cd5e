import type { Page } from 'playwright-core';
import { isAsked, moving, result, until } from './play.js';
import type { Visitor } from './visitor.js';

/** What is looked at on a tour. */
export type Stop =
  | 'lobby'
  | 'catalogue'
  | 'card'
  | 'new game'
  | 'night'
  | 'day'
  | 'vote'
  | 'end'
  | 'replay'
  | 'replays';

/** With two wolves, a seer and a doctor, six seats that all have something to do by night: whoever plays is asked. */
const ROLES = { witch: 1, bodyguard: 1, villager: 0 };
const SPEECH = 'The night tells us little. I would like to hear who player_3 trusts before we vote.';
const MOST_GAMES = 6;

/** Through the whole page by clicks and typing, with a halt at each stop. */
export async function tour(visitor: Visitor, url: string, halt: (stop: Stop) => Promise<void>): Promise<void> {
  const { page } = visitor;
  await page.goto(url);
  await leaveOpen(page);
  await page.getByRole('link', { name: 'Catalogue' }).click();
  await page.getByRole('link', { name: 'Werewolf', exact: true }).first().waitFor();
  await halt('catalogue');
  await page.getByRole('link', { name: 'Werewolf', exact: true }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Werewolf' }).waitFor();
  await halt('card');
  await werewolf(page, halt);
  await halt('end');
  await page.getByRole('link', { name: 'See the replay' }).click();
  await page.getByText('What if others went on from here?').waitFor();
  const next = page.getByRole('button', { name: 'Next' });
  for (let steps = 0; steps < 11 && (await next.isEnabled()); steps++) await next.click();
  await halt('replay');
  await page.getByRole('link', { name: 'Replays' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await halt('replays');
  await toLobby(page);
  await page
    .getByRole('link', { name: /^Result: Werewolf/ })
    .first()
    .waitFor();
  await halt('lobby');
}

function toLobby(page: Page): Promise<void> {
  return page.getByRole('link', { name: 'Games', exact: true }).click();
}

/** A game that waits for somebody, so that the list has one. */
async function leaveOpen(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'New game' }).first().click();
  await page.getByRole('link', { name: 'Connect Four', exact: true }).click();
  await page.getByLabel('Your name').fill('Ada');
  await page.getByRole('button', { name: 'Create the game' }).click();
  await page.getByLabel('Invitation link').waitFor();
}

/** A game of Werewolf to its end, and another one for as long as the player died before the day came. */
async function werewolf(page: Page, halt: (stop: Stop) => Promise<void>): Promise<void> {
  const seen = new Set<Stop>();
  const once = async (stop: Stop) => {
    if (!seen.has(stop)) await halt(stop);
    seen.add(stop);
  };
  for (let games = 0; games < MOST_GAMES && !seen.has('vote'); games++) {
    await toLobby(page);
    await begin(page, once);
    await playOn(page, once);
  }
  if (!seen.has('vote')) throw new Error(`the player died in the first night of ${MOST_GAMES} games`);
}

async function begin(page: Page, halt: (stop: Stop) => Promise<void>): Promise<void> {
  await page.getByRole('link', { name: 'New game' }).first().click();
  await page.getByRole('link', { name: 'Werewolf', exact: true }).click();
  await page.getByText('Every setting').click();
  for (const [role, count] of Object.entries(ROLES)) {
    await page.getByRole('spinbutton', { name: role, exact: true }).fill(String(count));
  }
  await until(async () => (await page.getByLabel('player_6').count()) === 0);
  await page.getByRole('button', { name: 'scripted', exact: true }).click();
  await halt('new game');
  await page.getByRole('button', { name: 'Create the game' }).click();
  await page.locator('.ring').waitFor();
}

async function playOn(page: Page, halt: (stop: Stop) => Promise<void>): Promise<void> {
  while (await isAsked(page)) {
    const composer = page.locator('.answer textarea');
    const chip = page.locator('.ring button:enabled').first();
    const option = page.locator('.action .options button').first();
    await composer.or(chip).or(option).or(result(page)).first().waitFor();
    if ((await composer.count()) > 0) {
      await composer.fill(SPEECH);
      await halt('day');
      await moving(page, () => page.getByRole('button', { name: 'Send' }).click());
    } else if ((await option.count()) > 0) {
      await halt((await page.locator('.werewolf.night').count()) > 0 ? 'night' : 'vote');
      await moving(page, () => option.click());
    }
  }
}
