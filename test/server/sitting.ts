import { io, type Socket } from 'socket.io-client';
import type { Json } from '../../src/core/json.js';
import { type Operation, patched } from '../../src/core/patch.js';
import type { Move } from '../../src/core/space.js';
import type { Ack, ChatLine, PlayerCard, TableView, WireState } from '../../src/server/wire/wire.js';

/** Somebody at a table over a real socket, who does what a test says. */
export class Sitter {
  readonly socket: Socket;
  readonly chat: ChatLine[] = [];
  players: readonly PlayerCard[] = [];
  /** Frames of the game that came. */
  frames = 0;
  #state: WireState | null = null;
  readonly #at: { readonly match: string; readonly seat: number | null; readonly token: string | undefined };

  constructor(url: string, game: string, match: string, seat: number | null, token?: string) {
    this.#at = { match, seat, token };
    this.socket = io(`${url}/${game}`, { transports: ['websocket'], forceNew: true, reconnection: false });
    this.socket.on('sync', (_match, { state, filteredMetadata }) => {
      this.#state = state;
      this.players = filteredMetadata;
    });
    this.socket.on('patch', (_match, _from, _to, operations: Operation[]) => {
      this.frames++;
      this.#state = patched(this.#state as unknown as Json, operations) as unknown as WireState;
    });
    this.socket.on('matchData', (_match, players) => {
      this.players = players;
    });
    this.socket.on('chat', (_match, line: ChatLine) => void this.chat.push(line));
  }

  get view(): TableView {
    if (this.#state === null) throw new Error('nothing was seen yet');
    return this.#state.G;
  }

  /** Comes to the table. */
  sync(): Promise<Ack> {
    const { match, seat, token } = this.#at;
    return this.#send('sync', match, seat === null ? null : String(seat), token ?? null);
  }

  act(move: Move): Promise<Ack> {
    const { match, seat, token } = this.#at;
    const payload = { type: 'act', args: [this.view.tick, move], playerID: String(seat), credentials: token };
    return this.#send('update', { type: 'MAKE_MOVE', payload }, this.view.tick, match, String(seat));
  }

  /** Plays the first option of what is asked. */
  first(): Promise<Ack> {
    const space = this.view.asked?.space;
    if (space?.kind !== 'choice') throw new Error('no choice is asked');
    return this.act(space.options[0]?.id as Move);
  }

  say(payload: string, id = 'line'): Promise<Ack> {
    const { match, seat, token } = this.#at;
    return this.#send('chat', match, { id, sender: String(seat), payload }, token);
  }

  pause(word: 'pause' | 'resume'): Promise<Ack> {
    const { match, seat, token } = this.#at;
    return this.#send(word, match, String(seat), token);
  }

  leave(): void {
    this.socket.disconnect();
  }

  #send(name: string, ...message: unknown[]): Promise<Ack> {
    return this.socket.emitWithAck(name, ...message) as Promise<Ack>;
  }
}
