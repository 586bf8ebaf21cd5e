import { readFileSync } from 'node:fs';

/** The module that puts the kit into a sandbox. */
export const KIT = 'kit.mjs';

/** NOTE: the kit is read as text, for it runs inside the sandbox and never here. */
const sources = new Map<string, string>();

/** The source of a module of the kit by its name, as it is imported. */
export function kitSource(name: string): string {
  let source = sources.get(name);
  if (source === undefined) {
    source = readFileSync(new URL(`./kit/${name}`, import.meta.url), 'utf8');
    sources.set(name, source);
  }
  return source;
}
