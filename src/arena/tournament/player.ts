import { rmSync } from 'node:fs';
import { Journal } from '../../../replays/journal.js';
import type { EpisodeRecord } from '../../../replays/schema.js';
import { resumeTable, runRecorded } from '../../../replays/session.js';
import { Shard } from '../../../replays/shard.js';
import type { JsonObject } from '../../core/json.js';
import type { Table } from '../../core/play.js';
import { type LeftOver, unfinishedOf } from '../shards.js';
import type { TournamentFolder } from './folder.js';
import type { Hall } from './hall.js';
import type { PlayedGame } from './played.js';
import type { Game } from './schedule.js';

/** Plays games of a tournament, several at once if asked to, into a shard of its own. */
export class GamePlayer {
  readonly #hall: Hall;
  readonly #folder: TournamentFolder;
  readonly #slot: number;
  readonly #shard: Shard;
  /** Journals that no game in progress uses, and all there are. */
  readonly #free: Shard[] = [];
  readonly #journals: Shard[] = [];

  /** @param slot number of this player within the run */
  constructor(hall: Hall, folder: TournamentFolder, slot: number) {
    this.#hall = hall;
    this.#folder = folder;
    this.#slot = slot;
    this.#shard = new Shard(folder.shard(slot));
  }

  /**
   * Plays a game to its end and keeps its record. Gives null when the signal stopped it first: then its journal stays.
   * @param left where its journal lies, if it was begun before
   */
  async play(index: number, left: LeftOver | null, signal?: AbortSignal): Promise<PlayedGame | null> {
    const game = this.#hall.schedule.game(index);
    if (left === null) return this.#run(game, await this.#tableOf(game), this.#started(), signal);
    const unfinished = unfinishedOf(left);
    const table = resumeTable(unfinished, this.#hall.environmentOf(game), await this.#hall.agentsOf(game));
    const played = await this.#run(game, table, unfinished.header.started, signal);
    // NOTE: stopped again, the new journal may be the shorter one, so both stay; resuming takes the longer.
    if (played !== null) rmSync(left.journal);
    return played;
  }

  close(): void {
    for (const file of [this.#shard, ...this.#journals]) file.close();
  }

  async #tableOf(game: Game): Promise<Table> {
    return {
      environment: this.#hall.environmentOf(game),
      config: this.#hall.schedule.contestOf(game).config as JsonObject,
      seed: game.seed,
      agents: await this.#hall.agentsOf(game),
      ...this.#hall.plan.rules,
    };
  }

  async #run(game: Game, table: Table, started: string | undefined, signal?: AbortSignal): Promise<PlayedGame | null> {
    const file = this.#journal();
    const journal = new Journal(file);
    const timed = this.#hall.plan.clock === 'real' ? { clock: () => performance.now() } : {};
    const { line, ending } = await runRecorded(
      {
        table: { ...table, ...timed, ...(signal === undefined ? {} : { signal }) },
        specs: game.seats.map((name) => this.#hall.specOf(name)),
        ...(started === undefined ? {} : { started }),
      },
      journal,
    );
    // NOTE: a game that was told to stop has no result; its journal has every finished turn, to go on from.
    if (ending.how === 'cancelled' && signal?.aborted === true) return null;
    this.#shard.append(line);
    journal.done();
    this.#free.push(file);
    return this.#hall.played(game.index, JSON.parse(line) as EpisodeRecord);
  }

  #journal(): Shard {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    const made = new Shard(this.#folder.journal(this.#slot, this.#journals.length));
    this.#journals.push(made);
    return made;
  }

  #started(): string | undefined {
    return this.#hall.plan.clock === 'real' ? new Date().toISOString() : undefined;
  }
}
