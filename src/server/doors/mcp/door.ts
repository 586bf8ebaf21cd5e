import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import {
  createMcpHandler,
  isInitializeRequest,
  isLegacyRequest,
  type McpHttpHandler,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import type { Door, House, OpenDoor } from '../door.js';
import { header } from '../http.js';
import { Guest } from './guest.js';
import { serverFor } from './server.js';

const door: Door = {
  id: 'mcp',
  title: 'the Model Context Protocol, for assistants and their tools',
  open: (house) => new McpDoor(house),
};
export default door;

/** Largest body taken, in bytes. */
const LARGEST = 4 * 1024 * 1024;
const SESSION = 'mcp-session-id';

/** A client that opened a session of the protocol. */
interface Visit {
  readonly guest: Guest;
  readonly transport: WebStandardStreamableHTTPServerTransport;
}

/**
 * Streamable HTTP, in both forms that clients speak: with sessions (protocol 2025-11-25 and earlier), whose episodes end
 * with them, and without (2026-07-28), where whoever knows an episode's id plays it.
 */
class McpDoor implements OpenDoor {
  readonly #house: House;
  /** Sessions by id, the one used longest ago first. */
  readonly #visits = new Map<string, Visit>();
  readonly #stateless: McpHttpHandler;
  readonly #listener: ReturnType<typeof getRequestListener>;

  constructor(house: House) {
    this.#house = house;
    const guest = new Guest(house);
    this.#stateless = createMcpHandler(() => serverFor(guest), { legacy: 'reject', maxRequestBodySize: LARGEST });
    this.#listener = getRequestListener((request) => this.#answer(request));
  }

  request(path: string, request: IncomingMessage, response: ServerResponse): void {
    if (path !== '/') refuse(response, 404, 'the protocol is served at /mcp alone');
    else if (!this.#house.admits(keyIn(request))) {
      response.setHeader('www-authenticate', 'Bearer');
      refuse(response, 401, 'show the key of this server: Authorization: Bearer <key>');
    } else void this.#listener(request, response);
  }

  async close(): Promise<void> {
    await this.#stateless.close();
    await Promise.all([...this.#visits.keys()].map((id) => this.#leave(id)));
  }

  async #answer(request: Request): Promise<Response> {
    try {
      if (!(await isLegacyRequest(request, undefined, { maxRequestBodySize: LARGEST })))
        return await this.#stateless.fetch(request);
      const id = request.headers.get(SESSION);
      return await (id === null ? this.#first(request) : this.#next(id, request));
    } catch (thrown) {
      this.#house.problem(thrown);
      return fault(500, -32603, 'something went wrong here');
    }
  }

  #next(id: string, request: Request): Promise<Response> | Response {
    const visit = this.#visits.get(id);
    if (visit === undefined) return fault(404, -32001, 'there is no such session of the protocol; initialize again');
    this.#visits.delete(id);
    this.#visits.set(id, visit);
    return visit.transport.handleRequest(request);
  }

  /** NOTE: nothing is kept for whoever does not begin as a client begins. */
  async #first(request: Request): Promise<Response> {
    if (request.method !== 'POST')
      return fault(400, -32000, 'a session of the protocol begins by POST of "initialize"');
    const body = await bodyOf(request);
    if (body === undefined) return fault(400, -32700, 'the body is no JSON');
    if (!isInitializeRequest(body)) return fault(400, -32600, 'a session of the protocol begins with "initialize"');
    if (!(await this.#makeRoom())) return fault(503, -32000, 'there are too many open sessions; close one');
    return this.#begin(request, body);
  }

  async #begin(request: Request, parsedBody: unknown): Promise<Response> {
    const guest = new Guest(this.#house);
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      enableJsonResponse: true,
      maxRequestBodySize: LARGEST,
      onsessioninitialized: (id) => void this.#visits.set(id, { guest, transport }),
      onsessionclosed: (id) => this.#leave(id),
    });
    await serverFor(guest).connect(transport);
    return transport.handleRequest(request, { parsedBody });
  }

  /** Lets go of the session used longest ago among those without an episode. Gives whether there is room. */
  async #makeRoom(): Promise<boolean> {
    const { sessions } = this.#house;
    if (this.#visits.size < sessions.most) return true;
    sessions.sweep();
    const idle = [...this.#visits].find(([, { guest }]) => guest.open === 0);
    if (idle === undefined) return false;
    await this.#leave(idle[0]);
    return true;
  }

  async #leave(id: string): Promise<void> {
    const visit = this.#visits.get(id);
    this.#visits.delete(id);
    await visit?.guest.closeAll();
    await visit?.transport.close();
  }
}

function keyIn(request: IncomingMessage): string | undefined {
  return /^Bearer +(\S+)$/i.exec(header(request, 'authorization') ?? '')?.[1];
}

async function bodyOf(request: Request): Promise<unknown> {
  try {
    return (await request.json()) as unknown;
  } catch {
    return undefined;
  }
}

function errorBody(code: number, message: string): object {
  return { jsonrpc: '2.0', id: null, error: { code, message } };
}

function fault(status: number, code: number, message: string): Response {
  return Response.json(errorBody(code, message), { status });
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(errorBody(-32000, message)));
}
