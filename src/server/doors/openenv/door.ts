import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { UserError } from '../../../core/errors.js';
import type { JsonObject } from '../../../core/json.js';
import { refusalOf, STATUS } from '../../http/status.js';
import { bodyAs, unfit } from '../body.js';
import type { Door, House, OpenDoor } from '../door.js';
import { type Answer, bodyOf, Fault, header, send } from '../http.js';
import { type Site, siteOf } from '../site.js';
import { Callers } from './callers.js';
import { Client } from './client.js';
import { Invalid, readAs, troubleOf } from './faults.js';
import { Matches } from './matches.js';
import { staticTools } from './observe.js';
import { metadataPage, openapiPage, schemaPage } from './pages.js';
import { answerText, type Reach } from './rpc.js';
import { EnvSocket, RpcSocket, type SocketPlan } from './socket.js';
import { actionSchema, type Observed } from './wire.js';

/** Largest message taken, in bytes. */
const LARGEST = 1024 * 1024;
/** How long a client has to say goodbye when the server stops. */
const GRACE_MS = 1000;

const door: Door = {
  id: 'openenv',
  title: "OpenEnv's protocol by WebSocket, HTTP and MCP, for its Python clients and trainers",
  open: (house) => new OpenEnvDoor(house),
};
export default door;

type Route = (site: Site, request: IncomingMessage) => Promise<unknown> | unknown;
type Opened = new (socket: WebSocket, plan: SocketPlan) => unknown;

const resetBody = z.looseObject({ session_id: z.string().optional() });
const stepBody = z.looseObject({ session_id: z.string(), action: z.record(z.string(), z.unknown()) });

/**
 * Serves each environment of the house as an OpenEnv environment. Differs from the reference where that is at fault: a
 * seed is kept to, `state` tells nothing hidden, a full server says so when it is asked, and an episode over HTTP goes on
 * from one request to the next. SEE: huggingface/OpenEnv, `core/env_server/http_server.py`.
 */
class OpenEnvDoor implements OpenDoor {
  readonly #house: House;
  readonly #matches: Matches;
  readonly #callers: Callers;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST, perMessageDeflate: false });
  /** NOTE: half of it, so that whoever is silent loses before the session of all is closed. */
  readonly #idleMs: number;
  readonly #routes: { readonly [method: string]: { readonly [route: string]: Route } } = {
    GET: {
      health: () => ({ status: 'healthy' }),
      metadata: metadataPage,
      schema: () => schemaPage,
      'openapi.json': openapiPage,
      state: (_, request) => this.#state(request),
    },
    POST: {
      reset: (site, request) => this.#reset(site, request),
      step: (_, request) => this.#step(request),
      mcp: (site, request) => this.#mcp(site, request),
    },
  };

  constructor(house: House) {
    this.#house = house;
    this.#idleMs = house.sessions.idleMs / 2;
    this.#matches = new Matches(house, this.#idleMs);
    this.#callers = new Callers(house, this.#idleMs);
  }

  request(path: string, request: IncomingMessage, response: ServerResponse): void {
    this.#answer(path, request)
      .catch((thrown: unknown) => this.#failed(thrown))
      .then((answer) => send(response, answer));
  }

  upgrade(path: string, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    try {
      this.#admit(request);
      const site = siteOf(path, this.#house.environments);
      const opened: Opened | undefined = { ws: EnvSocket, mcp: RpcSocket }[site.route];
      if (opened === undefined) throw new Fault(404, 'Not Found');
      this.#sockets.handleUpgrade(request, socket, head, (taken) => this.#opened(opened, taken, site));
    } catch (thrown) {
      refuse(socket, this.#failed(thrown));
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) {
      socket.close(1001, 'the server stops');
      setTimeout(() => socket.terminate(), GRACE_MS).unref();
    }
    this.#sockets.close();
    await this.#callers.closeAll();
  }

  /** NOTE: a client can send no header, but what stands before the host of its address goes out as a password. */
  #admit(request: IncomingMessage): void {
    const [scheme, rest = ''] = (header(request, 'authorization') ?? '').split(' ', 2);
    const password = Buffer.from(rest, 'base64')
      .toString('utf8')
      .replace(/^[^:]*:/, '');
    const shown = { basic: password, bearer: rest }[scheme?.toLowerCase() ?? ''];
    if (!this.#house.admits(shown ?? header(request, 'x-api-key'))) throw new Fault(403, 'Invalid or missing API key');
  }

  /** NOTE: a client hears nothing but answers, so a full server lets it in and says so when it is asked. */
  #opened(Opened: Opened, socket: WebSocket, site: Site): void {
    const client = this.#client(site);
    const most = 2 * this.#house.sessions.most;
    const isFull = this.#sockets.clients.size > most;
    const plan = { client, house: this.#house, reach: this.#reach(site, client), idleMs: this.#idleMs };
    new Opened(socket, isFull ? { ...plan, full: most } : plan);
  }

  #client(site: Site): Client {
    return new Client(site, this.#house, this.#matches);
  }

  #reach(site: Site, own: Client | null): Reach {
    return {
      ...{ house: this.#house, own },
      find: (id) => this.#callers.get(id),
      create: () => this.#callers.add(this.#client(site)),
      close: (id) => this.#callers.close(id),
      tools: () => staticTools(site.environment.spec),
    };
  }

  async #answer(path: string, request: IncomingMessage): Promise<Answer> {
    this.#admit(request);
    const site = siteOf(path, this.#house.environments);
    const { method = 'GET' } = request;
    const routes = this.#routes[method] ?? {};
    if (Object.hasOwn(routes, site.route))
      return { status: 200, body: await (routes[site.route] as Route)(site, request) };
    const isKnown = Object.values(this.#routes).some((known) => Object.hasOwn(known, site.route));
    throw isKnown ? new Fault(405, 'Method Not Allowed') : new Fault(404, 'Not Found');
  }

  #failed(thrown: unknown): Answer {
    if (thrown instanceof Fault) return thrown.answer;
    const { message, code, errors } = troubleOf(thrown, this.#house);
    if (thrown instanceof Invalid || thrown instanceof UserError) return { status: 422, body: { detail: errors } };
    if (code === 'CAPACITY_REACHED') return { status: 503, body: { detail: message } };
    const refusal = refusalOf(thrown);
    return { status: refusal === null ? 500 : STATUS[refusal.error], body: { detail: message } };
  }

  async #reset(site: Site, request: IncomingMessage): Promise<JsonObject> {
    const { session_id: id, ...data } = bodyAs(resetBody, (await bodyOf(request, LARGEST)) || '{}');
    const client = id === undefined ? this.#callers.add(this.#client(site)) : this.#caller(id);
    // NOTE: who waits for others in a match, and hangs up, is not coming.
    const gone = () => void this.#callers.close(client.id);
    request.socket.once('close', gone);
    try {
      return bare(await client.inTurn(() => client.reset(data as JsonObject, { session_id: client.id })));
    } catch (thrown) {
      if (id === undefined) await this.#callers.close(client.id);
      throw thrown;
    } finally {
      request.socket.off('close', gone);
    }
  }

  async #step(request: IncomingMessage): Promise<JsonObject> {
    const { session_id: id, action: given } = bodyAs(stepBody, await bodyOf(request, LARGEST));
    const action = readAs(actionSchema(given), given);
    const client = this.#caller(id);
    return bare(await client.inTurn(() => client.step(action)));
  }

  #state({ url = '' }: IncomingMessage): object {
    const id = new URL(url, 'http://here').searchParams.get('session_id');
    return id === null ? { episode_id: null, step_count: 0 } : this.#caller(id).state();
  }

  async #mcp(site: Site, request: IncomingMessage): Promise<JsonObject> {
    return answerText(await bodyOf(request, LARGEST), this.#reach(site, null));
  }

  #caller(id: string): Client {
    const client = this.#callers.get(id);
    if (client !== undefined) return client;
    throw unfit('value_error', ['session_id'], 'there is no such session; a reset gives its id in the metadata', id);
  }
}

/** NOTE: over HTTP the metadata stands in the observation alone. */
function bare({ observation, reward, done }: Observed): JsonObject {
  return { observation, reward, done };
}

/** Answers a request for a socket that is not taken. */
function refuse(socket: Duplex, { status, body }: Answer): void {
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(text)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
}
