import { buildConnector, Client } from 'undici';

/**
 * Connections to servers that are kept, one call at a time on each. There are as many as there are calls at once.
 * NOTE: undici's pool looks at every connection to find a free one, which at a thousand costs more than a request.
 */
export class Lines {
  // NOTE: shared, so that all of them resume the same TLS session.
  readonly #connect = buildConnector({});
  readonly #free = new Map<string, Client[]>();
  readonly #all = new Set<Client>();

  /** A connection that nobody uses now. */
  take(origin: string): Client {
    const free = this.#free.get(origin)?.pop();
    if (free !== undefined) return free;
    // NOTE: the deadline of a call covers headers and body; undici's own limits would only cut long thoughts short.
    const client = new Client(origin, { connect: this.#connect, headersTimeout: 0, bodyTimeout: 0 });
    this.#all.add(client);
    return client;
  }

  /** Takes a connection back after a whole reply. */
  giveBack(origin: string, client: Client): void {
    const free = this.#free.get(origin);
    if (free === undefined) this.#free.set(origin, [client]);
    else free.push(client);
  }

  /** Ends a connection on which something went wrong. */
  drop(client: Client): void {
    this.#all.delete(client);
    void client.destroy();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all].map((client) => client.destroy()));
    this.#all.clear();
    this.#free.clear();
  }
}
