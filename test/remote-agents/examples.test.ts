import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ludusIn } from '../command-line.js';
import { type Example, runExample } from './examples.js';

/** Plays two games against an agent of the page. Gives their result. */
async function games(agent: string, example: Example): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'ludus-example-'));
  try {
    const { out } = await ludusIn(folder, `rollout tic-tac-toe -n 2 --workers 1 --agents ${agent},random --json`);
    return JSON.parse(out);
  } finally {
    example.close();
    rmSync(folder, { recursive: true });
  }
}

const hasPython = spawnSync('python3', ['--version']).status === 0;

describe('the agents that the page shows', () => {
  it('in JavaScript play', { timeout: 60_000 }, async () => {
    const example = await runExample('js', process.execPath, ['--input-type=module', '--eval']);
    const result = await games(`remote:ws://127.0.0.1:${example.port}`, example);
    expect(result).toMatchObject({ episodes: 2, how: { rules: 2 } });
  });

  it.skipIf(!hasPython)('in Python play', { timeout: 60_000 }, async () => {
    const example = await runExample('python', 'python3', ['-c']);
    const result = await games(`remote:http://127.0.0.1:${example.port}/`, example);
    expect(result).toMatchObject({ episodes: 2, how: { rules: 2 } });
  });
});
