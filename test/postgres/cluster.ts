import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const DEBIAN = '/usr/lib/postgresql';
/** A password that no message may hold, with a sign that a URL writes otherwise. */
export const PASSWORD = 'hush-hush@7391';

/** The folder with initdb and postgres: what `LUDUS_POSTGRES` names, else what is installed; null without one. */
export function programsAtHand(): string | null {
  const { LUDUS_POSTGRES: named, PATH = '' } = process.env;
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const installed = [...versions.map((one) => join(DEBIAN, one, 'bin')), ...PATH.split(delimiter)];
  const places = named === undefined ? installed : [named];
  return places.find((place) => ['initdb', 'postgres'].every((name) => existsSync(join(place, name)))) ?? null;
}

/** A PostgreSQL in a temporary folder, on a port of its own. */
export class Cluster {
  readonly url: string;
  readonly #server: ChildProcess;
  readonly #home: string;

  private constructor(url: string, server: ChildProcess, home: string) {
    this.url = url;
    this.#server = server;
    this.#home = home;
  }

  static async start(programs: string): Promise<Cluster> {
    const home = mkdtempSync(join(tmpdir(), 'ludus-postgres-'));
    const who = asWhom();
    if (who.uid !== undefined) chownSync(home, who.uid, who.gid ?? 0);
    const [data, secret] = [join(home, 'data'), join(home, 'password')];
    writeFileSync(secret, PASSWORD, { mode: 0o644 });
    const making = ['-D', data, '-U', 'ludus', '-A', 'scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8', '-N'];
    execFileSync(join(programs, 'initdb'), making, { ...who, cwd: home, stdio: 'pipe' });
    const port = await freePort();
    // NOTE: these tests cut no power, so nothing waits for the disk.
    const serving = ['-D', data, '-k', home, '-h', '127.0.0.1', '-p', String(port), '-c', 'fsync=off'];
    const server = spawn(join(programs, 'postgres'), serving, {
      ...who,
      cwd: home,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await ready(server);
    const url = `postgres://ludus:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/postgres`;
    return new Cluster(url, server, home);
  }

  /** NOTE: SIGQUIT ends it at once; nothing of it is needed any more. */
  async stop(): Promise<void> {
    const gone = once(this.#server, 'exit');
    this.#server.kill('SIGQUIT');
    await gone;
    rmSync(this.#home, { recursive: true });
  }
}

/** NOTE: PostgreSQL refuses to run as root. */
function asWhom(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (option: string) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function ready(server: ChildProcess): Promise<void> {
  let told = '';
  await new Promise<void>((resolve, reject) => {
    server.stderr?.on('data', (chunk: Buffer) => {
      told += chunk.toString();
      if (told.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${told}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
