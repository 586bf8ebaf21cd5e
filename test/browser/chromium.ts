import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

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
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) return 'not installed; as root: apt-get install chromium';
  apt('update');
  return apt('install', '-y', '--no-install-recommends', 'chromium');
}

/** NOTE: no sandbox and no shared memory, which are missing where root runs tests in a container. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumAtHand() ?? '',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}

function apt(...words: string[]): string | null {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { error, status, stderr } = spawnSync('apt-get', words, { encoding: 'utf8', env, timeout: 240_000 });
  if (error !== undefined) return `apt-get: ${error.message}`;
  return status === 0 ? null : `apt-get ${words[0]}: ${stderr.trim().split('\n').at(-1)}`;
}
