import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../../src/core/json.js';

/** An exchange over HTTP as it was recorded. */
export interface Exchange {
  readonly path: string;
  readonly body: Json;
  readonly status: number;
  readonly answer: Json;
}

export interface Replayed {
  readonly url: string;
  /** What was asked, in order. */
  readonly asked: { readonly path: string; readonly body: Json; readonly key: string | undefined }[];
  close(): void;
}

/** A server that gives recorded answers, each to the next request of its path. */
export async function replayed(exchanges: readonly Exchange[]): Promise<Replayed> {
  const left = [...exchanges];
  const asked: Replayed['asked'] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const path = request.url ?? '';
    const key = request.headers['x-api-key'];
    asked.push({ path, body: text === '' ? null : (JSON.parse(text) as Json), key: String(key) });
    const at = left.findIndex((one) => one.path === path);
    const { status, answer } = at < 0 ? { status: 404, answer: null } : (left.splice(at, 1)[0] as Exchange);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, close: () => void server.close() };
}
