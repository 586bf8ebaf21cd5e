import type { IncomingMessage } from 'node:http';
import type { HttpBindings } from '@hono/node-server';

/** What every handler of a request may know of where it came from. */
export interface Visit {
  Bindings: HttpBindings;
  Variables: { readonly address: string };
}

/**
 * The address a request came from, for limits alone; it is neither stored nor logged.
 * @param trustProxy whether a proxy of ours stands before this server and adds the address it saw to X-Forwarded-For
 */
export function addressOf(request: IncomingMessage, trustProxy: boolean): string {
  const direct = request.socket.remoteAddress ?? 'unknown';
  if (!trustProxy) return block(direct);
  // NOTE: the last entry is the proxy's own word; whatever stands before it may be the visitor's invention.
  const told = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  return block(told === undefined || told === '' ? direct : told);
}

/** NOTE: one visitor has a whole /64 of IPv6, so that is what counts as one address there. */
function block(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const first = head.split(':').filter((part) => part !== '');
  if (tail === undefined) return `${first.slice(0, 4).join(':')}::`;
  const last = tail.split(':').filter((part) => part !== '');
  const zeros = Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0');
  return `${[...first, ...zeros, ...last].slice(0, 4).join(':')}::`;
}
