import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** Told of each event: `["name",...]` as it came, so that whoever looks for little need not read all of it. */
type Heard = (event: string) => void;

const MASK = [0x35, 0xa1, 0x5e, 0xc7] as const;
/** NOTE: one for all sockets: what is read is used up before anything else is. */
const READ = Buffer.alloc(1 << 16);

/**
 * One socket of socket.io 3 or 4 in one namespace, on bare TCP and with as little in between as can be, so that what is
 * measured is the server. SEE: RFC 6455; Engine.IO protocol 4 and Socket.IO protocol 5: 0 open, 2 ping, 3 pong, 40
 * connect, 42 event.
 */
export class Wire {
  heard: Heard = () => {};
  closed = false;
  readonly #socket: Socket;
  readonly #head: string;
  readonly #namespace: string;
  /** What came of a frame, or of the HTTP answer, that is not whole yet. */
  #rest: Buffer | null = null;
  #isUpgraded = false;
  #connected: () => void = () => {};

  private constructor(url: string, namespace: string) {
    const { hostname, port } = new URL(url);
    this.#namespace = namespace;
    this.#head = `42/${namespace},`;
    const onread = { buffer: READ, callback: (bytes: number) => this.#read(bytes) };
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true, onread });
    this.#socket.on('close', () => {
      this.closed = true;
    });
    this.#socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\n` +
        `Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
    );
  }

  static open(url: string, namespace: string): Promise<Wire> {
    const wire = new Wire(url, namespace);
    return new Promise((resolve, reject) => {
      wire.#connected = () => resolve(wire);
      wire.#socket.on('error', reject);
      wire.#socket.on('close', () => reject(new Error('the socket was closed')));
    });
  }

  send(...message: readonly unknown[]): void {
    this.write(JSON.stringify(message));
  }

  /** Sends an event that is JSON already. */
  write(event: string): void {
    this.#write(this.#head + event);
  }

  close(): void {
    this.#socket.destroy();
  }

  #write(text: string): void {
    if (!this.#socket.destroyed) this.#socket.write(frameOf(text));
  }

  #read(bytes: number): boolean {
    const fresh = READ.subarray(0, bytes);
    const all = this.#rest === null ? fresh : Buffer.concat([this.#rest, fresh]);
    const used = this.#isUpgraded ? this.#frames(all, 0) : this.#upgrade(all);
    this.#rest = used < all.length ? Buffer.from(all.subarray(used)) : null;
    return true;
  }

  #upgrade(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) return 0;
    if (!bytes.toString('latin1', 0, end).startsWith('HTTP/1.1 101')) this.#socket.destroy(new Error('no websocket'));
    this.#isUpgraded = true;
    return this.#frames(bytes, end + 4);
  }

  /** Reads the frames that are whole. Gives where the next one begins. */
  #frames(bytes: Buffer, from: number): number {
    let at = from;
    while (at + 2 <= bytes.length) {
      const [start, size] = sizeOf(bytes, at);
      if (start + size > bytes.length) break;
      if (((bytes[at] as number) & 0xf) === 1) this.#hear(bytes.toString('utf8', start, start + size));
      else this.#socket.destroy();
      at = start + size;
    }
    return at;
  }

  #hear(text: string): void {
    if (text.startsWith(this.#head)) this.heard(text.slice(this.#head.length));
    else if (text === '2') this.#write('3');
    else if (text.startsWith('0')) this.#write(`40/${this.#namespace},`);
    else if (text.startsWith('40')) this.#connected();
  }
}

/** Where the content of a frame begins, and its length; beyond all bytes while its head is not whole. */
function sizeOf(bytes: Buffer, at: number): readonly [start: number, size: number] {
  const short = (bytes[at + 1] as number) & 0x7f;
  if (short < 126) return [at + 2, short];
  const start = at + (short === 126 ? 4 : 10);
  if (start > bytes.length) return [start, 0];
  return [start, short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))];
}

/** A text as one masked frame. */
function frameOf(text: string): Buffer {
  const size = Buffer.byteLength(text);
  const head = size < 126 ? 6 : size < 65_536 ? 8 : 14;
  const frame = Buffer.allocUnsafe(head + size);
  frame[0] = 0x81;
  frame[1] = 0x80 | (size < 126 ? size : size < 65_536 ? 126 : 127);
  if (head === 8) frame.writeUInt16BE(size, 2);
  else if (head === 14) frame.writeBigUInt64BE(BigInt(size), 2);
  frame.set(MASK, head - 4);
  frame.write(text, head);
  for (let at = 0; at < size; at++) frame[head + at] = (frame[head + at] as number) ^ (MASK[at & 3] as number);
  return frame;
}
