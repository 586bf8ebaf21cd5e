import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Seat } from '../core/environment.js';
import { UserError } from '../core/errors.js';
import type { MatchAddress, SeatKey } from '../server/remote/lobby.js';
import { FolderLock } from '../server/storage/folder-lock.js';

const HOME = join('runs', 'seats');
const TOKEN = 'token';

/**
 * A seat on a server that a program of this folder took, with its token, for as long as the game lasts. While the program
 * runs no other can have it; after it was stopped, whoever asks for a seat of the match goes on in it.
 */
export class HeldSeat {
  readonly #folder: string;
  readonly #lock: FolderLock;

  private constructor(folder: string, lock: FolderLock) {
    this.#folder = folder;
    this.#lock = lock;
  }

  /** A seat of a match that no running program holds; null when there is none. @param seat the only one that will do */
  static async left(address: MatchAddress, seat: Seat | undefined): Promise<HeldSeat | null> {
    const home = homeOf(address);
    for (const name of existsSync(home) ? readdirSync(home) : []) {
      if (seat !== undefined && name !== String(seat)) continue;
      const held = await HeldSeat.#hold(join(home, name));
      if (held !== null) return held;
    }
    return null;
  }

  /** A seat that was just taken. NOTE: its token is for the eyes of this user alone. */
  static async taken(address: MatchAddress, { seat, token }: SeatKey): Promise<HeldSeat | null> {
    const folder = join(homeOf(address), String(seat));
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const held = await HeldSeat.#hold(folder);
    if (held !== null) writeFileSync(join(folder, TOKEN), token, { mode: 0o600 });
    return held;
  }

  static async #hold(folder: string): Promise<HeldSeat | null> {
    try {
      return new HeldSeat(folder, await FolderLock.take(folder));
    } catch (error) {
      if (error instanceof UserError) return null;
      throw error;
    }
  }

  /** Undefined where the program was stopped before it had one. */
  get token(): string | undefined {
    const file = join(this.#folder, TOKEN);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  }

  /** The game is over, or the seat is no longer this one's. */
  async forget(): Promise<void> {
    await this.#lock.release();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function homeOf({ server, game, match }: MatchAddress): string {
  const name = createHash('sha256')
    .update(JSON.stringify([server, game, match]))
    .digest('hex');
  return join(HOME, name.slice(0, 16));
}
