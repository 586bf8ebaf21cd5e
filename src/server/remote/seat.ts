import { io, type Socket } from 'socket.io-client';
import type { Json } from '../../core/json.js';
import { type Operation, patched } from '../../core/patch.js';
import type { Move } from '../../core/space.js';
import type { Ack, Refusal, TableView, WireState } from '../wire/wire.js';
import type { MatchAddress, SeatKey } from './lobby.js';

/** What a seat far away tells whoever plays in it. */
export interface SeatEvents {
  /** What the seat sees is new. */
  seen(view: TableView): void;
  connected(isConnected: boolean): void;
  /** The server does not let the seat in. */
  refused(refusal: Refusal): void;
}

const SENT_AWAY: Refusal = {
  error: 'unauthorized',
  text: 'the server sent the seat away: the match is gone, or the seat',
};
/** How long an answer to a move may take before the table is looked at again, in milliseconds. */
const ANSWER_MS = 10_000;

/** A seat at a table on a server: comes back by itself after a lost connection, and always knows the whole view. */
export class RemoteSeat {
  readonly #socket: Socket;
  readonly #address: MatchAddress;
  readonly #key: SeatKey;
  readonly #events: SeatEvents;
  #state: WireState | null = null;

  constructor(address: MatchAddress, key: SeatKey, events: SeatEvents) {
    this.#address = address;
    this.#key = key;
    this.#events = events;
    this.#socket = io(`${address.server}/${encodeURIComponent(address.game)}`, { forceNew: true });
    this.#socket.on('connect', () => this.sync());
    this.#socket.on('disconnect', (reason) => {
      // NOTE: what the server cuts on purpose stays cut; all else comes back by itself.
      if (reason === 'io server disconnect') events.refused(SENT_AWAY);
      else if (reason !== 'io client disconnect') events.connected(false);
    });
    this.#socket.on('sync', (match: string, { state }: { state: WireState }) => this.#take(match, state));
    this.#socket.on('patch', (match: string, from: number, _to: number, operations: Operation[]) =>
      this.#patch(match, from, operations),
    );
  }

  /** Asks for the whole view. */
  sync(): void {
    const { match } = this.#address;
    this.#socket.emit('sync', match, String(this.#key.seat), this.#key.token, (answer: Ack) => {
      if ('error' in answer) this.#events.refused(answer);
      else this.#events.connected(true);
    });
  }

  /** Sends a move. Null when no answer came: whether it arrived is seen at the table. */
  async act(tick: number, move: Move): Promise<Ack | null> {
    const { seat, token } = this.#key;
    const payload = { type: 'act', args: [tick, move], playerID: String(seat), credentials: token };
    const message = [{ type: 'MAKE_MOVE', payload }, tick, this.#address.match, String(seat)];
    try {
      return (await this.#socket.timeout(ANSWER_MS).emitWithAck('update', ...message)) as Ack;
    } catch {
      return null;
    }
  }

  close(): void {
    this.#socket.disconnect();
  }

  #take(match: string, state: WireState): void {
    if (match !== this.#address.match) return;
    this.#state = state;
    this.#events.seen(state.G);
  }

  #patch(match: string, from: number, operations: readonly Operation[]): void {
    if (match !== this.#address.match || this.#state === null) return;
    if (this.#state._stateID !== from) this.sync();
    else this.#take(match, patched(this.#state as unknown as Json, operations) as unknown as WireState);
  }
}
