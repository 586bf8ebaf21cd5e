import { type Rng, stream } from 'ludus';
import { type Dialect, GAMES, type Game } from './dialects.js';
import { Wire } from './wire.js';

/** A match and its seats' credentials. */
export interface Made {
  readonly id: string;
  readonly tokens: readonly [string, string];
}

/** What all pairs of players together have seen since they were last asked. */
export class Tally {
  moves = 0;
  /** Milliseconds from sending a move to the other player's seeing it. */
  latencies: number[] = [];
  /** Pairs that have played all their matches. */
  done = 0;

  clear(): void {
    this.moves = 0;
    this.latencies = [];
  }
}

/** A game of nine moves that nobody wins, by seat. */
const MOVES = [
  [0, 8, 7, 2, 3],
  [4, 1, 6, 5],
] as const;

export interface PairPlan {
  readonly url: string;
  readonly game: Game;
  readonly dialect: Dialect;
  /** Played one after the other. */
  readonly matches: readonly Made[];
  /** Mean milliseconds of thought; each time half to one and a half of it. */
  readonly thoughtMs: number;
  readonly tally: Tally;
  readonly name: string;
}

/** Two players on two sockets. */
export class Pair {
  readonly #plan: PairPlan;
  readonly #sockets: readonly Wire[];
  readonly #made = [0, 0];
  readonly #rng: Rng;
  #match = -1;
  #over = 0;
  #sent: { readonly by: number; readonly at: number } | null = null;

  static async open(plan: PairPlan): Promise<Pair> {
    return new Pair(plan, await Promise.all([0, 1].map(() => Wire.open(plan.url, plan.game))));
  }

  private constructor(plan: PairPlan, sockets: readonly Wire[]) {
    this.#plan = plan;
    this.#sockets = sockets;
    this.#rng = stream('tables', plan.name);
    for (const [seat, socket] of sockets.entries()) {
      socket.heard = (event) => this.#hear(seat, event);
    }
  }

  /** Goes on to the next match. */
  next(): void {
    const match = this.#plan.matches[++this.#match];
    this.#made.fill(0);
    this.#over = 0;
    if (match === undefined) this.#plan.tally.done++;
    else
      for (const [seat, token] of match.tokens.entries()) this.#sockets[seat]?.send('sync', match.id, `${seat}`, token);
  }

  close(): void {
    for (const socket of this.#sockets) socket.close();
  }

  #hear(seat: number, event: string): void {
    const seen = this.#plan.dialect.read(seat, event);
    if (seen === null || !event.startsWith(this.#plan.matches[this.#match]?.id ?? '', event.indexOf(',') + 2)) return;
    if (!seen.sync) this.#saw(seat);
    if (seen.over && ++this.#over === 2) this.next();
    else if (seen.asked !== null) this.#think(seat, seen.asked);
  }

  #think(seat: number, asked: number): void {
    const { thoughtMs } = this.#plan;
    if (thoughtMs === 0) this.#move(seat, asked);
    else setTimeout(() => this.#move(seat, asked), thoughtMs * (0.5 + this.#rng.float()));
  }

  #move(seat: number, asked: number): void {
    const { matches, dialect, game } = this.#plan;
    const { id, tokens } = matches[this.#match] as Made;
    const made = this.#made[seat] as number;
    const cell = game === GAMES.short ? (MOVES[seat]?.[made] as number) : made % 9;
    this.#made[seat] = made + 1;
    this.#sent = { by: seat, at: performance.now() };
    const act = `"type":"act","args":[${dialect.args(asked, cell)}],"playerID":"${seat}","credentials":"${tokens[seat]}"`;
    const move = `["update",{"type":"MAKE_MOVE","payload":{${act}}},${asked},"${id}","${seat}"]`;
    this.#sockets[seat]?.write(move);
  }

  /** NOTE: who sent a move is shown it too; the one it is measured by is the other. */
  #saw(seat: number): void {
    const { tally } = this.#plan;
    if (this.#sent === null || this.#sent.by === seat) return;
    tally.latencies.push(performance.now() - this.#sent.at);
    tally.moves++;
    this.#sent = null;
  }
}
