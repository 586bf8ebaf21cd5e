import { createHash } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../core/errors.js';

/**
 * Holds a folder for one process of this machine. NOTE: by an address that the system takes back when the process ends,
 * however it ends; a file with a process id in it would outlive a kill, and ids are used again.
 */
export class FolderLock {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @throws UserError when another process holds it */
  static async take(folder: string): Promise<FolderLock> {
    const address = addressOf(createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32));
    const server = (await listening(address)) ?? ((await isLeft(address)) ? await listening(address) : null);
    if (server === null) {
      throw new UserError(`${folder} is in use by another server: stop that one, or name another folder`);
    }
    server.unref();
    return new FolderLock(server);
  }

  async release(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

/** SEE: nodejs.org/api/net.html, "Identifying paths for IPC connections". */
function addressOf(name: string): string {
  if (process.platform === 'linux') return `\0ludus-${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\ludus-${name}`;
  return join(tmpdir(), `ludus-${name}.sock`);
}

/** Null when the address is taken. */
async function listening(address: string): Promise<Server | null> {
  const server = createServer((socket) => socket.destroy());
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(address, resolve);
    });
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return null;
    throw error;
  }
}

/** Whether an address is one that a killed process left, where addresses are files; such a one is removed. */
async function isLeft(address: string): Promise<boolean> {
  if (process.platform === 'linux' || process.platform === 'win32') return false;
  const answers = await new Promise<boolean>((resolve) => {
    const socket = connect(address, () => resolve(true)).on('error', () => resolve(false));
    socket.unref();
  });
  if (!answers) rmSync(address, { force: true });
  return !answers;
}
