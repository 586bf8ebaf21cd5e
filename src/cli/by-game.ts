import { canonical } from '../../policies/folder.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import type { JsonObject } from '../core/json.js';

/** What is opened once for each game (environment, version, configuration) that records were played on. */
export class ByGame<T> {
  readonly #open: (record: EpisodeRecord) => Promise<T>;
  readonly #games = new Map<string, Promise<T>>();

  constructor(open: (record: EpisodeRecord) => Promise<T>) {
    this.#open = open;
  }

  /** What belongs to a record's game. Throws whatever opening it throws. */
  of(record: EpisodeRecord): Promise<T> {
    const { id, version, config } = record.environment;
    const name = `${id} ${version} ${canonical(config as JsonObject)}`;
    let game = this.#games.get(name);
    if (game === undefined) {
      game = this.#open(record);
      this.#games.set(name, game);
    }
    return game;
  }
}
