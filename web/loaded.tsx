import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { Refused } from './api.js';

export type Loaded<T> =
  | { readonly is: 'loading' }
  | { readonly is: 'failed'; readonly text: string }
  | { readonly is: 'ready'; readonly value: T };

/**
 * What a request brings. A new `key` asks anew; `again` asks once more and keeps what is there until the answer comes.
 * @param key what the request depends on
 */
export function useLoaded<T>(
  load: (signal: AbortSignal) => Promise<T>,
  key: string,
): { readonly loaded: Loaded<T>; readonly again: () => void } {
  const [held, setHeld] = useState<{ readonly key: string; readonly round: number; readonly loaded: Loaded<T> }>();
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });
  useEffect(() => {
    const stop = new AbortController();
    const keep = (loaded: Loaded<T>) => {
      if (!stop.signal.aborted) setHeld({ key, round, loaded });
    };
    latest.current(stop.signal).then(
      (value) => keep({ is: 'ready', value }),
      (error: unknown) => keep({ is: 'failed', text: textOf(error) }),
    );
    return () => stop.abort();
  }, [key, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return { loaded: held?.key === key ? held.loaded : { is: 'loading' }, again };
}

/** What went wrong, for people. */
export function textOf(error: unknown): string {
  return error instanceof Refused ? error.message : 'The page met a fault of its own; loading it again may help.';
}

/** Shows what was loaded, or why it was not. */
export function Show<T>({
  loaded,
  children,
}: {
  readonly loaded: Loaded<T>;
  readonly children: (value: T) => ReactNode;
}) {
  switch (loaded.is) {
    case 'loading':
      return <p className="quiet">Loading…</p>;
    case 'failed':
      return (
        <p className="notice wrong" role="alert">
          {loaded.text}
        </p>
      );
    case 'ready':
      return children(loaded.value);
  }
}
