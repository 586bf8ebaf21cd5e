import { describe, expect, test } from 'vitest';
import { chromiumAtHand } from './chromium.js';
import { create, invitation, isAsked, joinBy, moving, result, until } from './play.js';
import { scene } from './scene.js';
import { eventsOf, wordsIn } from './told.js';
import type { Visitor } from './visitor.js';

/** Two people and two agents: a wolf, a seer and two villagers. */
const FOUR = {
  title: 'Werewolf',
  preset: 'lspo-4',
  agents: { player_2: 'scripted', player_3: 'scripted' },
} as const;
const ROLES = ['werewolf', 'seer', 'villager'];

describe.skipIf(chromiumAtHand() === null)('Werewolf at four seats, two people in two browsers', () => {
  const { url, comes } = scene('--pace', '200', '--environments', 'werewolf');

  const sitDown = async () => {
    const [ada, bo] = [await comes('Ada'), await comes('Bo')];
    await create(ada, url(), FOUR);
    await ada.page.getByText('One seat is open.').waitFor();
    await joinBy(bo, await invitation(ada));
    return [ada, bo] as const;
  };

  test('goes from the lobby by an invitation to nights, speeches, votes and the result', async () => {
    const both = await sitDown();
    const eve = await comes('Eve');
    await eve.page.goto(url());
    await eve.page.getByRole('link', { name: /^Watch: Werewolf/ }).click();
    await Promise.all(both.map(playOn));

    for (const { page } of [...both, eve]) {
      await result(page).waitFor();
      expect(await result(page).textContent()).toMatch(/^The game is over: /);
      expect(await page.locator('section.over tbody tr').count()).toBe(4);
      expect(await page.locator('.ring .known').count()).toBe(4);
      const heard = (await page.locator('.story').textContent()) ?? '';
      const spoke = both.filter(({ name }) => heard.includes(speechOf(name)));
      expect(spoke.length, 'at most one of four dies in the first night').toBeGreaterThanOrEqual(1);
    }
    for (const one of [...both, eve]) await expectSecrets(one);
  });

  test('goes on where it was after the page was loaded anew and after the line was cut', async () => {
    const [ada, bo] = await sitDown();
    const others = playOn(bo);
    await ada.page.reload();
    await roleOf(ada).waitFor();
    const cut = async () => {
      await ada.context.setOffline(true);
      await ada.page.getByText('connection lost, trying again…').waitFor();
      await ada.context.setOffline(false);
      await ada.page.getByText('connected', { exact: true }).waitFor();
    };
    await cut();
    await Promise.all([playOn(ada), others]);
    await ada.page.reload();
    await result(ada.page).waitFor();
    expect(await ada.page.locator('.ring .known').count()).toBe(4);
  });

  test('has a rematch for both, and a replay in which others go on from any moment', async () => {
    const both = await sitDown();
    await Promise.all(both.map(playOn));
    const [ada, bo] = both;
    await ada.page.getByRole('button', { name: 'Play again', exact: true }).click();
    await result(ada.page).waitFor({ state: 'detached' });
    await bo.page.getByRole('button', { name: /^(Join the rematch|Play again)$/ }).click();
    await result(bo.page).waitFor({ state: 'detached' });
    await Promise.all(both.map(playOn));

    await ada.page.getByRole('link', { name: 'See the replay' }).click();
    await ada.page.getByText('What if others went on from here?').click();
    await ada.page.getByLabel('Games').fill('2');
    await ada.page.getByRole('button', { name: 'Play on' }).click();
    await ada.page.getByText('2 forks, newest first').waitFor();
    await ada.page.getByRole('button', { name: 'Compare' }).first().click();
    await ada.page.getByRole('button', { name: 'Take away' }).first().waitFor();
    await ada.page
      .getByRole('row', { name: /^From step/ })
      .first()
      .getByRole('link')
      .click();
    await ada.page.getByRole('link', { name: /^forked at step/ }).waitFor();
  });

  test('lets an agent sit in for somebody who went away, and gives the seat back', async () => {
    const ada = await comes('Ada');
    const bo = await comes('Bo');
    await create(ada, url(), { ...FOUR, choose: { 'An agent sits in for the absent after': '15 s' } });
    const link = await invitation(ada);
    await joinBy(bo, link);
    await roleOf(bo).waitFor();
    await bo.page.goto('about:blank');
    await until(
      async () => (await ada.page.locator('.ring').textContent())?.includes('scripted plays for them') === true,
    );
    await bo.page.goto(link);
    await roleOf(bo).waitFor();
    await until(async () => (await ada.page.locator('.ring').textContent())?.includes('plays for them') === false);
    await Promise.all([ada, bo].map(playOn));
  });

  test('stands still while both want a pause', async () => {
    const [ada, bo] = await sitDown();
    await ada.page.getByRole('button', { name: 'Ask for a pause' }).click();
    await ada.page.getByText('Not yet: player_1 (Bo).').waitFor();
    await bo.page.getByRole('button', { name: 'Agree to a pause' }).click();
    for (const { page } of [ada, bo]) await page.getByText('The game is paused.').waitFor();
    await ada.page.getByRole('button', { name: 'Go on' }).click();
    await bo.page.getByText('The game is paused.').waitFor({ state: 'detached' });
    await Promise.all([ada, bo].map(playOn));
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

/** What its face tells a player of their own role. */
function roleOf({ page }: Visitor) {
  return page.locator('.werewolf .role');
}

function speechOf(name: string): string {
  return `This is ${name}, and I am <b>no</b> wolf.`;
}

/** No role of anybody else came over the line before the end, where all of them did. */
async function expectSecrets({ page, frames }: Visitor): Promise<void> {
  const own = page.locator('.werewolf .role strong');
  const role = (await own.count()) > 0 ? await own.textContent() : null;
  const events = eventsOf(frames);
  const end = events.findIndex(isEnd);
  expect(end, 'the end came over the line').toBeGreaterThan(0);
  const wordsOf = (told: readonly unknown[]) => told.flatMap((event) => wordsIn(event, ROLES));
  // NOTE: a seer finds wolves; and the game is called like one of its roles.
  const may = role === 'seer' ? [role, 'werewolf'] : [role];
  const known = wordsOf(events.slice(0, end)).filter(
    ({ word, path }) => !may.includes(word) && !path.endsWith('/environment'),
  );
  expect(known).toEqual([]);
  expect(new Set(wordsOf(events.slice(end)).map(({ word }) => word))).toEqual(new Set(ROLES));
}

/** Whether a packet brings the view of a game that is over, in which all roles are shown. */
function isEnd(event: unknown): boolean {
  return JSON.stringify(event).includes('"phase":"over"');
}
