import type { Page } from 'playwright-core';
import type { Visitor } from './visitor.js';

/** The page that a game of so many people and agents is made on, filled in: the rest of the seats get agents. */
export interface Game {
  readonly title: string;
  /** As the list of presets begins. */
  readonly preset?: string;
  /** Seats that a server's agent takes, by label. */
  readonly agents: { readonly [seat: string]: string };
  /** What is chosen besides, by label. */
  readonly choose?: { readonly [label: string]: string };
}

/** From the lobby to the table of a new game. */
export async function create({ page, name }: Visitor, url: string, game: Game): Promise<void> {
  await page.goto(url);
  await page.getByRole('link', { name: 'New game' }).first().click();
  await page.getByRole('link', { name: game.title, exact: true }).click();
  await page.getByLabel('Your name').fill(name);
  if (game.preset !== undefined) await page.getByLabel('Start from').selectOption(game.preset);
  for (const [seat, agent] of Object.entries(game.agents)) {
    await page.getByLabel(seat, { exact: true }).selectOption(agent);
  }
  for (const [label, option] of Object.entries(game.choose ?? {})) {
    await page.getByLabel(label).selectOption({ label: option });
  }
  await page.getByRole('button', { name: 'Create the game' }).click();
  await page.getByRole('region', { name: 'Table', exact: true }).waitFor();
}

/** From the list of games to the form of a new one, filled in with an agent in every other seat. */
export async function fillIn(page: Page, title: string, agent: string, press: 'click' | 'tap'): Promise<void> {
  await page.locator('main').getByRole('link', { name: 'New game' }).first()[press]();
  await page.locator('main').getByRole('link', { name: title, exact: true })[press]();
  await page.getByLabel('Your name').fill('Ada');
  const all = page.getByRole('button', { name: agent, exact: true });
  const other = page.getByLabel('player_1', { exact: true });
  await page.getByRole('button', { name: 'Create the game' }).waitFor();
  if ((await all.count()) > 0) await all[press]();
  else if ((await other.count()) > 0) await other.selectOption(agent);
}

/** The invitation link as the waiting room shows it. */
export function invitation({ page }: Visitor): Promise<string> {
  return page.getByLabel('Invitation link').inputValue();
}

/** Comes by a link and takes a seat. */
export async function joinBy({ page, name }: Visitor, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
}

/** The heading of the result. */
export function result(page: Page) {
  return page.locator('section.over h2');
}

/** Whether the page asks for a move. */
export function turn(page: Page) {
  return page.getByRole('heading', { name: 'Your turn' });
}

/** Waits until it is somebody's turn or the game is over: true for a turn. */
export async function isAsked(page: Page): Promise<boolean> {
  await turn(page).or(result(page)).first().waitFor();
  return (await result(page).count()) === 0;
}

/** Does something that is a move, and waits until the page shows that it was taken. */
export async function moving(page: Page, move: () => Promise<void>): Promise<void> {
  const shown = () => page.locator('main').textContent();
  const before = await shown();
  await move();
  await until(async () => {
    const now = await shown();
    return now !== before && now?.includes('Your move is on its way') !== true;
  });
}

/** Waits until something is so. @throws Error when it is not so in twenty seconds */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`twenty seconds passed before it was so: ${isSo}`);
}
