import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch } from './chromium.js';
import { serve } from './served.js';
import setup from './setup.js';
import { type Stop, tour } from './tour.js';
import { visitor } from './visitor.js';

/** Writes the pictures of the page that the documentation shows, light and dark, from a game that is played for them. */
const FOLDER = fileURLToPath(new URL('../../docs/images', import.meta.url));
const SHOWN: { readonly [stop in Stop]?: string } = { lobby: 'lobby', vote: 'table', replay: 'replay' };

await setup();
mkdirSync(FOLDER, { recursive: true });
const [server, browser] = await Promise.all([serve('--pace', '100'), launch()]);
try {
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
} finally {
  await browser.close();
  await server.close();
}
