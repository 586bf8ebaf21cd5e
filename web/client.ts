import { io, type Socket } from 'socket.io-client';
import type { Json } from '../src/core/json.js';
import { type Operation, PatchError, patched } from '../src/core/patch.js';
import type { Move } from '../src/core/space.js';
import type { Ack, PlayerCard, Refusal, TableView, WireState } from '../src/server/wire/wire.js';
import type { Seated } from './seated.js';

/** One line of chat. The sender is a seat's number. */
export interface ChatLine {
  readonly id: string;
  readonly sender: string;
  readonly payload: string;
}

/** What a page knows of a table: nothing but what the server said, and what is on its way there. */
export interface Snapshot {
  readonly connection: 'connecting' | 'open' | 'lost';
  readonly view: TableView | null;
  /** When the view came, by the browser's clock: turns are timed from it. */
  readonly viewAt: number;
  readonly players: readonly PlayerCard[];
  readonly chat: readonly ChatLine[];
  /** A move that was sent and is not answered yet. */
  readonly pending: Move | null;
  readonly refusal: Refusal | null;
}

/** Which table, and in which seat; without one the client looks on. */
export interface Place {
  readonly game: string;
  readonly matchID: string;
  readonly seated: Seated | null;
  /** Address of the server; where the page came from when absent. */
  readonly server?: string;
}

/** Before the server has said anything. */
export const NOTHING: Snapshot = {
  connection: 'connecting',
  view: null,
  viewAt: 0,
  players: [],
  chat: [],
  pending: null,
  refusal: null,
};
const ANSWER_MS = 15_000;
const MOST_CHAT = 500;

/**
 * A seat at a table over the wire, or a place among those who look on. Speaks the protocol of `server/wire/wire.ts`. After a
 * lost connection it comes back by itself with the same credentials; a patch that does not fit is answered by asking
 * for the whole again.
 */
export class TableClient {
  readonly #place: Place;
  readonly #socket: Socket;
  readonly #listeners = new Set<() => void>();
  #state: WireState | null = null;
  #snapshot: Snapshot = NOTHING;

  constructor(place: Place) {
    this.#place = place;
    this.#socket = io(`${place.server ?? ''}/${place.game}`, { forceNew: true });
    this.#socket.on('connect', () => this.#sync());
    this.#socket.on('disconnect', () => this.#show({ connection: 'lost' }));
    this.#socket.on('connect_error', () => this.#show({ connection: 'lost' }));
    this.#listen();
  }

  /** For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly snapshot = (): Snapshot => this.#snapshot;

  /** Sends a move for what is asked now. What comes of it is seen in the snapshot. */
  readonly act = (move: Move): void => {
    const { view, pending } = this.#snapshot;
    const { seated, matchID } = this.#place;
    if (view?.asked == null || seated === null || pending !== null || !this.#socket.connected) return;
    this.#show({ pending: move, refusal: null });
    const args = [view.tick, move];
    const payload = { type: 'act', args, playerID: seated.playerID, credentials: seated.credentials };
    this.#socket
      .timeout(ANSWER_MS)
      .emit('update', { type: 'MAKE_MOVE', payload }, view.tick, matchID, seated.playerID, (lost: unknown, ack: Ack) =>
        lost ? this.#unanswered() : this.#answered(ack, view.tick),
      );
  };

  /** Says something in the chat. Resolves to why it was refused, or null. */
  readonly say = async (text: string): Promise<string | null> => {
    const { seated, matchID } = this.#place;
    if (seated === null) return 'Those who look on have no voice here.';
    const message = { id: chatId(), sender: seated.playerID, payload: text };
    return this.#tell('chat', matchID, message, seated.credentials);
  };

  /** Is for a pause, or for going on. Resolves to why it was refused, or null. */
  readonly pause = async (wanted: boolean): Promise<string | null> => {
    const { seated, matchID } = this.#place;
    if (seated === null) return 'Those who look on have no voice here.';
    return this.#tell(wanted ? 'pause' : 'resume', matchID, seated.playerID, seated.credentials);
  };

  async #tell(kind: string, ...message: unknown[]): Promise<string | null> {
    try {
      const ack = (await this.#socket.timeout(ANSWER_MS).emitWithAck(kind, ...message)) as Ack;
      return 'ok' in ack ? null : ack.text;
    } catch {
      return 'The server did not answer; it may not have heard this.';
    }
  }

  close(): void {
    this.#socket.disconnect();
  }

  #listen(): void {
    const ours =
      <T extends readonly unknown[]>(then: (...rest: T) => void) =>
      (matchID: string, ...rest: T) => {
        if (matchID === this.#place.matchID) then(...rest);
      };
    this.#socket.on(
      'sync',
      ours((info: { state: WireState; filteredMetadata: readonly PlayerCard[] }) => {
        this.#show({ connection: 'open', players: info.filteredMetadata });
        this.#take(info.state);
      }),
    );
    this.#socket.on(
      'patch',
      ours((before: number, _after: number, operations: readonly Operation[]) => this.#patch(before, operations)),
    );
    this.#socket.on(
      'matchData',
      ours((players: readonly PlayerCard[]) => this.#show({ players })),
    );
    this.#socket.on(
      'chat',
      ours((line: ChatLine) => this.#hear(line)),
    );
    this.#socket.on('refused', (refusal: Refusal) => {
      // NOTE: moves and chat have acks that say the same; coming to the table has none.
      if (this.#snapshot.view === null) this.#show({ refusal });
    });
  }

  /** NOTE: whoever comes back is told again what was said. */
  #hear(line: ChatLine): void {
    const others = this.#snapshot.chat.filter(({ id, sender }) => id !== line.id || sender !== line.sender);
    this.#show({ chat: [...others, line].slice(-MOST_CHAT) });
  }

  #sync(): void {
    const { matchID, seated } = this.#place;
    this.#socket.emit('sync', matchID, seated?.playerID ?? null, seated?.credentials);
  }

  #patch(before: number, operations: readonly Operation[]): void {
    const next = this.#state?._stateID === before ? fitting(this.#state, operations) : null;
    if (next === null) this.#sync();
    else this.#take(next);
  }

  /** NOTE: a view settles a move under way when it says that the move is in, or asks something else. */
  #take(state: WireState): void {
    const isNew = state.G.asked !== this.#state?.G.asked || this.#snapshot.view === null;
    const settled = isNew || state.G.moved ? { pending: null } : {};
    const refusal = this.#snapshot.pending === null && isNew ? { refusal: null } : {};
    this.#state = state;
    this.#show({ view: state.G, ...settled, ...refusal, ...(isNew ? { viewAt: performance.now() } : {}) });
  }

  #answered(ack: Ack, tick: number): void {
    if (!('ok' in ack)) {
      this.#show({ pending: null, refusal: ack });
      if (ack.error === 'stale') this.#sync();
    } else if ((this.#snapshot.view?.tick ?? -1) > tick) this.#show({ pending: null });
  }

  #unanswered(): void {
    if (this.#snapshot.pending === null) return;
    const text = 'The server has not answered. What the table shows now is what it knows.';
    this.#show({ pending: null, refusal: { error: 'internal', text } });
    if (this.#socket.connected) this.#sync();
  }

  #show(news: Partial<Snapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...news };
    for (const listener of this.#listeners) listener();
  }
}

/** NOTE: made of bytes, for a page that came without TLS is given no ready-made unique ids. */
function chatId(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The state after a patch; null when the patch is for another one. */
function fitting(state: WireState, operations: readonly Operation[]): WireState | null {
  try {
    return patched(state as unknown as Json, operations) as unknown as WireState;
  } catch (error) {
    if (error instanceof PatchError) return null;
    throw error;
  }
}
