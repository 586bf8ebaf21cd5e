import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Catalogue } from '../../src/core/catalogue.js';
import { launch } from './chromium.js';
import { answerOnFace, hasFace } from './on-face.js';
import { fillIn, isAsked } from './play.js';
import { serve } from './served.js';
import setup from './setup.js';
import { PHONE } from './taps.js';
import { type Stop, tour } from './tour.js';
import { visitor } from './visitor.js';

/**
 * Writes the pictures of the page that the documentation shows, from games that are played for them: pages light and
 * dark, and the face of each game as a phone shows it.
 */
const FOLDER = fileURLToPath(new URL('../../docs/images', import.meta.url));
const SHOWN: { readonly [stop in Stop]?: string } = { lobby: 'lobby', vote: 'table', replay: 'replay' };
/** After so many turns of the player a table has something to see. */
const TURNS = 3;
/** A phone as high as any face, so that each is seen whole. */
const TALL = { width: PHONE.viewport.width, height: 1400 };

await setup();
mkdirSync(FOLDER, { recursive: true });
const [server, browser] = await Promise.all([serve('--pace', '100'), launch()]);
try {
  await pages();
  for (const { spec } of await new Catalogue().all()) if (hasFace(spec.id)) await face(spec.id, spec.title);
} finally {
  await browser.close();
  await server.close();
}

async function pages(): Promise<void> {
  const ada = await visitor(browser, 'Ada', { viewport: { width: 1200, height: 860 } });
  await tour(ada, server.url, async (stop) => {
    const name = SHOWN[stop];
    if (name === undefined) return;
    await ada.page.mouse.wheel(0, -10_000);
    for (const colorScheme of ['light', 'dark'] as const) {
      await ada.page.emulateMedia({ colorScheme });
      await ada.page.screenshot({ path: `${FOLDER}/${name}-${colorScheme}.png` });
    }
    await ada.page.emulateMedia({ colorScheme: 'light' });
  });
}

/** A table after some turns, or the last one at which its player was asked; else at the end. */
async function face(id: string, title: string): Promise<void> {
  const { page, context } = await visitor(browser, 'Ada', { ...PHONE, viewport: TALL });
  await page.goto(server.url);
  await fillIn(page, title, 'scripted', 'tap');
  await page.getByRole('button', { name: 'Create the game' }).tap();
  const picture = () => page.locator('.seen').screenshot({ path: `${FOLDER}/face-${id}.png` });
  if (!(await isAsked(page))) await picture();
  for (let turn = 0; turn <= TURNS && (await isAsked(page)); turn++) {
    await picture();
    await answerOnFace(page, turn);
  }
  await context.close();
}
