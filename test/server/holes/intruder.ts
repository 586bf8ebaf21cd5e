import { io, type Socket } from 'socket.io-client';
import type { TableView } from '../../../src/server/wire/wire.js';
import { ask } from '../served.js';

/** How long a message may go unanswered: boardgame.io answers no `update`. */
const PATIENCE_MS = 400;

export interface Seats {
  readonly id: string;
  readonly game: string;
  readonly tokens: readonly string[];
}

/** What a state looks like from outside, on either server. */
export interface State {
  readonly G: TableView & { readonly [key: string]: unknown };
  readonly ctx: { readonly gameover?: unknown; readonly activePlayers: object | null };
  readonly _stateID: number;
}

interface Synced {
  readonly state: State;
  readonly initialState?: { readonly plugins: { readonly random: { readonly data: { readonly seed: string } } } };
}

/** Somebody at the wire who sends what no client would. The same for both servers. */
export class Intruder {
  /** Everything that came, oldest first. */
  readonly heard: (readonly [event: string, ...args: unknown[]])[] = [];
  readonly #socket: Socket;

  /** Whether a connection was made. */
  readonly connected: Promise<boolean>;

  constructor(url: string, game: string, headers: { readonly [name: string]: string } = {}) {
    const options = { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: headers };
    this.#socket = io(`${url}/${game}`, options);
    this.#socket.onAny((event: string, ...args: unknown[]) => void this.heard.push([event, ...args]));
    this.connected = new Promise((resolve) => {
      this.#socket.on('connect', () => resolve(true));
      this.#socket.on('connect_error', () => resolve(false));
    });
  }

  /** Sends, and waits until it is answered, the connection is gone, or no answer will come. */
  async tell(event: string, ...args: readonly unknown[]): Promise<unknown> {
    await this.connected;
    return new Promise((resolve) => {
      this.#socket.emit(event, ...args, resolve);
      this.#socket.once('disconnect', resolve);
      setTimeout(resolve, PATIENCE_MS);
    });
  }

  /** Sends a packet as it stands. */
  async raw(packet: string): Promise<void> {
    await this.connected;
    this.#socket.io.engine.write(packet);
    await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  }

  /** Sits down, and gives what came of it; null when nothing did. */
  async sync(id: string, seat: number | null, token?: string): Promise<Synced | null> {
    const before = this.heard.length;
    await this.tell('sync', id, seat === null ? null : `${seat}`, token);
    const came = this.heard.slice(before).find(([event]) => event === 'sync');
    return came === undefined ? null : (came[2] as Synced);
  }

  /** Names of what came after the first few messages. */
  since(count: number): string[] {
    return this.heard.slice(count).map(([event]) => event);
  }

  /** Whether a word was in anything that came. */
  saw(word: string): boolean {
    return JSON.stringify(this.heard).includes(word);
  }

  /** Waits until a word is in something that came. */
  async until(word: string): Promise<void> {
    while (!this.saw(word)) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  get open(): boolean {
    return this.#socket.connected;
  }

  close(): void {
    this.#socket.close();
  }
}

/** A match with somebody in every seat, made by the lobby's HTTP. */
export async function seated(url: string, game: string, seats = 2): Promise<Seats> {
  const id = await create(url, game, { numPlayers: seats });
  const tokens: string[] = [];
  for (let seat = 0; seat < seats; seat++) tokens.push(String((await join(url, { id, game }, seat)).playerCredentials));
  return { id, game, tokens };
}

export async function create(url: string, game: string, body: object = { numPlayers: 2 }): Promise<string> {
  return String((await ask(url, `/games/${game}/create`, body)).body.matchID);
}

export async function join(
  url: string,
  { id, game }: Pick<Seats, 'id' | 'game'>,
  seat: number | string,
): Promise<{ readonly [key: string]: unknown }> {
  const body = { playerID: `${seat}`, playerName: `player ${seat}` };
  return (await ask(url, `/games/${game}/${id}/join`, body)).body;
}

/** A player of a match at the wire, who has seen its state. */
export async function player(
  url: string,
  { id, game, tokens }: Seats,
  seat: number,
): Promise<Intruder & { state: State }> {
  const one = new Intruder(url, game);
  const synced = await one.sync(id, seat, tokens[seat]);
  if (synced === null) throw new Error(`seat ${seat} of ${game} cannot sit down`);
  return Object.assign(one, { state: synced.state });
}

/** The first move that a player may make now, as the arguments of `update`. */
export function moveOf({ id, tokens }: Seats, seat: number, { G, _stateID }: State, by = seat): readonly unknown[] {
  const payload = { type: 'act', args: firstOf(G), playerID: `${seat}`, credentials: tokens[by] };
  return [{ type: 'MAKE_MOVE', payload }, _stateID, id, `${by}`];
}

/** The first move of what is asked, as the arguments of the one move there is. */
export function firstOf({ tick, asked }: TableView): readonly [tick: number, move: unknown] {
  const space = asked?.space;
  return [tick, space?.kind === 'choice' ? space.options[0]?.id : null];
}
