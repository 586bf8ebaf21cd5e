import { useMemo, useSyncExternalStore } from 'react';

/** The parts of an address after `#/`, decoded. */
export function partsOf(hash: string): readonly string[] {
  const path = hash.replace(/^#?\/?/, '');
  return path === '' ? [] : path.split('/').map(decoded);
}

/** A link within the page. */
export function linkTo(...parts: readonly string[]): string {
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}

export function goTo(...parts: readonly string[]): void {
  window.location.hash = linkTo(...parts);
}

/** A link to the same place for somebody else. */
export function fullLink(...parts: readonly string[]): string {
  return new URL(linkTo(...parts), window.location.href).href;
}

export function useAddress(): readonly string[] {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => partsOf(hash), [hash]);
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
