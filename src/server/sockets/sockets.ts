import type { Server as HttpServer } from 'node:http';
import { Server, type ServerOptions, type Socket } from 'socket.io';
import type { z } from 'zod';
import type { Seat } from '../../core/environment.js';
import type { Hall, HallEvents } from '../matches/hall.js';
import { type MatchCard, playerCard } from '../matches/match.js';
import { Proof } from '../matches/tokens.js';
import type { Looker, Patch } from '../table/eye.js';
import { Bucket, type Rate } from '../wire/bucket.js';
import { Refused } from '../wire/refused.js';
import type { Ack, ChatLine, PlayerCard, Refusal, WireState } from '../wire/wire.js';
import { Burst, packetOf } from './burst.js';
import { chatMessage, pauseMessage, syncMessage, updateMessage } from './messages.js';

export interface SocketPlan {
  /** Where pages may come from besides the server's own address; `null` lets none but that one. */
  readonly origins: readonly string[] | null;
  readonly rate: Rate;
  /** Most sockets that may look on at one match without a seat. */
  readonly spectators: number;
  /** Told of what went wrong here; never shown to anybody. */
  readonly problem: (error: unknown) => void;
  /** Told of the answer to each message. */
  readonly answered?: (message: string, answer: Ack) => void;
}

/** Largest message taken, in bytes. */
const LARGEST = 64 * 1024;

/** Where a socket looks. */
interface Place {
  readonly match: string;
  readonly looker: Looker;
}

type Handler<T extends readonly unknown[]> = (...message: T) => Ack | Promise<Ack>;
const DONE: Ack = { ok: true, tick: 0 };

/**
 * The tables' door for sockets: one namespace a game, boardgame.io's messages, each read by a schema before anything
 * else looks at it. Nothing a client sends can throw past here.
 */
export class Sockets implements HallEvents {
  readonly io: Server;
  readonly #plan: SocketPlan;
  readonly #places = new Map<Socket, Place>();
  readonly #burst = new Burst();
  #hall: Hall | null = null;

  constructor(plan: SocketPlan, options: Partial<ServerOptions> = {}) {
    this.#plan = plan;
    this.io = new Server({
      maxHttpBufferSize: LARGEST,
      serveClient: false,
      cors: { origin: plan.origins === null ? false : [...plan.origins] },
      ...options,
    });
  }

  /** Begins to listen. @param games namespaces to open */
  open(server: HttpServer, hall: Hall, games: readonly string[]): void {
    this.#hall = hall;
    for (const game of games) {
      this.io.of(namespaceOf(game)).on('connection', (socket) => this.#welcome(game, socket));
    }
    this.io.attach(server);
  }

  async close(): Promise<void> {
    this.#burst.flush();
    await this.io.close();
  }

  /** NOTE: nothing is written out where nobody is to have it. */
  patch(match: string, looker: Looker, { from, to, operations }: Patch): void {
    const { name, adapter, sockets } = this.io.of(namespaceOf(this.#open.match(match).game));
    const room = adapter.rooms.get(roomOf(match, looker));
    if (room === undefined) return;
    const packet = packetOf(name, JSON.stringify(['patch', match, from, to, operations, []]));
    for (const id of room) {
      const socket = sockets.get(id);
      if (socket !== undefined) this.#burst.send(socket.conn, packet);
    }
  }

  card(card: MatchCard): void {
    this.#burst.flush();
    this.io.of(namespaceOf(card.game)).to(card.id).emit('matchData', card.id, this.#players(card));
  }

  left(match: string, seat: Seat): void {
    for (const [socket, place] of this.#places) {
      if (place.match !== match || place.looker !== seat) continue;
      this.#leave(socket);
      this.#burst.flush();
      socket.disconnect(true);
    }
  }

  gone({ id }: MatchCard): void {
    for (const [socket, place] of this.#places) {
      if (place.match !== id) continue;
      // NOTE: forgotten first, because leaving tells the others of a match that is there.
      this.#places.delete(socket);
      this.#burst.flush();
      socket.disconnect(true);
    }
  }

  /** Whether somebody is connected for a seat. */
  isConnected(match: string, seat: Seat): boolean {
    const game = this.#open.match(match).game;
    return (this.io.of(namespaceOf(game)).adapter.rooms.get(roomOf(match, seat))?.size ?? 0) > 0;
  }

  get #open(): Hall {
    if (this.#hall === null) throw new Error('the sockets are not open yet');
    return this.#hall;
  }

  #players(card: MatchCard): PlayerCard[] {
    return card.seats.map((seat, index) => playerCard(seat, index, this.isConnected(card.id, index)));
  }

  #welcome(game: string, socket: Socket): void {
    const bucket = new Bucket(this.#plan.rate, Date.now());
    const proof = new Proof();
    const on = <T extends readonly unknown[]>(name: string, schema: z.ZodType<T>, handler: Handler<T>) =>
      socket.on(name, async (...raw: unknown[]) => {
        const answer = await this.#handle(socket, bucket, schema, handler, raw);
        this.#plan.answered?.(name, answer);
      });
    on('sync', syncMessage, (match, seat, token) => this.#sync(game, socket, match, seat, token));
    on('update', updateMessage, ({ payload }, _state, match, seat) => {
      if (payload.playerID != null && payload.playerID !== seat)
        throw new Refused('player mismatch', 'the move is for another seat than the message');
      this.#open.authenticate(match, game, Number(seat), payload.credentials ?? undefined, proof);
      return this.#open.act(match, Number(seat), payload.args[0], payload.args[1]);
    });
    on('chat', chatMessage, (match, message, token) => {
      this.#open.authenticate(match, game, Number(message.sender), token);
      return this.#chat(match, message);
    });
    on('pause', pauseMessage, (...message) => this.#pause(game, message, true));
    on('resume', pauseMessage, (...message) => this.#pause(game, message, false));
    socket.on('disconnect', () => this.#leave(socket));
  }

  async #handle<T extends readonly unknown[]>(
    socket: Socket,
    bucket: Bucket,
    schema: z.ZodType<T>,
    handler: Handler<T>,
    raw: unknown[],
  ): Promise<Ack> {
    const last = raw[raw.length - 1];
    const ack = typeof last === 'function' ? (raw.pop() as (answer: Ack) => void) : null;
    const answer = await this.#answer(bucket, schema, handler, raw);
    if ('error' in answer || ack !== null) this.#burst.flush();
    if ('error' in answer) socket.emit('refused', answer);
    ack?.(answer);
    return answer;
  }

  async #answer<T extends readonly unknown[]>(
    bucket: Bucket,
    schema: z.ZodType<T>,
    handler: Handler<T>,
    raw: unknown[],
  ): Promise<Ack> {
    try {
      if (!bucket.take(Date.now())) return refusal('rate', 'too many messages; wait a moment');
      const read = schema.safeParse(raw);
      return read.success ? await handler(...read.data) : refusal('malformed', 'the message is not of the right form');
    } catch (thrown) {
      if (thrown instanceof Refused) return thrown.refusal;
      this.#plan.problem(thrown);
      return refusal('internal', 'something went wrong here; nothing was changed');
    }
  }

  async #sync(game: string, socket: Socket, match: string, seat: string | null, token: string | null): Promise<Ack> {
    const hall = this.#open;
    const looker: Looker = seat === null ? 'public' : Number(seat);
    hall.match(match, game);
    if (looker !== 'public') hall.authenticate(match, game, looker, token ?? undefined);
    else this.#admit(game, match, socket);
    const isNew = this.#places.get(socket)?.match !== match;
    this.#leave(socket);
    const place = { match, looker };
    this.#places.set(socket, place);
    if (looker !== 'public') hall.arrived(match, looker);
    const state = await this.#show(socket, place);
    const card = hall.match(match);
    if (isNew) for (const line of hall.said(match)) socket.emit('chat', match, line);
    if (looker !== 'public') this.card(card);
    return { ok: true, tick: state._stateID };
  }

  /** NOTE: frames come to a socket from the moment on that it is shown what they go on from. */
  async #show(socket: Socket, place: Place): Promise<WireState> {
    const { match, looker } = place;
    let shown: ((state: WireState) => void) | undefined;
    const state = new Promise<WireState>((resolve) => {
      shown = resolve;
    });
    await this.#open.show(match, looker, (state) => {
      if (this.#places.get(socket) === place) {
        void socket.join([match, roomOf(match, looker)]);
        const filteredMetadata = this.#players(this.#open.match(match));
        this.#burst.flush();
        socket.emit('sync', match, { state, log: [], filteredMetadata });
      }
      shown?.(state);
    });
    return state;
  }

  #admit(game: string, match: string, socket: Socket): void {
    const rooms = this.io.of(namespaceOf(game)).adapter.rooms.get(roomOf(match, 'public'));
    if (rooms !== undefined && !rooms.has(socket.id) && rooms.size >= this.#plan.spectators)
      throw new Refused('full', 'as many people look on as may');
  }

  #leave(socket: Socket): void {
    const place = this.#places.get(socket);
    if (place === undefined) return;
    this.#places.delete(socket);
    void socket.leave(place.match);
    void socket.leave(roomOf(place.match, place.looker));
    if (place.looker === 'public') return;
    this.card(this.#open.match(place.match));
    if (!this.isConnected(place.match, place.looker)) this.#open.departed(place.match, place.looker);
  }

  async #pause(game: string, [match, seat, token]: z.infer<typeof pauseMessage>, wanted: boolean): Promise<Ack> {
    this.#open.authenticate(match, game, Number(seat), token);
    await this.#open.pause(match, Number(seat), wanted);
    return DONE;
  }

  async #chat(match: string, message: ChatLine): Promise<Ack> {
    const card = this.#open.match(match);
    await this.#open.say(match, message);
    this.io.of(namespaceOf(card.game)).to(match).emit('chat', match, message);
    return DONE;
  }
}

/** A game's namespace: stock clients take the game's name. */
function namespaceOf(game: string): string {
  return `/${game}`;
}

function roomOf(match: string, looker: Looker): string {
  return `${match} ${looker}`;
}

function refusal(error: Refusal['error'], text: string): Refusal {
  return { error, text };
}
