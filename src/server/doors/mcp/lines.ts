import { PassThrough, type Readable, type Writable } from 'node:stream';
import { parseJSONRPCMessage } from '@modelcontextprotocol/server';

/** Largest message taken, in bytes. */
const LARGEST = 4 * 1024 * 1024;
/** SEE: JSON-RPC 2.0, section 5.1. */
const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;

/**
 * The lines of a client that are messages. What is none is answered with what is wrong, so that no client waits for an
 * answer to it, and the rest is read on.
 */
export function messagesOf(input: Readable, output: Writable): Readable {
  const messages = new PassThrough();
  const reader = new LineReader(messages, (id, code, message) => {
    output.write(`${JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } })}\n`);
  });
  input.on('data', (chunk: Buffer) => reader.take(chunk));
  input.on('end', () => messages.end());
  input.on('error', () => messages.end());
  return messages;
}

type Refuse = (id: string | number | null, code: number, message: string) => void;

class LineReader {
  readonly #messages: Writable;
  readonly #refuse: Refuse;
  #parts: Buffer[] = [];
  #size = 0;

  constructor(messages: Writable, refuse: Refuse) {
    this.#messages = messages;
    this.#refuse = refuse;
  }

  take(chunk: Buffer): void {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      this.#add(chunk.subarray(from, at));
      this.#line();
      from = at + 1;
    }
    this.#add(chunk.subarray(from));
  }

  /** NOTE: of a line that is too long nothing more is kept. */
  #add(part: Buffer): void {
    this.#size += part.length;
    if (this.#size > LARGEST) this.#parts = [];
    else this.#parts.push(part);
  }

  #line(): void {
    const text = Buffer.concat(this.#parts).toString('utf8');
    const isLong = this.#size > LARGEST;
    this.#parts = [];
    this.#size = 0;
    if (isLong) this.#refuse(null, INVALID_REQUEST, `the message is larger than ${LARGEST} bytes`);
    else if (text.trim() !== '') this.#message(text);
  }

  #message(text: string): void {
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      this.#refuse(null, PARSE_ERROR, 'the line is no JSON; each line holds one message');
      return;
    }
    if (isMessage(message)) this.#messages.write(`${text}\n`);
    else this.#refuse(idOf(message), INVALID_REQUEST, 'this is no message of JSON-RPC 2.0');
  }
}

function isMessage(value: unknown): boolean {
  try {
    parseJSONRPCMessage(value);
    return true;
  } catch {
    return false;
  }
}

function idOf(message: unknown): string | number | null {
  const { id } = (message ?? {}) as { readonly id?: unknown };
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}
