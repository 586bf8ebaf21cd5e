import type { IncomingMessage, ServerResponse } from 'node:http';

/** An answer over HTTP: a status and a JSON body. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A request that cannot be served, and what is answered instead. */
export class Fault extends Error {
  readonly answer: Answer;

  constructor(status: number, detail: unknown) {
    super(typeof detail === 'string' ? detail : JSON.stringify(detail));
    this.answer = { status, body: { detail } };
  }
}

/** The body of a request as text, as long as it is no longer than may be. @throws Fault 413 */
export function bodyOf(request: IncomingMessage, largest: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= largest) chunks.push(chunk);
      // NOTE: the rest is let in and forgotten, so that the answer is heard.
      else reject(new Fault(413, `the body is larger than ${largest} bytes`));
    });
    request.on('end', () => resolve(chunks.length === 1 ? String(chunks[0]) : Buffer.concat(chunks).toString('utf8')));
    request.on('error', reject);
  });
}

export function send(response: ServerResponse, { status, body }: Answer): void {
  if (response.headersSent || response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}

/** A header that was sent once. */
export function header({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
