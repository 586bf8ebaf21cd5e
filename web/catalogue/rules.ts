import { useEffect, useState } from 'react';
import type { JsonObject } from '../../src/core/json.js';
import type { Configured } from '../../src/server/lobby/wire.js';
import { rules } from '../api.js';
import { type Loaded, useLoaded } from '../loaded.js';

const SETTLED_MS = 250;

/**
 * What a configuration means, asked once it has settled; why it is none, otherwise. While the next is asked for, the
 * last one stays.
 */
export function useRules(id: string, config: JsonObject | null): Loaded<Configured> {
  const asked = useSettled(JSON.stringify(config ?? {}));
  const { loaded } = useLoaded((signal) => rules(id, JSON.parse(asked) as JsonObject, signal), `${id} ${asked}`);
  const [last, setLast] = useState(loaded);
  useEffect(() => {
    if (loaded.is !== 'loading') setLast(loaded);
  }, [loaded]);
  if (config === null) return { is: 'failed', text: 'The configuration is not complete yet.' };
  return loaded.is === 'loading' ? last : loaded;
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
