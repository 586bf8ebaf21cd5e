import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import connectFour from '../../../envs/connect-four/index.js';
import goofspiel from '../../../envs/goofspiel/index.js';
import leduc from '../../../envs/leduc-poker/index.js';
import ticTacToe from '../../../envs/tic-tac-toe/index.js';
import { parseRecord } from '../../../replays/read.js';
import type { EpisodeRecord } from '../../../replays/schema.js';
import { verify } from '../../../replays/verify.js';
import { Episode } from '../../../src/core/episode.js';
import type { Json, JsonObject } from '../../../src/core/json.js';
import { movesOf } from '../../../src/core/play.js';
import { type Rng, stream } from '../../../src/core/rng.js';
import { Player } from './player.js';

const GAMES = [ticTacToe, leduc, goofspiel, connectFour];
const environments = new Map(GAMES.map((one) => [one.spec.id, one]));
/** Matches under play at each kill. */
const AT_ONCE = 8;

interface Told {
  readonly ready?: { readonly port: number; readonly resumed: number; readonly kept: readonly Json[] };
  readonly match?: { readonly id: string; readonly game: string; readonly tokens: readonly string[] };
  readonly problem?: string;
}

/** A server in a process of its own that is killed and started again, and the people who play at it. */
export class KilledServer {
  readonly players: Player[] = [];
  readonly problems: string[] = [];
  /** How many matches went on after each start. */
  readonly resumed: number[] = [];
  readonly #where: string;
  readonly #rng: Rng;
  #child: ChildProcess | null = null;
  #port = 0;
  #made = 0;
  #heard = 0;
  #wake: () => void = () => {};

  /** @param where as `openStore` takes it */
  constructor(where: string, rng: Rng) {
    this.#where = where;
    this.#rng = rng;
  }

  get matches(): readonly string[] {
    return [...new Set(this.players.map(({ seat }) => seat.match))];
  }

  async start(): Promise<void> {
    const file = fileURLToPath(new URL('./child.ts', import.meta.url));
    this.#child = fork(file, [this.#where, String(this.#port)], { execArgv: ['--import', 'tsx'] });
    this.#child.on('message', (told: Told) => this.#told(told));
    for (;;) {
      const [told] = (await once(this.#child, 'message')) as [Told];
      if (told.ready !== undefined) return;
    }
  }

  /** Sees to it that enough matches are under play. */
  async fill(): Promise<void> {
    const playing = this.matches.filter((match) => this.#of(match).some(({ over }) => !over)).length;
    for (let more = playing; more < AT_ONCE; more++) {
      const before = this.matches.length;
      this.#child?.send((GAMES[this.#made++ % GAMES.length] as (typeof GAMES)[number]).spec.id);
      await this.#until(() => this.matches.length > before);
    }
  }

  /** Kills it in the middle of so many messages. */
  async kill(): Promise<void> {
    const at = this.#heard + 1 + this.#rng.below(60);
    await this.#until(() => this.#heard >= at || this.players.every(({ over }) => over));
    const gone = once(this.#child as ChildProcess, 'exit');
    this.#child?.kill('SIGKILL');
    await gone;
  }

  async finish(): Promise<void> {
    await this.#until(() => this.players.every(({ over }) => over));
    for (const player of this.players) player.close();
    await this.kill();
  }

  #of(match: string): Player[] {
    return this.players.filter(({ seat }) => seat.match === match);
  }

  #told({ ready, match, problem }: Told): void {
    if (problem !== undefined) this.problems.push(problem);
    if (ready !== undefined) {
      this.#port = ready.port;
      this.resumed.push(ready.resumed);
    }
    if (match !== undefined) {
      const { spec } = environments.get(match.game) as (typeof GAMES)[number];
      for (const [seat, token] of match.tokens.entries()) {
        const place = { url: `http://127.0.0.1:${this.#port}`, match: match.id, game: match.game, seat, token };
        this.players.push(new Player(place, spec, stream(match.id, `${seat}`), () => this.#hear()));
      }
    }
    this.#wake();
  }

  #hear(): void {
    this.#heard++;
    this.#wake();
  }

  async #until(done: () => boolean): Promise<void> {
    while (!done()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

/**
 * Plays under so many kills, and compares what the people noted down themselves with the records.
 * @param records all record lines that the store holds in the end
 */
export async function survivesKills(where: string, kills: number, records: () => Promise<string[]>): Promise<string> {
  const server = new KilledServer(where, stream('kill', 'moments'));
  await server.start();
  for (let kill = 0; kill < kills; kill++) {
    await server.fill();
    await server.kill();
    await server.start();
  }
  await server.finish();
  const lines = await records();
  const found = lines.map(recordOf);
  expect(server.problems).toEqual([]);
  expect(found.length).toBe(server.matches.length);
  for (const player of server.players) compare(player, found);
  const acknowledged = server.players.reduce((sum, one) => sum + one.acknowledged.filter((move) => move).length, 0);
  const interrupted = server.resumed.slice(1).reduce((sum, one) => sum + one, 0);
  expect(interrupted).toBeGreaterThan(kills);
  return `${kills} kills, ${server.matches.length} matches, taken up again ${interrupted} times, ${acknowledged} moves acknowledged`;
}

function recordOf(line: string): EpisodeRecord {
  const read = parseRecord(line);
  if ('problem' in read) throw new Error(read.problem);
  return read.record;
}

/** The player's own log against the record: each move once, in order, as acknowledged; nothing seen is missing. */
function compare(
  { seat: { seat, game, match }, table, sent, acknowledged, wrong }: Player,
  all: EpisodeRecord[],
): void {
  const own = all.filter(({ id }) => id === table?.over?.record);
  expect(own, `records of ${match}`).toHaveLength(1);
  const [record] = own as [EpisodeRecord];
  const environment = environments.get(game) as (typeof GAMES)[number];
  expect(verify(record, environment)).toBeNull();
  const episode = new Episode(environment, record.environment.config as JsonObject);
  for (const step of record.steps) episode.apply(movesOf(step));
  const { events, moves } = episode.heard(seat);
  expect(wrong).toEqual([]);
  expect(table?.moves).toEqual(moves);
  expect(table?.events).toEqual(events);
  expect(sent).toEqual(moves);
  for (const [turn, move] of acknowledged.entries()) if (move !== undefined) expect(move).toEqual(moves[turn]);
}
