import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../core/errors.js';

/** Who holds a folder, as its file there says. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When its process started, in clock ticks since boot; null where the system does not tell. */
  readonly born: string | null;
  /** When it took the folder. */
  readonly since: string;
}

const ENDING = '.lock';
/** NOTE: of two that come at the same moment each may see the other and step back; chance parts them. */
const ATTEMPTS = 8;
const STEP_BACK_MS = 40;

/**
 * Takes a folder for this run alone, for two that write one folder would play every game twice. Each run lays down a
 * file of its own and only then looks for others, so that of two at least one sees the other; what a dead process left
 * is swept away. Makes the folder where there is none. Gives what lets go of it.
 * @throws UserError naming the holder when another run has the folder
 */
export async function holdFolder(path: string): Promise<() => void> {
  mkdirSync(path, { recursive: true });
  for (let attempt = 1; ; attempt++) {
    const own = layDown(path);
    const other = otherHolder(path, own);
    if (other === null) return () => rmSync(join(path, own), { force: true });
    rmSync(join(path, own), { force: true });
    if (attempt === ATTEMPTS) throw new UserError(refusal(path, ...other));
    await sleep(STEP_BACK_MS * Math.random());
  }
}

/** NOTE: renamed into place, so that nobody reads half of it. */
function layDown(path: string): string {
  const name = `in-use-${randomUUID()}${ENDING}`;
  const { pid } = process;
  const holder: Holder = { pid, host: hostname(), born: bornOf(pid), since: new Date().toISOString() };
  writeFileSync(join(path, `${name}.new`), `${JSON.stringify(holder)}\n`);
  renameSync(join(path, `${name}.new`), join(path, name));
  return name;
}

function otherHolder(path: string, own: string): [string, Holder] | null {
  for (const name of readdirSync(path)) {
    if (!name.startsWith('in-use-') || !name.endsWith(ENDING) || name === own) continue;
    const holder = readHolder(join(path, name));
    if (holder !== null && isAlive(holder)) return [name, holder];
    rmSync(join(path, name), { force: true });
  }
  return null;
}

/** Null when its run let go of it just now. */
function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** NOTE: of another machine nothing can be known, so its runs count as alive. */
function isAlive({ pid, host, born }: Holder): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  // NOTE: numbers of processes are used again; one that started at another time is another process.
  return born === null || bornOf(pid) === born;
}

/** When a process started; null when it has ended, or where the system has no /proc. SEE: proc(5), /proc/pid/stat. */
function bornOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? null : (rest[18] ?? null);
  } catch {
    return null;
  }
}

function refusal(path: string, name: string, { pid, host, since }: Holder): string {
  return (
    `${path} is in use: process ${pid} on ${host} writes there since ${since}. ` +
    `Wait until it ends, or stop it. If there is no such run any more, remove ${join(path, name)}`
  );
}
