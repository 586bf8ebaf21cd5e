import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { MAIN, opened, type Served } from '../../bench/served.js';
import { UNLIMITED } from '../../bench/tables/served.js';
import { FailingStore } from './holes/failing-store.js';
import type { Hole, Setting } from './holes/hole.js';
import { integrity } from './holes/integrity.js';
import { reconnecting } from './holes/reconnecting.js';
import { robustness } from './holes/robustness.js';
import { secrecy } from './holes/secrecy.js';
import { serve } from './served.js';

/*
 * What boardgame.io's own server lets anybody do, each tried in the same way on it and on `ludus serve`, once as in
 * development and once as in production. Both run in processes of their own: some of it ends the process.
 */

const STOCK = fileURLToPath(new URL('./holes/stock.ts', import.meta.url));
const TABLES = fileURLToPath(new URL('../../bench/tables', import.meta.url));
const GAMES = 'kuhn-poker,goofspiel,werewolf,tic-tac-toe';
const folder = mkdtempSync(join(tmpdir(), 'ludus-holes-'));
const running: Served[] = [];
let kept = 0;

afterAll(async () => {
  await Promise.all(running.map((server) => server.stop()));
  rmSync(folder, { recursive: true, force: true });
});

type Open = (mode: string, setting?: Setting) => Promise<Served>;

const openStock: Open = (mode, setting) =>
  opened(['--import', 'tsx', STOCK, ...(setting === undefined ? [] : [setting.split(' ')[0] as string])], {
    cwd: TABLES,
    mode,
  });

const openOurs: Open = async (mode, setting) => {
  if (setting === 'failing storage') return openFailing();
  const where = setting === undefined ? ['--memory'] : ['--sync', '--data', join(folder, `games-${kept++}`)];
  const games = ['--environments', GAMES, '--agent', 'random'];
  return opened(['--import', 'tsx', MAIN, 'serve', '--port', '0', '--json', ...where, ...games, ...UNLIMITED], {
    cwd: TABLES,
    mode,
  });
};

/** NOTE: in this process, because no disk fails when it is told to. */
async function openFailing(): Promise<Served> {
  const { url, close } = await serve(['kuhn-poker'], { store: new FailingStore() });
  const { processor, memory } = { processor: () => 0, memory: () => 0 };
  return { url, stop: close, isAlive: () => true, processor, memory };
}

/** One server for all that does it no harm, and one for each thing that does. @param isFirm whether nothing may do it any */
function targets(
  open: Open,
  mode: string,
  isFirm: boolean,
): (hole: Pick<Hole, 'harms' | 'setting'>) => Promise<Served> {
  let shared: Promise<Served> | undefined;
  const start = async (setting?: Setting) => {
    const server = await open(mode, setting);
    running.push(server);
    return server;
  };
  return ({ harms, setting }) => {
    if ((harms === true && !isFirm) || setting !== undefined) return start(setting);
    shared ??= start();
    return shared;
  };
}

const holes = [...secrecy, ...integrity, ...reconnecting, ...robustness].map(
  (one) => [one.hole, one.says, one] as const,
);

describe.each(['development', 'production'])('%s', (mode) => {
  describe.each([
    ['stock', targets(openStock, mode, false)],
    ['ours', targets(openOurs, mode, true)],
  ] as const)('%s', (whose, target) => {
    test.each(holes)('%s: %s', async (_hole, _says, hole) => {
      const server = await target(hole);
      const seen = await hole.attack(server);
      await expect.poll(seen, { timeout: 8000 }).toEqual(hole[whose]);
    });
  });
});
