import { Gate } from './http/gate.js';
import { Log } from './http/log.js';
import { Counts } from './http/metrics.js';
import { type Limits, messageRate, requestRate } from './limits.js';
import { Hall, type HallEvents } from './matches/hall.js';
import type { MatchCard } from './matches/match.js';
import { MemoryStore } from './matches/store.js';
import type { ServerOptions } from './plan.js';
import { Sockets } from './sockets/sockets.js';
import { Refused } from './wire/refused.js';

/** What stands behind the doors of a server. */
export interface Inside {
  readonly gate: Gate;
  readonly counts: Counts;
  readonly log: Log;
  readonly sockets: Sockets;
  readonly hall: Hall;
  /** When something last happened in a match, in milliseconds. */
  readonly seen: Map<string, number>;
}

export const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

export function inside(options: ServerOptions, limits: Limits): Inside {
  const { host = '127.0.0.1', origins = [], trustProxy = false, store = new MemoryStore() } = options;
  const { connectionsPerAddress } = limits;
  const loopback = LOOPBACK.includes(host);
  const gate = new Gate({ origins, loopback, trustProxy, connectionsPerAddress, rate: requestRate(limits) });
  const [counts, seen] = [new Counts(), new Map<string, number>()];
  const log: Log = new Log(options.log ?? (() => undefined), (id) => isListed(hall, id));
  const sockets = new Sockets(
    {
      origins: origins.length === 0 ? null : origins,
      rate: messageRate(limits),
      spectators: limits.spectators,
      problem: (error) => log.problem(error),
      answered: (message, answer) => counts.answered(message, answer),
    },
    // NOTE: doors take sockets over at paths of their own, and what leads nowhere is refused by the server.
    { allowRequest: (request, answer) => admit(gate, request, answer), destroyUpgrade: false },
  );
  const { environments, agents } = options;
  const hall: Hall = new Hall({
    ...{ environments, agents, store, events: heard(sockets, log, seen) },
    ...(options.paceMs === undefined ? {} : { paceMs: options.paceMs }),
    ...(options.agentMs === undefined ? {} : { agentMs: options.agentMs }),
    problem: (error) => log.problem(error),
  });
  return { gate, counts, log, sockets, hall, seen };
}

/** Whether somebody is connected who has a seat. */
export function isWatched({ sockets }: Pick<Inside, 'sockets'>, { id, seats }: MatchCard): boolean {
  return seats.some(({ kind }, seat) => kind === 'person' && sockets.isConnected(id, seat));
}

/** Counts what each address holds open, from now on. */
export function countConnections({ sockets, gate }: Pick<Inside, 'sockets' | 'gate'>): void {
  sockets.io.engine.on('connection', (socket: { request: Parameters<Gate['addressOf']>[0]; once: OnClose }) => {
    socket.once('close', gate.opened(gate.addressOf(socket.request)));
  });
}

type OnClose = (name: 'close', then: () => void) => void;

function admit(
  gate: Gate,
  request: Parameters<Gate['connect']>[0],
  answer: (error: string | null | undefined, success: boolean) => void,
): void {
  try {
    gate.connect(request);
    answer(null, true);
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    answer(thrown.refusal.text, false);
  }
}

/** What happens in matches, told to the sockets and taken note of. */
function heard(sockets: Sockets, log: Log, seen: Map<string, number>): HallEvents {
  return {
    patch(match, looker, patch) {
      seen.set(match, Date.now());
      sockets.patch(match, looker, patch);
    },
    card(card) {
      log.card(card);
      sockets.card(card);
    },
    left: (match, seat) => sockets.left(match, seat),
    gone(card) {
      log.gone(card);
      seen.delete(card.id);
      sockets.gone(card);
    },
  };
}

function isListed(hall: Hall, id: string): boolean {
  return hall.has(id) && !hall.match(id).unlisted;
}
