import type { Client, Dispatcher } from 'undici';
import { ModelError } from '../model.js';
import { faultOf, lost } from './faults.js';
import type { Halt } from './halt.js';
import type { Lines } from './lines.js';

/** One request to be posted, once or several times. */
export interface Letter {
  readonly url: URL;
  readonly headers: { readonly [name: string]: string };
  /** NOTE: as it goes over the wire, so that no text is kept while the reply is waited for. */
  readonly body: Buffer;
}

/** What a server answered with a status of success. */
export interface Posted {
  readonly status: number;
  readonly text: string;
}

/**
 * Posts a letter once and reads the whole reply.
 * @param maxBytes the longest reply that is read
 * @throws ModelError, or the reason of the halt
 */
export function exchange(lines: Lines, letter: Letter, maxBytes: number, halt: Halt): Promise<Posted> {
  if (halt.ended !== null) return Promise.reject(halt.ended.reason);
  return new Promise((resolve, reject) => {
    new Exchange(lines, letter.url.origin, maxBytes, halt, resolve, reject).begin(letter);
  });
}

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

/** NOTE: undici's own `request` makes a stream of every reply, which costs as much as all the rest of it. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #lines: Lines;
  readonly #client: Client;
  readonly #at: string;
  readonly #maxBytes: number;
  readonly #halt: Halt;
  readonly #resolve: (posted: Posted) => void;
  readonly #reject: (reason: unknown) => void;
  #running: Dispatcher.DispatchController | null = null;
  #status = 0;
  #headers: Headers = {};
  #bytes = 0;
  #chunks: Buffer[] = [];

  constructor(
    lines: Lines,
    at: string,
    maxBytes: number,
    halt: Halt,
    resolve: (posted: Posted) => void,
    reject: (reason: unknown) => void,
  ) {
    this.#lines = lines;
    this.#client = lines.take(at);
    this.#at = at;
    this.#maxBytes = maxBytes;
    this.#halt = halt;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  begin({ url, headers, body }: Letter): void {
    this.#halt.onEnd = (reason) => this.#stop(reason);
    this.#client.dispatch({ path: url.pathname + url.search, method: 'POST', headers, body }, this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#running = controller;
    if (this.#halt.ended !== null) controller.abort(STOPPED);
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Headers): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes <= this.#maxBytes) this.#chunks.push(chunk);
    else this.#stop(new ModelError('bad-reply', `${this.#at} sent more than ${this.#maxBytes} bytes in one reply`));
  }

  onResponseEnd(): void {
    this.#lines.giveBack(this.#at, this.#client);
    const status = this.#status;
    const text = textOf(this.#chunks);
    if (status >= 200 && status < 300) this.#resolve({ status, text });
    else this.#reject(faultOf({ status, headers: this.#headers, text }, this.#at));
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#lines.drop(this.#client);
    this.#reject(lost(error, this.#at));
  }

  /** NOTE: a call that has not begun, because its connection is still being made, is stopped as soon as it begins. */
  #stop(reason: unknown): void {
    this.#reject(reason);
    this.#running?.abort(STOPPED);
  }
}

const STOPPED = new Error('no longer wanted');

function textOf(chunks: readonly Buffer[]): string {
  const [only] = chunks;
  const whole = only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
  const text = whole.toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
