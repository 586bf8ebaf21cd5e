import { z } from 'zod';
import { readAssignment, readFields } from '../../src/core/config.js';
import { UserError } from '../../src/core/errors.js';
import type { JsonObject } from '../../src/core/json.js';

const SETTINGS = z.strictObject({
  timeoutMs: z.int().min(1).max(86_400_000).default(60_000),
  agents: z.int().min(1).max(10_000).default(64),
  keyEnv: z.string().exactOptional(),
});

/** What the argument of a remote agent says. */
export interface Remote {
  readonly url: URL;
  /** Milliseconds for one answer, where the table leaves no less. */
  readonly timeoutMs: number;
  /** How many of them may be in a game at once. */
  readonly agents: number;
  /** The variable that holds the key that is shown there; no key where absent. */
  readonly keyEnv?: string;
}

const SCHEMES = ['http:', 'https:', 'ws:', 'wss:'];
const EXAMPLE = 'as in remote:http://localhost:9000/agent or remote:ws://localhost:9000';

/**
 * Reads `<address>[,key=value]...`. Records hold the argument, so an address holds nothing secret.
 * @throws UserError naming what is wrong; nothing of the argument is repeated, because it may be a key
 */
export function readRemote(argument: string): Remote {
  const [address = '', ...parts] = argument.split(',');
  const given = parts.map(settingOf);
  const twice = given.find(([key], at) => given.findIndex(([other]) => other === key) < at);
  if (twice !== undefined) throw new UserError(`remote: "${twice[0]}" is given twice`);
  const settings = readFields(SETTINGS, Object.fromEntries(given), 'remote');
  return { url: urlOf(address), ...(settings as unknown as z.infer<typeof SETTINGS>) };
}

function urlOf(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !SCHEMES.includes(url.protocol))
    throw new UserError(`remote: an address of an agent comes first, ${EXAMPLE}`);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new UserError(
      'remote: the address holds no name, password, query or fragment; keyEnv=<variable> names a key',
    );
  return url;
}

function settingOf(part: string): [string, JsonObject[string]] {
  const at = part.indexOf('=');
  if (at < 1) throw new UserError('remote: after the address come settings as key=value, separated by commas');
  const key = part.slice(0, at).trim();
  if (key !== 'keyEnv') return readAssignment(part);
  const name = part.slice(at + 1).trim();
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return [key, name];
  throw new UserError('remote: keyEnv takes the name of a variable that holds the key, and never the key');
}

/** The key that is shown; null where none is. @throws UserError when the variable is not set */
export function keyOf({ keyEnv }: Remote, env: NodeJS.ProcessEnv = process.env): string | null {
  if (keyEnv === undefined) return null;
  const key = env[keyEnv];
  if (key !== undefined && /^[\x21-\x7e]+$/.test(key)) return key;
  throw new UserError(`remote: the variable ${keyEnv} is not set, or holds no key; put the key into it`);
}
