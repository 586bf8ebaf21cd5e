import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

/** Somebody with a browser of their own: what they did not write down, nobody else's page knows. */
export interface Visitor {
  readonly name: string;
  readonly page: Page;
  readonly context: BrowserContext;
  /** Every packet that the server sent to a table of theirs, as it came. */
  readonly frames: string[];
  /** What went wrong in the page. */
  readonly faults: string[];
}

/** NOTE: a cut line is what some tests make, and the browser writes each attempt over it down as an error. */
const CUT = /ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|WebSocket connection/;

export async function visitor(browser: Browser, name: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const frames: string[] = [];
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error' && !CUT.test(line.text())) faults.push(line.text());
  });
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))));
  page.on('response', (response) => {
    if (!response.url().includes('/socket.io/')) return;
    // NOTE: the body of an answer that the page no longer waits for is gone.
    response.text().then(
      (text) => frames.push(...text.split('\u001e')),
      () => undefined,
    );
  });
  return { name, page, context, frames, faults };
}
