import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Move } from '../../src/core/space.js';
import { NOTHING, type Snapshot, TableClient } from '../client.js';
import type { Seated } from '../seated.js';

export interface AtTable {
  readonly snapshot: Snapshot;
  readonly act: (move: Move) => void;
  readonly say: (text: string) => Promise<string | null>;
  readonly pause: (wanted: boolean) => Promise<string | null>;
}

/** A place at a table for as long as the page shows it. */
export function useTable(game: string, matchID: string, seated: Seated | null): AtTable {
  const [client, setClient] = useState<TableClient | null>(null);
  useEffect(() => {
    const opened = new TableClient({ game, matchID, seated });
    setClient(opened);
    return () => opened.close();
  }, [game, matchID, seated]);
  const snapshot = useSyncExternalStore(client?.subscribe ?? deaf, client?.snapshot ?? empty);
  return {
    snapshot,
    act: client?.act ?? ignored,
    say: client?.say ?? unheard,
    pause: client?.pause ?? unheard,
  };
}

const deaf = () => () => {};
const empty = () => NOTHING;
const ignored = () => {};
const unheard = async () => 'The table is not open yet.';
