import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readRecords } from '../../../replays/read.js';
import { survivesKills } from './killed.js';

it('kill -9 at twenty moments under play: nothing acknowledged or seen is lost, nothing is there twice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ludus-kill-'));
  const records = async () => {
    const lines: string[] = [];
    for await (const line of readRecords(join(folder, 'records'))) {
      if ('problem' in line) throw new Error(line.problem);
      lines.push(line.text);
    }
    return lines;
  };
  const told = await survivesKills(folder, 20, records);
  expect(readdirSync(join(folder, 'journals'))).toEqual([]);
  expect(told).toMatch(/^20 kills/);
}, 600_000);
