import type * as Pg from 'pg';
import { messageOf, UserError } from '../../../core/errors.js';
import { optionalPackage } from '../../../core/modules.js';

/** One connection to a database. */
export interface Link {
  /** NOTE: one after the other, for a connection asks one thing at a time. */
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Ends it. Never rejects. */
  close(): Promise<void>;
}

const CONNECT_MS = 10_000;
/** NOTE: a network that swallows everything is a loss too. */
const ANSWER_MS = 60_000;

/** Errors that are of the connection and not of what was asked. */
class Loss extends Error {}

export function isLoss(error: unknown): boolean {
  return error instanceof Loss;
}

/** Where a database is. Says nothing of a password, not even in its errors. */
export class Address {
  readonly #url: string;
  readonly #pg: typeof Pg;
  readonly #secrets: readonly string[];

  /** @throws UserError when it is no address, or the package that speaks to PostgreSQL is absent */
  constructor(url: string) {
    this.#url = url;
    this.#pg = optionalPackage<typeof Pg>('pg', '--database');
    this.#secrets = [...secretsOf(url), this.#client().password].filter(
      (one) => typeof one === 'string' && one !== '',
    ) as string[];
  }

  /** @throws UserError when it cannot be reached or lets nobody in */
  async connect(): Promise<Link> {
    const client = this.#client();
    // NOTE: what ends a connection is heard of by the next query.
    client.on('error', () => {});
    try {
      await client.connect();
    } catch (error) {
      await client.end().catch(() => {});
      throw new UserError(`the database cannot be used: ${this.#clean(messageOf(error))}`);
    }
    let last: Promise<unknown> = Promise.resolve();
    return {
      query: <Row>(text: string, values: readonly unknown[] = []) => {
        const rows = last.then(() => this.#ask<Row>(client, text, values));
        last = rows.catch(() => {});
        return rows;
      },
      close: () => client.end().catch(() => {}),
    };
  }

  async #ask<Row>(client: Pg.Client, text: string, values: readonly unknown[]): Promise<Row[]> {
    try {
      return (await client.query(text, [...values])).rows as Row[];
    } catch (error) {
      const message = this.#clean(messageOf(error));
      throw this.#isOfConnection(error) ? new Loss(message) : new Error(message);
    }
  }

  #client(): Pg.Client {
    try {
      return new this.#pg.Client({
        connectionString: this.#url,
        connectionTimeoutMillis: CONNECT_MS,
        query_timeout: ANSWER_MS,
        keepAlive: true,
        application_name: 'ludus',
      });
    } catch {
      throw new UserError('--database takes an address as in postgres://user@host:5432/name; this one cannot be read');
    }
  }

  /** SEE: postgresql.org/docs/current/errcodes-appendix.html: class 08, and 57P01 to 57P05, which end a session. */
  #isOfConnection(error: unknown): boolean {
    return !(error instanceof this.#pg.DatabaseError) || /^(08|57P)/.test(error.code ?? '');
  }

  #clean(message: string): string {
    return this.#secrets.reduce((text, secret) => text.replaceAll(secret, '***'), message);
  }
}

/** What stands in the URL where passwords stand. */
function secretsOf(url: string): (string | undefined)[] {
  return [/^\w+:\/\/[^/@:]*:([^@]*)@/.exec(url)?.[1], /[?&]password=([^&#]*)/.exec(url)?.[1]];
}
