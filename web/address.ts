import { useMemo, useSyncExternalStore } from 'react';

/** The parts of an address after `#/`, decoded; what stands after a `?` is none of them. */
export function partsOf(hash: string): readonly string[] {
  const path = hash.replace(/^#?\/?/, '').replace(/\?.*$/s, '');
  return path === '' ? [] : path.split('/').map(decoded);
}

/** A link within the page. */
export function linkTo(...parts: readonly string[]): string {
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}

/** What an address says after its `?`. */
export function queryOf(hash: string): URLSearchParams {
  const at = hash.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : hash.slice(at + 1));
}

/** Says something else after the `?` of the page's address, without a step in the browser's history. */
export function setQuery(query: URLSearchParams): void {
  const [path] = window.location.hash.split('?');
  const text = query.toString();
  window.history.replaceState(window.history.state, '', `${path === '' ? '#/' : path}${text === '' ? '' : `?${text}`}`);
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
