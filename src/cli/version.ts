import { readFileSync } from 'node:fs';

/** The version of this package. NOTE: built code lies one folder deeper than its source. */
export function version(): string {
  const root = import.meta.url.endsWith('.ts') ? '../../package.json' : '../../../package.json';
  const { version } = JSON.parse(readFileSync(new URL(root, import.meta.url), 'utf8')) as { version: string };
  return version;
}
