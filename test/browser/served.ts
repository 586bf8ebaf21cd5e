import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/** `ludus serve` as a process of its own, which keeps its games in a folder of its own. */
export async function serve(...options: readonly string[]): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'ludus-browser-'));
  const line = ['serve', '--port', '0', '--json', '--data', folder, '--limit', 'requestsPerSecond=500', ...options];
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), MAIN, ...line], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.once('close', () => reject(new Error(`the server ended:\n${said}`)));
    child.stdout.once('data', (chunk: Buffer) => resolve((JSON.parse(chunk.toString()) as { url: string }).url));
  });
  return {
    url,
    async close() {
      child.kill('SIGTERM');
      await gone;
      rmSync(folder, { recursive: true });
    },
  };
}
