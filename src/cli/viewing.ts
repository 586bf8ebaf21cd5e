import { existsSync } from 'node:fs';
import { UserError } from '../core/errors.js';
import { Shelf } from '../server/replays/shelf.js';
import type { OpenServer } from '../server/serve.js';
import { serverOf } from './serving.js';

/** A server on this machine that shows the records of a path and keeps nothing, and the page of the one record, if it is one. */
export async function viewOf(
  path: string,
  id: string | undefined,
  port: number,
): Promise<{ readonly server: OpenServer; readonly page: string }> {
  const found = await idOf(path, id);
  const nothing = { origin: [], agent: [], limit: [], data: '', memory: true, pace: 0 };
  const server = await serverOf({ ...nothing, port, host: '127.0.0.1', records: [path] }, () => undefined);
  return { server, page: `${server.url}/#/replays${found === null ? '' : `/${encodeURIComponent(found)}`}` };
}

/** The id of the record that is meant; null where there are several. @throws UserError when there is none */
async function idOf(path: string, wanted: string | undefined): Promise<string | null> {
  if (!existsSync(path)) throw new UserError(`there is no file or folder ${path}`);
  let found: string | null = null;
  for await (const { id } of new Shelf([{ path, listed: true }]).list(null, 0)) {
    if (!id.startsWith(wanted ?? '')) continue;
    if (found !== null) return null;
    found = id;
  }
  if (found === null) throw new UserError(`${path} holds no record${wanted === undefined ? '' : ` ${wanted}`}`);
  return found;
}
