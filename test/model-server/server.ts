import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Asked, Shape } from './asked.js';
import type { Behaviour } from './behaviours.js';
import { anthropic } from './shapes/anthropic.js';
import { google } from './shapes/google.js';
import { openai } from './shapes/openai.js';

/** One behaviour for each request in order, or a function of the request. */
export type Script = readonly Behaviour[] | ((asked: Asked) => Behaviour);

export interface ModelServer {
  /** `http://127.0.0.1:<port>`, without a path. */
  readonly origin: string;
  /** Every request so far, in order of arrival. */
  readonly received: readonly Asked[];
  /** Connections that were made to it so far. */
  readonly connections: number;
  /** Plays another script from now on; requests are counted from 0 again. */
  play(script: Script): void;
  close(): Promise<void>;
}

/**
 * A model server whose answers are written beforehand, over real HTTP. It speaks chat completions, Anthropic's messages
 * and Google's `generateContent`, whichever the path asks for. A request beyond the script is answered with status 418,
 * which no client tries again.
 */
export async function startModelServer(script: Script = []): Promise<ModelServer> {
  let current = script;
  let received: Asked[] = [];
  const server = createServer(async (request, response) => {
    const asked = await readRequest(request, received.length);
    received.push(asked);
    await perform(current, asked, response);
  });
  let connections = 0;
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get received() {
      return received;
    },
    get connections() {
      return connections;
    },
    play(next) {
      current = next;
      received = [];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const SHAPES: readonly Shape[] = [openai, anthropic, google];

async function perform(script: Script, asked: Asked, response: ServerResponse): Promise<void> {
  const shape = SHAPES.find(({ knows }) => knows(asked.path));
  const behaviour = typeof script === 'function' ? script(asked) : script[asked.index];
  if (shape === undefined || behaviour === undefined) {
    const why = shape === undefined ? `no protocol has ${asked.path}` : `request ${asked.index} is beyond the script`;
    response.writeHead(418, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: why } }));
    return;
  }
  await behaviour(response, asked, shape);
}

async function readRequest(request: IncomingMessage, index: number): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks).toString('utf8');
  const path = new URL(request.url ?? '/', 'http://server').pathname;
  return { index, path, headers: request.headers, raw, body: bodyOf(raw) };
}

function bodyOf(raw: string): Asked['body'] {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
}
