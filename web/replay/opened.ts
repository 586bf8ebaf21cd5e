import { useSyncExternalStore } from 'react';
import { FileLines } from './file-lines.js';

/** A file that somebody opened. It stays open until the page is left, whichever of its records is looked at. */
export interface Opened {
  readonly name: string;
  readonly lines: FileLines;
  readonly complete: boolean;
  /** Why the rest of it could not be read. */
  readonly problem: string | null;
}

let opened: Opened | null = null;
let stop = new AbortController();
const listeners = new Set<() => void>();

/** Opens a file and looks through it; an older one is let go of. */
export function openFile(file: File): void {
  stop.abort();
  stop = new AbortController();
  const { signal } = stop;
  const lines = new FileLines(file);
  const show = (news: Partial<Opened>) => {
    if (signal.aborted) return;
    opened = { name: file.name, lines, complete: false, problem: null, ...news };
    for (const listener of listeners) listener();
  };
  show({});
  lines
    .scan(() => show({}), signal)
    .then(
      () => show({ complete: true }),
      () => show({ complete: true, problem: 'The file could not be read to its end; it may have changed meanwhile.' }),
    );
}

export function useOpened(): Opened | null {
  return useSyncExternalStore(subscribe, () => opened);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
