import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { formats, type Manifest } from 'ludus';
import { type Measured, measured } from './exports/measured.js';

/**
 * A million steps as training data: every format from the same records, and questions in SQL over them. The records are
 * made once: tic-tac-toe by agents that speak as models do, ids of tokens and log probabilities kept, each move graded by
 * a solver. Each export is the command itself in a process of its own. `STEPS=50000 npm run bench -- export` is a small
 * run; `FORMATS=ludus,tokens` takes those alone, `RECORDS=<folder>` records that are there already.
 */
const STEPS = Number(process.env.STEPS ?? 1_000_000);
const ASKED = process.env.FORMATS?.split(',');
/** Mean length of a random game. */
const STEPS_A_GAME = 7.63;

const home = mkdtempSync(join(tmpdir(), 'ludus-bench-'));
const records = process.env.RECORDS === undefined ? join(home, 'run') : resolve(process.env.RECORDS);
const episodes = String(Math.ceil(STEPS / STEPS_A_GAME));
const AGENTS = ['--agents', 'talker,talker', '--seed', '1', '--workers', '2', '--clock', 'fixed'];

type Row = { readonly [column: string]: string | number };
const print = (rows: readonly (readonly [string, Row])[]) => console.table(Object.fromEntries(rows));

console.log(`about ${STEPS} steps, load ${loadavg()[0]?.toFixed(2)}`);
if (process.env.RECORDS === undefined) {
  print([
    ['rollout', made(['rollout', 'tic-tac-toe', '-n', episodes, ...AGENTS, '--out', records])],
    ['grade', made(['grade', records])],
  ]);
}
const ids = (await formats()).map(({ id }) => id).filter((id) => ASKED?.includes(id) ?? true);
print(ids.map((id) => [id, exported(id)]));
print(queries().map(([title, sql]) => [title, asked(sql)]));
console.log(`load ${loadavg()[0]?.toFixed(2)}`);
rmSync(home, { recursive: true });

function made(args: readonly string[]): Row {
  const { seconds, processor, most } = measured(args, home);
  const bytes = readdirSync(records).reduce((sum, name) => sum + statSync(join(records, name)).size, 0);
  return {
    seconds: seconds.toFixed(1),
    'processor s': processor.toFixed(1),
    'MB on disk': megabytes(bytes),
    'most MB': Math.round(most),
  };
}

function exported(id: string): Row {
  const out = join(home, 'out');
  const run = measured(['export', id, records, '--out', join(out, id), '--json'], home);
  const { turns, rows } = JSON.parse(run.told) as Manifest;
  const bytes = statSync(join(out, id)).size;
  rmSync(out, { recursive: true });
  console.error(`${id}: ${rows.written} rows in ${run.seconds.toFixed(0)} s`);
  return {
    turns: turns.given,
    rows: rows.written,
    seconds: run.seconds.toFixed(1),
    'processor s': run.processor.toFixed(1),
    'turns/s': Math.round(turns.given / run.seconds),
    'rows/s': Math.round(rows.written / run.seconds),
    'MB written': megabytes(bytes),
    ...memoryOf(run),
    'bytes a turn': Math.round((run.growth * 1e6) / turns.given),
  };
}

function asked(sql: string): Row {
  const run = measured(['query', sql, records, '--json'], home);
  const { rows } = JSON.parse(run.told) as { readonly rows: readonly unknown[] };
  const [seconds, processor] = [run.seconds.toFixed(1), run.processor.toFixed(1)];
  return { answers: rows.length, seconds, 'processor s': processor, ...memoryOf(run) };
}

/** The queries that the page on them shows, with their titles. */
function queries(): [title: string, sql: string][] {
  const page = readFileSync(new URL('../docs/query.md', import.meta.url), 'utf8');
  const shown = page.matchAll(/^(.+):\n\n```sh\nludus query "(.*)"$/gm);
  return [...shown].map(([, title, sql]) => [title as string, sql as string]);
}

function memoryOf({ first, last, most, growth }: Measured): Row {
  return {
    'first tenth, MB': Math.round(first),
    'last tenth, MB': Math.round(last),
    'most MB': Math.round(most),
    'growth, MB': Math.round(growth),
  };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
