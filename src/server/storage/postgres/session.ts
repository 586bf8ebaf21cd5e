import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, UserError } from '../../../core/errors.js';
import { type Address, isLoss, type Link } from './link.js';
import { CREATE, LAYOUT, LOCK, OWN, OWNER } from './tables.js';

export interface SessionOptions {
  /** How long a lost connection, or another server's lock, is waited for, in milliseconds. */
  readonly patienceMs?: number;
  /** Told, in words, when the connection is lost, is there again, or is given up. */
  readonly told?: (notice: string) => void;
}

/** NOTE: outlasts a restart of PostgreSQL; players wait no longer for a move. */
const PATIENCE_MS = 20_000;
/** NOTE: a server that was killed a moment ago may still be leaving. */
const LOCK_MS = 3000;
const AGAIN_MS = 100;
/** NOTE: a statement that ends the connection each time must not be sent for ever. */
const TRIES = 5;

const USED = 'the database is in use by another server: stop that one, or name another database';
const TAKEN = 'another server has taken the matches up since';

/**
 * The one connection through which a server writes. It holds the lock, so whoever can write through it is alone. A lost
 * one is made anew and goes on only where no other server has been in between.
 */
export class Session {
  readonly #address: Address;
  readonly #patience: number;
  readonly #told: (notice: string) => void;
  readonly #owner = randomUUID();
  #link: Link;
  #mending: Promise<void> | null = null;
  #dead: Error | null = null;

  /** @throws UserError when there is no such database, or another server has it */
  static async open(address: Address, options: SessionOptions = {}): Promise<Session> {
    const link = await address.connect();
    try {
      const session = new Session(address, link, options);
      await session.#take();
      return session;
    } catch (error) {
      await link.close();
      throw error instanceof UserError ? error : new UserError(`the database cannot be used: ${messageOf(error)}`);
    }
  }

  private constructor(address: Address, link: Link, { patienceMs = PATIENCE_MS, told = () => {} }: SessionOptions) {
    this.#address = address;
    this.#link = link;
    this.#patience = patienceMs;
    this.#told = told;
  }

  /**
   * Sends a statement that may be sent twice, and waits through a lost connection.
   * @throws Error of the database, or of a connection that was given up
   */
  async query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    for (let left = TRIES; ; left--) {
      if (this.#dead !== null) throw this.#dead;
      const link = this.#link;
      try {
        return await link.query<Row>(text, values);
      } catch (error) {
        if (!isLoss(error) || left === 1) throw error;
        if (link === this.#link) this.#mending ??= this.#mend(error);
        await this.#mending;
      }
    }
  }

  async close(): Promise<void> {
    this.#dead ??= new Error('the store is closed');
    await this.#mending;
    await this.#link.close();
  }

  async #take(): Promise<void> {
    const until = Date.now() + Math.min(LOCK_MS, this.#patience);
    while (!(await this.#lock(this.#link))) {
      if (Date.now() >= until) throw new UserError(USED);
      await sleep(AGAIN_MS);
    }
    await this.#link.query(CREATE);
    const [row] = await this.#link.query<{ layout: number }>(OWN, [this.#owner, LAYOUT]);
    if (row?.layout === LAYOUT) return;
    throw new UserError(`the database is laid out as version ${row?.layout}, and this server needs version ${LAYOUT}`);
  }

  async #lock(link: Link): Promise<boolean> {
    return (await link.query<{ held: boolean }>(LOCK))[0]?.held === true;
  }

  /** Never rejects. */
  async #mend(loss: unknown): Promise<void> {
    this.#told(`the database was lost (${messageOf(loss)}); moves wait until it is there again`);
    const until = Date.now() + this.#patience;
    await this.#link.close();
    while (this.#dead === null && !(await this.#again().catch((error) => this.#later(error, until)))) {
      await sleep(AGAIN_MS);
    }
    this.#told(this.#dead === null ? 'the database is there again' : `the database is given up: ${this.#dead.message}`);
    this.#mending = null;
  }

  /** Whether there is a connection with the lock again. */
  async #again(): Promise<boolean> {
    const link = await this.#address.connect();
    try {
      if (!(await this.#lock(link))) throw new Error(USED);
      const [row] = await link.query<{ owner: string }>(OWNER);
      if (row?.owner !== this.#owner) {
        this.#dead ??= new Error(TAKEN);
        throw this.#dead;
      }
    } catch (error) {
      await link.close();
      throw error;
    }
    this.#link = link;
    return true;
  }

  #later(error: unknown, until: number): false {
    if (Date.now() >= until) this.#dead ??= new Error(messageOf(error));
    return false;
  }
}
