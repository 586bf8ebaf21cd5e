import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { chromiumAtHand, install } from './chromium.js';

/** Once before all tests: a browser where one can be had, and the page as it is now. */
export default async function setup(): Promise<void> {
  const trouble = chromiumAtHand() === null ? install() : null;
  if (chromiumAtHand() === null) {
    console.log(`not run: chromium (${trouble}). Install Chromium, or name one: LUDUS_CHROMIUM=/path/to/chromium`);
    return;
  }
  await build({ configFile: fileURLToPath(new URL('../../web/vite.config.ts', import.meta.url)), logLevel: 'warn' });
}
