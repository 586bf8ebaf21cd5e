import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumAtHand, launch } from './chromium.js';
import { create, invitation, isAsked, joinBy, moving, result } from './play.js';
import { type Served, serve } from './served.js';
import { type Visitor, visitor } from './visitor.js';

/** Two people and two agents: a wolf, a seer and two villagers. */
const FOUR = {
  title: 'Werewolf',
  preset: 'lspo-4',
  agents: { player_2: 'scripted', player_3: 'scripted' },
} as const;

describe.skipIf(chromiumAtHand() === null)('Werewolf at four seats, two people in two browsers', () => {
  let server: Served;
  let browser: Browser;
  const came: Visitor[] = [];
  beforeAll(async () => {
    [server, browser] = await Promise.all([serve('--pace', '200', '--environments', 'werewolf'), launch()]);
  });
  afterEach(async () => {
    const faults = came.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`));
    await Promise.all(came.splice(0).map(({ context }) => context.close()));
    expect(faults).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  const comes = async (name: string) => {
    const one = await visitor(browser, name);
    came.push(one);
    return one;
  };

  test('goes from the lobby by an invitation to nights, speeches, votes and the result', async () => {
    const [ada, bo] = [await comes('Ada'), await comes('Bo')];
    await create(ada, server.url, FOUR);
    await ada.page.getByText('One seat is open.').waitFor();
    await joinBy(bo, await invitation(ada));
    await Promise.all([ada, bo].map(playOn));

    for (const { page } of [ada, bo]) {
      expect(await result(page).innerText()).toMatch(/^The game is over: /);
      const rows = page.locator('section.over tbody tr');
      expect(await rows.count()).toBe(4);
      expect(await page.locator('.ring .known').count()).toBe(4);
    }
    const heard = await bo.page.locator('.story').innerText();
    const spoke = [ada, bo].filter(({ name }) => heard.includes(speechOf(name)));
    expect(spoke.length, 'at most one of four dies in the first night').toBeGreaterThanOrEqual(1);
  });
});

/** Plays whatever is asked, by clicks and by typing, to the end. */
async function playOn({ page, name }: Visitor): Promise<void> {
  while (await isAsked(page)) {
    const composer = page.locator('.answer textarea');
    const chip = page.locator('.ring button:enabled').first();
    await composer.or(chip).or(result(page)).first().waitFor();
    if ((await composer.count()) > 0) {
      await composer.fill(speechOf(name));
      await moving(page, () => page.getByRole('button', { name: 'Send' }).click());
    } else if ((await chip.count()) > 0) await moving(page, () => chip.click());
  }
}

function speechOf(name: string): string {
  return `This is ${name}, and I am <b>no</b> wolf.`;
}
