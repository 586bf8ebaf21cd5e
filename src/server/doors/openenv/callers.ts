import { Refused } from '../../wire/refused.js';
import type { House } from '../door.js';
import type { Client } from './client.js';

interface Caller {
  readonly client: Client;
  readonly idle: NodeJS.Timeout;
}

/** Clients that come by single requests and say by an id who they are. */
export class Callers {
  readonly #house: House;
  readonly #idleMs: number;
  readonly #known = new Map<string, Caller>();

  /** @param idleMs milliseconds after which a client that asks nothing is let go */
  constructor(house: House, idleMs: number) {
    this.#house = house;
    this.#idleMs = idleMs;
  }

  /** @throws Refused when there are too many */
  add(client: Client): Client {
    const { most } = this.#house.sessions;
    if (this.#known.size >= most) throw new Refused('full', `there are ${most} open sessions; close one`);
    const idle = setTimeout(() => this.#quiet(client), this.#idleMs).unref();
    this.#known.set(client.id, { client, idle });
    return client;
  }

  /** The client of an id, which counts as heard now. */
  get(id: string): Client | undefined {
    const caller = this.#known.get(id);
    caller?.idle.refresh();
    return caller?.client;
  }

  /** Lets a client go. Gives whether there was one. */
  async close(id: string): Promise<boolean> {
    const caller = this.#known.get(id);
    if (caller === undefined) return false;
    this.#known.delete(id);
    clearTimeout(caller.idle);
    await caller.client.leave();
    return true;
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#known.keys()].map((id) => this.close(id)));
  }

  /** NOTE: who is being kept waiting cannot ask anything. */
  #quiet(client: Client): void {
    if (client.waiting > 0) this.get(client.id);
    else this.close(client.id).catch(this.#house.problem);
  }
}
