import pg from 'pg';
import { describe, inject } from 'vitest';

/** A suite that is skipped where there is no PostgreSQL. */
export const withPostgres: (name: string, suite: () => void) => void = describe.skipIf(inject('postgres') === null);

/** An empty database of a test's own, seen from beside the server. */
export class Database {
  readonly url: string;

  private constructor(url: string) {
    this.url = url;
  }

  static async make(name: string): Promise<Database> {
    const all = new Database(inject('postgres') as string);
    await all.rows(`CREATE DATABASE ${name}`);
    return new Database(all.url.replace(/postgres$/, name));
  }

  async rows<Row extends object>(text: string): Promise<Row[]> {
    const client = new pg.Client(this.url);
    await client.connect();
    try {
      return (await client.query<Row>(text)).rows;
    } finally {
      await client.end();
    }
  }

  /** Record lines of a table, newlines included, in the order they were stored. */
  async records(table = 'ludus_records'): Promise<string[]> {
    const rows = await this.rows<{ record: string }>(`SELECT record FROM ${table} ORDER BY stored`);
    return rows.map(({ record }) => `${record}\n`);
  }

  /** Lets nobody in any more, or again. */
  async open(isOpen: boolean): Promise<void> {
    const name = new URL(this.url).pathname.slice(1);
    await new Database(inject('postgres') as string).rows(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${isOpen}`);
  }

  /** Ends all connections of servers to it, so many times. */
  async cut(times = 1): Promise<void> {
    const name = new URL(this.url).pathname.slice(1);
    await new Database(inject('postgres') as string).rows(`DO $$ BEGIN FOR cut IN 1..${times} LOOP
      PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND application_name = 'ludus';
      PERFORM pg_stat_clear_snapshot(), pg_sleep(0.03);
    END LOOP; END $$`);
  }
}
