import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Measured, measure } from './doors/measure.js';
import { aviary, mcp, OURS, openenv, STEPS, THEIRS } from './doors/players.js';
import { MAIN, opened } from './served.js';

/**
 * Steps a second through each door, over one socket and over many, beside the reference servers in Python where there is
 * a Python that has them: `INTEROP_PYTHON` names one, else that which `npm run test:interop` made is taken. Server and
 * clients are a process each; both servers are asked by the same client for a call of a tool that takes next to no
 * work, so what is measured is the door.
 */
const SECONDS = Number(process.env.SECONDS ?? 6);
const SOCKETS = (process.env.SOCKETS ?? '1,256').split(',').map(Number);
const CASES = process.env.CASES?.split(',');

/** An environment whose episodes are long enough. */
const LONG = `${OURS.name};config.maxSteps=${2 * STEPS}`;
const HERE = fileURLToPath(new URL('./doors', import.meta.url));
const PROGRAMS = fileURLToPath(new URL('../test/interop/python', import.meta.url));
const MADE = fileURLToPath(new URL('../node_modules/.cache/ludus-interop/venv/bin/python', import.meta.url));
const PYTHON = process.env.INTEROP_PYTHON ?? (existsSync(MADE) ? MADE : null);

const ludus = (door: string) => () =>
  opened(
    [
      '--import',
      'tsx',
      MAIN,
      'serve',
      '--port',
      '0',
      '--json',
      '--memory',
      '--environments',
      OURS.name,
      '--door',
      door,
    ],
    { cwd: HERE },
  );
const reference = (program: string) => () =>
  opened([`${PROGRAMS}/${program}`], { cwd: HERE, program: PYTHON as string });

const doors: readonly Measured[] = [
  { what: 'aviary: Ludus', open: ludus('aviary'), path: `/aviary/${LONG}`, protocol: aviary(OURS) },
  { what: 'aviary: fhaviary', open: reference('aviary_server.py'), path: '', protocol: aviary(THEIRS) },
  { what: 'openenv: Ludus', open: ludus('openenv'), path: `/openenv/${LONG}`, protocol: openenv },
  { what: 'openenv: openenv-core', open: reference('openenv_server.py'), path: '', protocol: openenv },
  { what: 'mcp: Ludus', open: ludus('mcp'), path: '/mcp', protocol: mcp },
];

const rows: { [what: string]: object } = {};
for (const sockets of SOCKETS)
  for (const door of doors) {
    if (CASES !== undefined && !CASES.includes(door.what)) continue;
    const row = `${door.what}, ${sockets} ${sockets === 1 ? 'socket' : 'sockets'}`;
    try {
      rows[row] = await measure(door, { sockets, seconds: SECONDS });
      console.log(row, JSON.stringify(rows[row]));
    } catch (error) {
      console.log(`not run: ${row} (${String(error)})`);
    }
  }
console.table(rows);
