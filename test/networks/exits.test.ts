import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import kuhn from '../../envs/kuhn-poker/index.js';
import { networkFolder } from '../../policies/kinds/networks.testing.js';
import { readConfig } from '../../src/core/config.js';
import { ludusIn } from '../command-line.js';

const LEAVING = fileURLToPath(new URL('leaving.testing.ts', import.meta.url));
const LOADER = import.meta.resolve('tsx');

let home: string;
let policy: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'ludus-exits-'));
  // NOTE: so wide that threads are inside a run nearly all the time.
  policy = networkFolder(home, 'wide', kuhn, readConfig(kuhn.spec), {}, [1024, 1024]);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** NOTE: a thread that is ended while a network runs in it aborts the process with code 134. */
describe('a rollout of networks in threads ends as any other', () => {
  const line = () => `rollout kuhn-poker --agents policy:${policy} --workers 2 --concurrency 50 --seed 1`;

  it('with 0 when it is done', async () => {
    const { code, out } = await ludusIn(home, `${line()} -n 300 --out done --json`);
    expect({ code, ...(JSON.parse(out) as object) }).toMatchObject({ code: 0, episodes: 300, how: { rules: 300 } });
  });

  it('with 130 after Ctrl-C, and can go on', async () => {
    const stopped = await ludusIn(home, `${line()} -n 100000 --out stopped`, { interruptAt: '%' });
    expect(stopped.code).toBe(130);
    expect(stopped.err).toContain('rollout --resume stopped');
  });

  it('with the code it exits with, whatever the threads are doing', async () => {
    const codes = await Promise.all(['a', 'b', 'c'].map((name) => leave(join(home, name))));
    expect(codes).toEqual([3, 3, 3]);
  });
});

function leave(folder: string): Promise<number | NodeJS.Signals | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', LOADER, LEAVING, policy, folder], { stdio: 'ignore' });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? signal));
  });
}
