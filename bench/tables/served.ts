import { fileURLToPath } from 'node:url';
import { MAIN, opened, type Served } from '../served.js';

/** The folder where `ludus.config.json` names the agents of this benchmark. */
const HERE = fileURLToPath(new URL('.', import.meta.url));
/** Options that lift the limits: all that is sent here comes from one address. */
export const UNLIMITED = [
  'matches',
  'matchesPerAddress',
  'connectionsPerAddress',
  'requestsPerSecond',
  'messagesPerSecond',
].flatMap((name) => ['--limit', `${name}=1000000`]);
/** `ludus serve` as anybody starts it. @param keep where games are kept; in memory alone when absent */
export function serveLudus(keep?: string): Promise<Served> {
  const where = keep === undefined ? ['--memory'] : ['--data', keep];
  const games = ['--environments', 'tic-tac-toe,marks', '--agent', 'slow'];
  return opened(['--import', 'tsx', MAIN, 'serve', '--port', '0', '--json', ...where, ...games, ...UNLIMITED], {
    cwd: HERE,
  });
}

export function serveStock(): Promise<Served> {
  return opened([`${HERE}stock.mjs`], { cwd: HERE });
}
