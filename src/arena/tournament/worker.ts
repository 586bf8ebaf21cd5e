import { workerData } from 'node:worker_threads';
import type { Spending } from '../../core/agent.js';
import { Catalogue } from '../../core/catalogue.js';
import type { LeftOver } from '../shards.js';
import { TournamentFolder } from './folder.js';
import { Hall } from './hall.js';
import type { TournamentPlan } from './plan.js';
import type { PlayedGame } from './played.js';
import { GamePlayer } from './player.js';

/** What a worker thread of a tournament is started with. */
export interface WorkerStart {
  readonly plan: TournamentPlan;
  readonly folder: string;
  readonly spending: Spending | null;
  /** One shared counter from which each thread takes its number. */
  readonly slots: SharedArrayBuffer;
}

/** A game to be played: by its number, or from its journal. */
export interface GameToPlay {
  readonly index: number;
  readonly left: LeftOver | null;
}

let player: Promise<GamePlayer> | undefined;

/** Plays games one after another. The environments, agents and files of this thread are opened with the first. */
export default async function work(games: readonly GameToPlay[]): Promise<PlayedGame[]> {
  player ??= open();
  const opened = await player;
  const played: PlayedGame[] = [];
  for (const { index, left } of games) {
    const game = await opened.play(index, left);
    if (game !== null) played.push(game);
  }
  return played;
}

async function open(): Promise<GamePlayer> {
  const { plan, folder, spending, slots } = workerData as WorkerStart;
  const slot = Atomics.add(new Int32Array(slots), 0, 1);
  return new GamePlayer(await Hall.open(plan, new Catalogue(undefined, spending)), new TournamentFolder(folder), slot);
}
