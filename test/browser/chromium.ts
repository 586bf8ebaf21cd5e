import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { aptInstall } from '../apt.js';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser to use: what `LUDUS_CHROMIUM` names, else what is installed; null without one. */
export function chromiumAtHand(): string | null {
  const { LUDUS_CHROMIUM: named } = process.env;
  const places = named === undefined ? PLACES : [named];
  return places.find((place) => existsSync(place)) ?? null;
}

/** Installs Debian's Chromium. Gives the reason where that cannot be done. */
export function install(): string | null {
  if (process.env.LUDUS_CHROMIUM !== undefined) return `there is no ${process.env.LUDUS_CHROMIUM}`;
  return aptInstall('chromium');
}

/** NOTE: no sandbox and no shared memory, which are missing where root runs tests in a container. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumAtHand() ?? '',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}
