import type { MatchStore } from '../matches/store.js';
import { type JournalOptions, JournalStore } from './journal-store.js';
import { PostgresStore } from './postgres/store.js';

/** Opens what a folder or the URL of a PostgreSQL database names. @throws UserError when it cannot be had */
export function openStore(where: string, options: JournalOptions = {}): Promise<MatchStore> {
  const { told } = options;
  return isDatabase(where)
    ? PostgresStore.open(where, told === undefined ? {} : { told })
    : JournalStore.open(where, options);
}

export function isDatabase(where: string): boolean {
  return /^postgres(ql)?:\/\//.test(where);
}
