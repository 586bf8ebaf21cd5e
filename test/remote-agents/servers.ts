import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** A question as an agent elsewhere gets it. */
export interface Question {
  readonly type: string;
  readonly episode: string;
  readonly id: number;
  readonly observation: {
    readonly seat: number;
    readonly space: { readonly kind: string; readonly options: readonly { readonly id: string }[] };
    readonly attempt: number;
  };
}

export interface Remote {
  readonly host: string;
  /** All that was asked or told, in order. */
  readonly heard: Question[];
  close(): Promise<void>;
}

/** The first option there is. */
export function first({ observation: { space } }: Question): object {
  return { move: space.options[0]?.id };
}

/** An agent over HTTP. What a path answers is a status and a text, or null for no answer at all. */
export async function httpAgent(paths: {
  readonly [path: string]: (asked: Question, request: IncomingMessage) => readonly [number, string] | null;
}): Promise<Remote> {
  const heard: Question[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += String(chunk);
    });
    request.on('end', () => {
      const asked = JSON.parse(text) as Question;
      heard.push(asked);
      answer(paths[request.url ?? '']?.(asked, request) ?? null, response);
    });
  });
  return { heard, ...(await listening(server)) };
}

function answer(given: readonly [number, string] | null, response: ServerResponse): void {
  if (given === null) return;
  response.writeHead(given[0], { 'content-type': 'application/json' });
  response.end(given[1]);
}

/** An agent over WebSockets, one an episode. */
export async function socketAgent(
  hear: (message: Question, socket: WebSocket, path: string) => void,
  verify: (request: IncomingMessage) => boolean = () => true,
): Promise<Remote> {
  const heard: Question[] = [];
  const server = createServer();
  const sockets = new WebSocketServer({ server, verifyClient: ({ req }: { req: IncomingMessage }) => verify(req) });
  sockets.on('connection', (socket, request) => {
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as Question;
      heard.push(message);
      hear(message, socket, request.url ?? '');
    });
  });
  const { host, close } = await listening(server);
  return {
    ...{ heard, host },
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      return close();
    },
  };
}

async function listening(server: Server): Promise<Pick<Remote, 'host' | 'close'>> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
