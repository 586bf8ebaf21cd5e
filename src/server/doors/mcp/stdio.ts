import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import type { House } from '../door.js';
import { Guest } from './guest.js';
import { messagesOf } from './lines.js';
import { serverFor } from './server.js';

/**
 * Serves one client over a pair of streams until it closes its own. Resolves when its episodes have been let go of.
 * @param output carries messages of the protocol and nothing else
 */
export async function serveStreams(house: House, input: Readable, output: Writable): Promise<void> {
  const guest = new Guest(house);
  const messages = messagesOf(input, output);
  const ended = new Promise<void>((resolve) => messages.once('close', resolve));
  const transport = new StdioServerTransport(messages, output);
  const handle = serveStdio(() => serverFor(guest), { transport });
  await ended;
  await handle.close();
  await guest.closeAll();
}
