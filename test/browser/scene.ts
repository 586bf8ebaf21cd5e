import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launch } from './chromium.js';
import { type Served, serve } from './served.js';
import { type Visitor, visitor } from './visitor.js';

export interface Scene {
  /** Where the server of this file is. */
  readonly url: () => string;
  /** Somebody comes, with a browser of their own that is closed with the test. */
  readonly comes: (name: string, options?: BrowserContextOptions) => Promise<Visitor>;
}

/** One server and one browser for all tests of a file. A test also fails on any error that a page met. */
export function scene(...options: readonly string[]): Scene {
  let server: Served;
  let browser: Browser;
  const came: Visitor[] = [];
  beforeAll(async () => {
    [server, browser] = await Promise.all([serve(...options), launch()]);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') for (const one of came) console.log(await sightOf(one));
    const faults = came.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`));
    await Promise.all(came.splice(0).map(({ context }) => context.close()));
    expect(faults).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });
  return {
    url: () => server.url,
    async comes(name, options = {}) {
      const one = await visitor(browser, name, options);
      came.push(one);
      return one;
    },
  };
}

/** What somebody had before them when a test failed. */
async function sightOf({ name, page }: Visitor): Promise<string> {
  return `${name} saw, at ${page.url()}:\n${await page.locator('body').ariaSnapshot()}`;
}
