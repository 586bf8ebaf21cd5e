import { readdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Environment } from '../../core/environment.js';
import { suggestion, UserError } from '../../core/errors.js';
import type { TableAgent } from '../matches/hall.js';
import type { Sessions } from './sessions.js';

/** What a door leads to. */
export interface House {
  readonly environments: ReadonlyMap<string, Environment>;
  /** Agents that may sit opposite, in the order they are offered. */
  readonly agents: ReadonlyMap<string, TableAgent>;
  readonly sessions: Sessions;
  /** Whether a client that shows this key may come in. Every client may where the server asks for none. */
  admits(key: string | undefined): boolean;
  /** Milliseconds for each request to the outside. */
  readonly callMs: number;
  /** Told of what went wrong here; never shown to anybody. */
  readonly problem: (error: unknown) => void;
}

/** A door that stands open. Requests have passed the gate: the server is called by its name, and by no stranger's page. */
export interface OpenDoor {
  /**
   * Answers a request below the door's path, whatever it is; never throws.
   * @param path what follows the door's own: `/` and more, without the query
   */
  request(path: string, request: IncomingMessage, response: ServerResponse): void;
  /** Takes a request for a WebSocket; refused where absent. */
  upgrade?(path: string, request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close?(): Promise<void>;
}

/** A protocol by which programs elsewhere play: the default export of `doors/<id>/door.ts`, at the path `/<id>`. */
export interface Door {
  readonly id: string;
  readonly title: string;
  open(house: House): OpenDoor;
}

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** NOTE: the same code runs as TypeScript while developing and as JavaScript when built. */
const ENDING = extname(fileURLToPath(import.meta.url));

/** The ids of all doors there are. */
export function doorIds(): string[] {
  return readdirSync(HERE, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(join(HERE, entry.name)).includes(`door${ENDING}`))
    .map(({ name }) => name);
}

/** @throws UserError when there is no such door */
export async function doorOf(id: string): Promise<Door> {
  const known = doorIds();
  if (!known.includes(id)) throw new UserError(`there is no door "${id}"; ${suggestion(id, known)}`);
  const module = (await import(pathToFileURL(join(HERE, id, `door${ENDING}`)).href)) as { default: Door };
  return module.default;
}
