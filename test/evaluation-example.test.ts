import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parquetMetadata } from 'hyparquet';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gradesBeside, readAnnotations } from '../replays/annotations.js';
import { formats } from '../replays/formats.js';
import { readRecords } from '../replays/read.js';
import { reportOf } from '../src/arena/report/report.js';
import { gamesAt } from '../src/arena/report/source.js';
import { generous } from './llm-agents/obliging.js';
import { type ModelServer, startModelServer } from './model-server/server.js';

const EXAMPLE = fileURLToPath(new URL('../examples/evaluation.sh', import.meta.url));
const FORMATS = await formats();

let server: ModelServer;
let home: string;
let told: string;
beforeAll(async () => {
  server = await startModelServer(generous);
  home = mkdtempSync(join(tmpdir(), 'ludus-example-'));
  const run = promisify(execFile)('sh', [EXAMPLE, `${server.origin}/v1`, 'out'], { cwd: home });
  told = (await run).stdout;
}, 180_000);
afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

async function idsIn(folder: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const read of readRecords(folder)) {
    if ('problem' in read) throw new Error(read.problem);
    ids.push(read.record.id);
  }
  return ids.sort();
}

it('plays every game of the plan with the model', async () => {
  expect(await idsIn(join(home, 'out/games'))).toHaveLength(24);
  expect(server.received.length).toBeGreaterThan(30);
});

it("reports on that run's games", async () => {
  const source = await gamesAt(join(home, 'out/games'));
  expect(source.games.map(({ record }) => record).sort()).toEqual(await idsIn(join(home, 'out/games')));
  expect(told).toMatch(/^out\/report\.html: 24 games, /m);
  const page = readFileSync(join(home, 'out/report.html'), 'utf8');
  const shown = [...page.matchAll(/id="game-(\w+)"/g)].map(([, id]) => id as string);
  expect(shown.length).toBeGreaterThan(0);
  const grades = (await Promise.all(gradesBeside(join(home, 'out/games')).map((file) => readAnnotations(file)))).flat();
  const { upsets, mistakes, standings } = reportOf(source, grades);
  expect(shown.sort()).toEqual([...new Set([...upsets, ...mistakes].map(({ record }) => record))].sort());
  for (const { name, conduct } of standings) expect(page).toMatch(new RegExp(`${name}.*>${conduct.turns}</td>`));
});

it.each(FORMATS)('has rows of $id', ({ id, encoding }) => {
  const file = join(home, 'out', id, 'rows');
  const bytes = readFileSync(file);
  const rows =
    encoding?.ending === '.parquet'
      ? Number(parquetMetadata(new Uint8Array(bytes).buffer).num_rows)
      : bytes.toString('utf8').split('\n').length - 1;
  expect(rows).toBeGreaterThan(0);
});
