import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const HEAD_END = '\r\n\r\n';

/**
 * One connection that asks by HTTP/1.1 and waits for each answer: no more than has to be, so that what is measured is the
 * server. Takes answers with a `content-length`, and in chunks.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #head: string;
  #buffer = '';
  #waiting: ((body: string) => void) | null = null;

  private constructor(socket: Socket, head: string) {
    this.#socket = socket;
    this.#head = head;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.#take(chunk));
  }

  static async open(url: string, headers: { readonly [name: string]: string } = {}): Promise<Connection> {
    const { hostname, port, host } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const all = { host, 'content-type': 'application/json', ...headers };
    const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    return new Connection(socket, head.join(''));
  }

  /** Posts a JSON text and gives the body of the answer. */
  ask(path: string, body: string): Promise<string> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
      const length = Buffer.byteLength(body);
      this.#socket.write(`POST ${path} HTTP/1.1\r\n${this.#head}content-length: ${length}${HEAD_END}${body}`);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: string): void {
    this.#buffer += chunk;
    const start = this.#buffer.indexOf(HEAD_END) + HEAD_END.length;
    if (start < HEAD_END.length) return;
    const head = this.#buffer.slice(0, start);
    const body = bodyOf(head, this.#buffer.slice(start));
    if (body === null) return;
    if (!/^HTTP\/1\.1 2/.test(head)) throw new Error(`the server answered ${head}${body}`);
    this.#buffer = '';
    this.#waiting?.(body);
  }
}

/** The body of an answer; null while it is not there in full. */
function bodyOf(head: string, rest: string): string | null {
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
  if (length !== undefined) return rest.length < Number(length) ? null : rest;
  if (!rest.endsWith('0\r\n\r\n')) return null;
  return rest.replace(/[\da-f]+\r\n/i, '').slice(0, -'\r\n0\r\n\r\n'.length);
}
