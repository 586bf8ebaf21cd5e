import { type Event, isTold, type Moves } from '../../../src/core/environment.js';
import { Episode } from '../../../src/core/episode.js';
import type { Json, JsonObject } from '../../../src/core/json.js';
import { publicMatch } from '../../../src/server/matches/match.js';
import type { Looker } from '../../../src/server/table/eye.js';
import type { Tables } from '../tables.js';
import { Listener } from './listener.js';
import type { Script } from './scripted.js';

/** What one viewer of a whole game was sent, and what it may know. */
export interface Overheard {
  readonly looker: Looker;
  readonly frames: readonly string[];
  /** After each step that waits for somebody: own moves and events told so far, and frames so far. */
  readonly marks: readonly { readonly items: number; readonly frames: number }[];
  /** Own moves, events told and how it ended, which everybody is told, in their order, as text. */
  readonly items: readonly string[];
  /** Events of others, as text. */
  readonly hidden: readonly string[];
}

export interface Game {
  readonly viewers: readonly Overheard[];
  /** What the lobby said of the match while it was played, each different answer once. */
  readonly lobby: readonly string[];
  /** Secrets that no viewer may be sent. */
  readonly secrets: readonly string[];
  readonly steps: number;
}

/** Plays these moves at a real table by real sockets, with a spectator, and keeps all that everybody is sent. */
export async function overhear(
  tables: Tables,
  script: Script,
  game: string,
  config: JsonObject,
  moves: readonly Moves[],
): Promise<Game> {
  script.set(moves);
  const { id, tokens } = await tables.full(game, config);
  const { url, hall } = tables;
  const lookers: Looker[] = [...tokens.keys(), 'public'];
  const listeners = lookers.map(
    (looker) =>
      new Listener({ url, game, id, looker, ...(looker === 'public' ? {} : { token: tokens[looker] as string }) }),
  );
  for (const listener of listeners) await listener.sit();
  const table = new Play(tables, id, listeners, new Episode(hall.oversee(id, game).episode.environment, config));
  for (const one of moves) await table.step(one);
  for (const listener of listeners) listener.close();
  const { seed } = hall.match(id);
  return { ...table.told(), secrets: [seed, ...tokens], steps: moves.length };
}

interface Heard {
  readonly items: string[];
  readonly hidden: string[];
  readonly marks: { readonly items: number; readonly frames: number }[];
}

class Play {
  readonly #tables: Tables;
  readonly #id: string;
  readonly #listeners: readonly Listener[];
  /** The same game beside the table, to know who was told what. */
  readonly #episode: Episode;
  readonly #viewers: Heard[];
  readonly #lobby = new Set<string>();

  constructor(tables: Tables, id: string, listeners: readonly Listener[], episode: Episode) {
    this.#tables = tables;
    this.#id = id;
    this.#listeners = listeners;
    this.#episode = episode;
    this.#viewers = listeners.map(() => ({ items: [], hidden: [], marks: [] }));
  }

  told(): Pick<Game, 'viewers' | 'lobby'> {
    const viewers = this.#viewers.map((viewer, at) => {
      const { looker, frames } = this.#listeners[at] as Listener;
      return { ...viewer, looker, frames };
    });
    return { viewers, lobby: [...this.#lobby] };
  }

  async step(moves: Moves): Promise<void> {
    if ('seats' in moves) {
      for (const [seat, move] of Object.entries(moves.seats)) {
        const ack = await (this.#listeners[Number(seat)] as Listener).act(move);
        if ('error' in ack) throw new Error(`seat ${seat}: ${ack.error}: ${ack.text}`);
      }
    }
    await this.#settled();
    const { events = [] } = this.#episode.apply(moves);
    for (const at of this.#viewers.keys()) this.#note(at, moves, events);
    this.#asLobby();
  }

  #note(at: number, moves: Moves, events: readonly Event[]): void {
    const { looker, frames } = this.#listeners[at] as Listener;
    const viewer = this.#viewers[at] as Heard;
    if (looker !== 'public' && 'seats' in moves && looker in moves.seats)
      viewer.items.push(`move ${JSON.stringify(moves.seats[looker])}`);
    for (const event of events) {
      if (isTold(event, looker)) viewer.items.push(`event ${JSON.stringify(event)}`);
      else viewer.hidden.push(JSON.stringify(event));
    }
    const { turn, paid } = this.#episode;
    if (turn.kind === 'over') viewer.items.push(`end ${JSON.stringify([turn.outcome, paid])}`);
    // NOTE: chance follows in the same go, before anybody is shown anything.
    if (turn.kind !== 'chance') viewer.marks.push({ items: viewer.items.length, frames: frames.length });
  }

  /** Waits until everybody has all that was sent. */
  async #settled(): Promise<void> {
    const { hall } = this.#tables;
    const isLate = (listener: Listener) => hall.state(this.#id, listener.looker)._stateID !== listener.tick;
    for (let turns = 0; turns < 3 || this.#listeners.some(isLate); turns++)
      await new Promise((resolve) => setImmediate(resolve));
  }

  #asLobby(): void {
    const card = this.#tables.hall.match(this.#id);
    if (card.over !== undefined) return;
    const seen = publicMatch(card, () => true) as unknown as Json;
    this.#lobby.add(JSON.stringify(seen).replaceAll(this.#id, 'MATCH'));
  }
}
