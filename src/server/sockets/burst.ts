import type { Socket } from 'socket.io';

type Connection = Socket['conn'];

/** What goes to one connection, written out once for all who get the same. */
export interface Packet {
  /** As a packet of socket.io, for whatever carries it. */
  readonly text: string;
  /** As a frame of a websocket. */
  readonly frame: Buffer;
}

/** Most packets that are held back, so that the first does not wait for too many others. */
const MOST = 128;
/** NOTE: engine.io takes a frame that is ready where the transport is a websocket without compression. */
const OPCODE_TEXT = 0x81;

/**
 * Sends what one turn of the event loop brings for many sockets in one go at its end.
 * NOTE: whoever is written to wakes up, and waking it anew for every write costs the system more than the write.
 */
export class Burst {
  readonly #held: [connection: Connection, packet: Packet][] = [];
  #due: NodeJS.Immediate | null = null;

  send(connection: Connection, packet: Packet): void {
    this.#due ??= setImmediate(() => this.flush());
    if (this.#held.push([connection, packet]) >= MOST) this.flush();
  }

  /** Sends all that is held back: before anything that must not come first. */
  flush(): void {
    if (this.#due !== null) clearImmediate(this.#due);
    this.#due = null;
    for (const [connection, { text, frame }] of this.#held.splice(0)) {
      const options = { compress: true, wsPreEncodedFrame: [frame] };
      connection.write(text, options);
    }
  }
}

/** An event of a namespace. SEE: Socket.IO protocol 5 (`2`: event), Engine.IO protocol 4 (`4`: message), RFC 6455. */
export function packetOf(namespace: string, event: string): Packet {
  const opening = `42${namespace},`;
  const size = opening.length + Buffer.byteLength(event);
  const head = size < 126 ? 2 : size < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + size);
  frame[0] = OPCODE_TEXT;
  frame[1] = size < 126 ? size : size < 65_536 ? 126 : 127;
  if (head === 4) frame.writeUInt16BE(size, 2);
  else if (head === 10) frame.writeBigUInt64BE(BigInt(size), 2);
  frame.write(opening, head, 'latin1');
  frame.write(event, head + opening.length);
  return { text: `2${namespace},${event}`, frame };
}
