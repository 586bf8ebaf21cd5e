import { io, type Socket } from 'socket.io-client';
import type { Spec } from '../../../src/core/environment.js';
import type { Json } from '../../../src/core/json.js';
import type { Rng } from '../../../src/core/rng.js';
import { type Move, sample } from '../../../src/core/space.js';
import type { Operation } from '../../../src/server/table/eye.js';
import type { Ack, TableView, WireState } from '../../../src/server/wire/wire.js';

export interface Seat {
  readonly url: string;
  readonly match: string;
  readonly game: string;
  readonly seat: number;
  readonly token: string;
}

/**
 * A scripted person at the wire. It keeps its own log of what it sent, what was acknowledged and what it saw, comes back
 * when the server was gone, and sends again what was not acknowledged.
 */
export class Player {
  readonly seat: Seat;
  /** By own turn: what was sent, and what of it was acknowledged. */
  readonly sent: Move[] = [];
  readonly acknowledged: Move[] = [];
  /** What it saw taken back, in words: there must be none. */
  readonly wrong: string[] = [];
  table: TableView | null = null;
  readonly #spec: Spec;
  readonly #rng: Rng;
  readonly #heard: () => void;
  readonly #socket: Socket;
  #state: WireState | null = null;
  #asking = -1;

  /** @param heard told of every message that came */
  constructor(seat: Seat, spec: Spec, rng: Rng, heard: () => void) {
    this.seat = seat;
    this.#spec = spec;
    this.#rng = rng;
    this.#heard = heard;
    this.#socket = io(`${seat.url}/${seat.game}`, { reconnectionDelay: 20, reconnectionDelayMax: 100, forceNew: true });
    this.#socket.on('connect', () => this.#sync());
    this.#socket.on('sync', (_match: string, { state }: { state: WireState }) => this.#see(state));
    this.#socket.on('patch', (_match: string, from: number, _to: number, operations: Operation[]) =>
      this.#patch(from, operations),
    );
  }

  get over(): boolean {
    return this.table?.over != null;
  }

  close(): void {
    this.#socket.close();
  }

  #sync(): void {
    this.#asking = -1;
    this.#socket.emit('sync', this.seat.match, String(this.seat.seat), this.seat.token);
  }

  #patch(from: number, operations: readonly Operation[]): void {
    if (this.#state === null || this.#state._stateID !== from) this.#sync();
    else this.#see(patched(this.#state, operations));
  }

  #see(state: WireState): void {
    const before = this.table;
    this.#state = state;
    this.table = state.G;
    if (before !== null) {
      this.#isContinued('events', before.events, state.G.events);
      this.#isContinued('moves', before.moves, state.G.moves);
    }
    this.#heard();
    this.#act(state.G);
  }

  #isContinued(what: string, before: readonly Json[], now: readonly Json[]): void {
    if (JSON.stringify(now.slice(0, before.length)) !== JSON.stringify(before)) {
      this.wrong.push(`${what} seen before are gone: ${JSON.stringify(before)}, now ${JSON.stringify(now)}`);
    }
  }

  #act({ asked, tick, moves }: TableView): void {
    if (asked === null || this.#asking === tick) return;
    this.#asking = tick;
    const turn = moves.length;
    const move = this.sent[turn] ?? sample(this.#spec, asked.space, this.#rng);
    this.sent[turn] = move;
    const { match, seat, token } = this.seat;
    const payload = { type: 'act', args: [tick, move], playerID: String(seat), credentials: token };
    const message = ['update', { type: 'MAKE_MOVE', payload }, tick, match, String(seat)] as const;
    this.#socket.emit(...message, (ack: Ack) => {
      this.#heard();
      if ('ok' in ack) this.acknowledged[turn] = move;
      else if (ack.error === 'stale') this.#sync();
      else this.wrong.push(`refused: ${ack.error}: ${ack.text}`);
    });
  }
}

/** What a JSON Patch makes of a value, for the operations that tables send. */
function patched(state: WireState, operations: readonly Operation[]): WireState {
  const next = structuredClone(state);
  for (const { path, value } of operations) {
    const keys = path.slice(1).split('/');
    const last = keys.pop() as string;
    let at: unknown = next;
    for (const key of keys) at = (at as { [key: string]: unknown })[key];
    if (Array.isArray(at) && last === '-') at.push(value);
    else (at as { [key: string]: unknown })[last] = value;
  }
  return next;
}
