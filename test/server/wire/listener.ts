import { io, type Socket } from 'socket.io-client';
import type { Move } from '../../../src/core/space.js';
import type { Looker } from '../../../src/server/table/eye.js';
import type { Ack } from '../../../src/server/wire/wire.js';

/** Whose match it is, and what stands for its id in what was heard. */
export interface Listening {
  readonly url: string;
  readonly game: string;
  readonly id: string;
  readonly looker: Looker;
  readonly token?: string;
}

/** Somebody at the wire who keeps every packet as it came, acknowledgements included. */
export class Listener {
  readonly looker: Looker;
  /** Raw packets of socket.io, oldest first, without the ids of the match and of its record. */
  readonly frames: string[] = [];
  /** The number of the last state or change of it. */
  tick = -1;
  readonly #plan: Listening;
  readonly #socket: Socket;

  constructor(plan: Listening) {
    this.#plan = plan;
    this.looker = plan.looker;
    this.#socket = io(`${plan.url}/${plan.game}`, { transports: ['websocket'], forceNew: true, reconnection: false });
    this.#socket.io.engine.on('packet', ({ type, data }) => {
      if (type === 'message') this.#keep(String(data));
    });
    this.#socket.on('patch', (_match: string, _from: number, to: number) => {
      this.tick = to;
    });
    this.#socket.on('sync', (_match: string, { state }: { state: { _stateID: number } }) => {
      this.tick = state._stateID;
    });
  }

  async sit(): Promise<void> {
    const { id, looker, token } = this.#plan;
    const seat = looker === 'public' ? null : `${looker}`;
    const ack = (await this.#socket.emitWithAck('sync', id, seat, token)) as Ack;
    if ('error' in ack) throw new Error(`${looker} cannot sit down: ${ack.text}`);
  }

  async act(move: Move): Promise<Ack> {
    const { id, looker, token } = this.#plan;
    const payload = { type: 'act', args: [this.tick, move], playerID: `${looker}`, credentials: token };
    const action = { type: 'MAKE_MOVE', payload };
    return (await this.#socket.emitWithAck('update', action, this.tick, id, `${looker}`)) as Ack;
  }

  close(): void {
    this.#socket.close();
  }

  /** NOTE: what the server says as a connection opens names the connection, and each record has an id of its own. */
  #keep(packet: string): void {
    if (packet.startsWith('0')) return;
    this.frames.push(packet.replaceAll(this.#plan.id, 'MATCH').replace(/"record":"\w+"/, '"record":"RECORD"'));
  }
}
