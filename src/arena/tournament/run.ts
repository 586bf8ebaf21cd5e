import type { Spending } from '../../core/agent.js';
import { Catalogue } from '../../core/catalogue.js';
import { holdFolder } from '../hold.js';
import type { LeftOver } from '../shards.js';
import { TournamentFolder } from './folder.js';
import { Hall } from './hall.js';
import type { TournamentPlan } from './plan.js';
import type { PlayedGame } from './played.js';
import { GamePlayer } from './player.js';
import { Pools } from './pools.js';
import { playOnThreads } from './threads.js';
import { playWaiting } from './waiting.js';
import type { GameToPlay } from './worker.js';

/** NOTE: each game at once keeps a journal open, and systems allow about a thousand files. */
export const MOST_AT_ONCE = 500;

export interface TournamentOptions {
  readonly folder: string;
  /** Threads for games whose agents compute in this process. */
  readonly workers: number;
  /** Games at once whose agents wait for somebody outside. */
  readonly concurrency?: number;
  /** Agents that a pool takes at once, over what the agents themselves say. */
  readonly pools?: { readonly [pool: string]: number };
  /** What the agents of all threads may use up together, counted from now. */
  readonly spending?: Spending | null;
  /** Told each finished game, those of earlier runs first. */
  readonly played?: (game: PlayedGame, before: boolean) => void;
  /** Stops: what is under way on threads is finished, games that wait go on from their journals when it is resumed. */
  readonly signal?: AbortSignal;
}

/**
 * Plays the games of a plan, and can be called again after a crash: what is done is kept, what was in progress goes on
 * from its journal. Every game is in the shards exactly once. Gives the number of games that are still to be played.
 * @throws UserError when the folder is another plan's, or another run is writing it; Hopeless, one of them, when no
 * further game could be played, and Spent, one of those, when a budget allows none: what is finished is kept
 */
export async function runTournament(plan: TournamentPlan, options: TournamentOptions): Promise<number> {
  const hall = await Hall.open(plan, new Catalogue(undefined, options.spending));
  const release = await holdFolder(options.folder);
  try {
    return await playIn(new TournamentFolder(options.folder), hall, options);
  } finally {
    release();
  }
}

async function playIn(folder: TournamentFolder, hall: Hall, options: TournamentOptions): Promise<number> {
  folder.begin(hall.plan);
  folder.repair();
  const done = new Set<number>();
  const played = (game: PlayedGame, before = false): void => {
    done.add(game.game);
    options.played?.(game, before);
  };
  for await (const game of finishedGames(folder, hall)) played(game, true);
  const { signal = new AbortController().signal } = options;
  await playAll(hall, folder, gamesToPlay(hall, folder, done), { ...options, played, signal });
  if (done.size === hall.schedule.games.length) folder.tidy();
  return hall.schedule.games.length - done.size;
}

/** The finished games of a folder, as its records have them. */
export async function* finishedGames(folder: TournamentFolder, hall: Hall): AsyncGenerator<PlayedGame> {
  const { schedule } = hall;
  for await (const { index, record } of folder.finished((head) => schedule.indexOf(head)))
    yield hall.played(index, record);
}

/** What is left to play: games that were begun, then the rest in their order. */
function gamesToPlay({ schedule }: Hall, folder: TournamentFolder, done: ReadonlySet<number>): GameToPlay[] {
  const begun = new Map<number, LeftOver>();
  for (const left of folder.setAside((head) => schedule.indexOf(head), done)) begun.set(left.index, left);
  const fresh = schedule.games.filter(({ index }) => !done.has(index) && !begun.has(index));
  return [
    ...[...begun.values()].map((left) => ({ index: left.index, left })),
    ...fresh.map(({ index }) => ({ index, left: null })),
  ];
}

type PlayOptions = TournamentOptions & { readonly played: (game: PlayedGame) => void; readonly signal: AbortSignal };

/** Plays what waits in this process and the rest on threads, both at once. When one of them fails, both stop. */
async function playAll(
  hall: Hall,
  folder: TournamentFolder,
  games: readonly GameToPlay[],
  options: PlayOptions,
): Promise<void> {
  const pools = await Pools.of(hall, options.pools);
  const failed = new AbortController();
  const stopping = { ...options, signal: AbortSignal.any([failed.signal, options.signal]) };
  const stop = (error: unknown): never => {
    failed.abort();
    throw error;
  };
  const computing = games.filter((game) => !pools.waits(game));
  const waiting = games.filter((game) => pools.waits(game));
  const ends = await Promise.allSettled([
    playOnThreads(hall.plan, computing, stopping).catch(stop),
    playHere(hall, folder, waiting, pools, stopping).catch(stop),
  ]);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

async function playHere(
  hall: Hall,
  folder: TournamentFolder,
  games: readonly GameToPlay[],
  pools: Pools,
  { played, signal, concurrency = MOST_AT_ONCE }: PlayOptions,
): Promise<void> {
  if (games.length === 0) return;
  const player = new GamePlayer(hall, folder, 0);
  const play = async ({ index, left }: GameToPlay): Promise<void> => {
    const game = await player.play(index, left, signal);
    if (game !== null) played(game);
  };
  try {
    const options = { pools: pools.limits, most: concurrency, signal };
    await playWaiting(games, (game) => pools.demand(game), play, options);
  } finally {
    player.close();
  }
}
