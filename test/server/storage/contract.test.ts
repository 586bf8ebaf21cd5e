import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { openStore } from '../../../src/server/storage/open.js';
import { type Place, storeContract } from './contract.js';

describe.each([false, true])('matches in a folder (sync %s)', (sync) => storeContract(() => folder(sync)));

async function folder(sync: boolean): Promise<Place> {
  const home = mkdtempSync(join(tmpdir(), 'ludus-store-'));
  return {
    open: () => openStore(home, { sync }),
    said: async () => readdirSync(join(home, 'chats')).length,
    records: async (which) => {
      const file = join(home, 'records', which === 'open' ? '' : which, 'shard-0.jsonl');
      return existsSync(file) ? readFileSync(file, 'utf8').split(/(?<=\n)/) : [];
    },
  };
}
