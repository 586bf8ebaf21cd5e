import { Agent, type Dispatcher } from 'undici';
import { ModelError } from '../model.js';
import { faultOf, lost } from './faults.js';
import { Halt } from './halt.js';
import { PATIENCE, type Patience, patiently } from './retry.js';

export interface PostOptions {
  /** Connections kept to one server at most; as many as there are calls at once if not said. */
  readonly connections?: number;
  /** The whole of a call, retries included, in milliseconds. */
  readonly timeoutMs?: number;
  /** The longest reply that is read, in bytes. */
  readonly maxBytes?: number;
  readonly patience?: Partial<Patience>;
}

/** What a server answered with a status of success. */
export interface Posted {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

export interface Letter {
  readonly url: URL;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

const TEN_MINUTES = 600_000;
const SIXTEEN_MEBIBYTES = 16 * 2 ** 20;

/**
 * Posts to model servers over connections that are kept. Whatever goes wrong comes out as a `ModelError`; what may pass
 * is tried again, within one deadline for all tries.
 */
export class Post {
  readonly #agent: Agent;
  readonly #timeoutMs: number;
  readonly #maxBytes: number;
  readonly #patience: Patience;

  constructor({ connections, timeoutMs = TEN_MINUTES, maxBytes = SIXTEEN_MEBIBYTES, patience }: PostOptions = {}) {
    // NOTE: the deadline of the call covers headers and body; undici's own limits would only cut long thoughts short.
    this.#agent = new Agent({ connections: connections ?? null, headersTimeout: 0, bodyTimeout: 0 });
    this.#timeoutMs = timeoutMs;
    this.#maxBytes = maxBytes;
    this.#patience = { ...PATIENCE, ...patience };
  }

  /** @throws ModelError, or the signal's reason when that is aborted */
  async send(letter: Letter, signal: AbortSignal | null): Promise<Posted> {
    signal?.throwIfAborted();
    const ends = performance.now() + this.#timeoutMs;
    const late = `${letter.url.origin} gave no complete reply within ${this.#timeoutMs} ms`;
    const halt = new Halt(this.#timeoutMs, () => new ModelError('timeout', late), signal);
    const left = (): number => ends - performance.now();
    try {
      return await patiently(
        () => this.#once(letter, halt),
        this.#patience,
        left,
        (ms) => halt.wait(ms),
      );
    } finally {
      halt.clear();
    }
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #once({ url, headers, body }: Letter, halt: Halt): Promise<Posted> {
    const at = url.origin;
    let answer: Dispatcher.ResponseData;
    let text: string;
    try {
      const path = url.pathname + url.search;
      answer = await this.#agent.request({ origin: at, path, method: 'POST', headers, body, signal: halt });
      text = await this.#read(answer, at);
    } catch (thrown) {
      if (halt.aborted) throw halt.reason;
      if (thrown instanceof ModelError) throw thrown;
      throw lost(thrown, at);
    }
    const { statusCode: status } = answer;
    if (status < 200 || status >= 300) throw faultOf({ status, headers: answer.headers, text }, at);
    return { status, contentType: String(answer.headers['content-type'] ?? ''), text };
  }

  /** NOTE: a length that was announced binds the server, so such a body is read at once, several times as fast. */
  async #read({ headers, body }: Dispatcher.ResponseData, at: string): Promise<string> {
    const announced = Number(headers['content-length'] ?? Number.NaN);
    if (announced <= this.#maxBytes) return body.text();
    const chunks: Buffer[] = [];
    let bytes = 0;
    // NOTE: leaving the loop destroys the stream, which closes the connection of a server that would never end.
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > this.#maxBytes)
        throw new ModelError('bad-reply', `${at} sent more than ${this.#maxBytes} bytes in one reply`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }
}
