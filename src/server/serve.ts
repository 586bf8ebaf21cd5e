import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { UserError } from '../core/errors.js';
import { Doors } from './doors/doors.js';
import { app } from './http/app.js';
import { metricsRoutes } from './http/metrics.js';
import { page, pageFolder } from './http/page.js';
import type { Visit } from './http/visit.js';
import { countConnections, type Inside, inside, isWatched } from './inside.js';
import { LIMITS, type Limits } from './limits.js';
import { Lobby } from './lobby/lobby.js';
import { operatorRoutes } from './lobby/oversee.js';
import { Quota } from './lobby/quota.js';
import { gameRoutes } from './lobby/routes.js';
import { shelfRoutes } from './lobby/shelf.js';
import { PATIENCE, sweep } from './lobby/sweep.js';
import type { Hall } from './matches/hall.js';
import type { ServerOptions } from './plan.js';
import { replayRoutes } from './replays/routes.js';
import { Replays } from './replays/service.js';

export interface OpenServer {
  readonly url: string;
  readonly hall: Hall;
  readonly http: Server;
  /** How many games of an earlier process go on. */
  readonly resumed: number;
  /** Stops; games stay where they are. */
  close(): Promise<void>;
}

const SWEEP_MS = 60_000;
/** The path of socket.io. */
const SOCKETS = '/socket.io/';
/** NOTE: who sends a request in drops holds a connection no longer than this. */
const REQUEST_MS = 15_000;

/**
 * A server of tables: lobby, sockets, page. Everything that comes from outside passes one gate, and everything that is
 * done one hall.
 * @throws UserError when the port cannot be had
 */
export async function openServer(options: ServerOptions): Promise<OpenServer> {
  const limits = { ...LIMITS, ...options.limits };
  const within = inside(options, limits);
  const { sockets, hall } = within;
  const doors = doorsOf(options, within);
  const lobby = getRequestListener(
    web(options, limits, within).fetch as Parameters<typeof getRequestListener>[0],
  ) as RequestListener;
  const http = createServer({ requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS }, (request, response) => {
    if (!doors.request(request, response)) lobby(request, response);
  });
  sockets.open(http, hall, [...options.environments.keys()]);
  doors.listen(http, (path) => path.startsWith(SOCKETS));
  countConnections(within);
  const { host = '127.0.0.1' } = options;
  const { resumed, port } = await begin(within, http, options.port, host);
  const sweeping = setInterval(() => void sweepOnce(options, within), SWEEP_MS).unref();
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    ...{ hall, http, resumed },
    async close() {
      clearInterval(sweeping);
      await doors.close();
      await end(within);
      http.closeAllConnections();
    },
  };
}

/** NOTE: a server that cannot be reached must leave the games to another. */
async function begin(
  within: Inside,
  http: Server,
  port: number,
  host: string,
): Promise<{ resumed: number; port: number }> {
  try {
    return { resumed: await within.hall.resume(), port: await listen(http, port, host) };
  } catch (error) {
    await end(within);
    throw error;
  }
}

/** NOTE: none is a set of doors too, which leads nowhere. */
function doorsOf({ environments, agents, doors }: ServerOptions, { gate, log }: Inside): Doors {
  const closed = { doors: [], sessions: 0, idleMs: 0, callMs: 0 };
  return new Doors({ ...(doors ?? closed), environments, agents, gate, problem: (error) => log.problem(error) });
}

async function end({ sockets, hall }: Inside): Promise<void> {
  await sockets.close();
  await hall.close();
}

function web(options: ServerOptions, limits: Limits, { gate, hall, sockets, log, counts }: Inside): Hono<Visit> {
  const { catalogue, environments, agents } = options;
  const lobby = new Lobby({
    ...{ hall, catalogue, environments, agents, quota: new Quota(limits) },
    isConnected: (match, seat) => sockets.isConnected(match, seat),
    made: (card) => log.made(card),
  });
  const replays = new Replays({
    ...{ environments, agents, places: options.records ?? [] },
    kept: (id) => hall.recordOf(id),
  });
  const measured = { matches: () => hall.matches, sockets: () => sockets.io.engine.clientsCount };
  return app({
    gate,
    routes: [
      ['/games', gameRoutes(lobby)],
      ['/api', shelfRoutes(lobby)],
      ['/api/replays', replayRoutes(replays)],
      ...(options.metrics === true ? [['/metrics', metricsRoutes(counts, measured)] as const] : []),
      ...(options.operator === undefined ? [] : [['/api/operator', operatorRoutes(hall, options.operator)] as const]),
    ],
    page: page(options.page ?? pageFolder()),
    refused: (refusal) => counts.refused(refusal),
    problem: (error) => log.problem(error),
  });
}

function sweepOnce({ patience }: ServerOptions, within: Inside): Promise<void> {
  return sweep({
    hall: within.hall,
    patience: { ...PATIENCE, ...patience },
    isWatched: (card) => isWatched(within, card),
    lastSeen: (id) => within.seen.get(id),
    problem: (error) => within.log.problem(error),
  });
}

function listen(http: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => reject(unheard(error, port, host)));
    http.listen(port, host, () => resolve((http.address() as AddressInfo).port));
  });
}

function unheard(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const reasons: { readonly [code: string]: string } = {
    EADDRINUSE: `port ${port} is taken by another program; take another one with --port, or 0 for any that is free`,
    EACCES: `port ${port} may not be used by you; take one above 1023 with --port`,
    EADDRNOTAVAIL: `this machine has no address ${host}; --host takes one of its own, or 0.0.0.0 for all`,
    ENOTFOUND: `there is no address "${host}"; --host takes one of this machine, or 0.0.0.0 for all`,
  };
  const reason = reasons[error.code ?? ''];
  return reason === undefined ? error : new UserError(reason, { cause: error });
}
