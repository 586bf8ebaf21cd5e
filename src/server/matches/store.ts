import type { Unfinished } from '../../../replays/journal.js';
import { type Keeper, Memory } from '../table/keeper.js';
import type { ChatLine } from '../wire/wire.js';
import type { MatchCard } from './match.js';

/** Where matches live between processes. Promises are of the moment when what was written is safe. */
export interface MatchStore {
  /** All matches that are stored, those of games that were going on with what was played. */
  load(): Promise<readonly StoredMatch[]>;
  save(card: MatchCard): void | Promise<void>;
  /** Something was said beside the game. */
  say(id: string, line: ChatLine): void | Promise<void>;
  keeper(id: string): Keeper;
  /** The record of a finished match, one line with its newline; null when there is none. */
  record(id: string): Promise<string | null>;
  /** The same by the record's own id, where records lie in no folder in which they could be looked for. */
  recordOf?(id: string): Promise<string | null>;
  /** Forgets a match. Its record, if it has one, stays. */
  wipe(id: string): void | Promise<void>;
  close(): void | Promise<void>;
}

export interface StoredMatch {
  readonly card: MatchCard;
  readonly unfinished: Unfinished | null;
  /** What was said beside the game, oldest first; absent where nothing was. */
  readonly chat?: readonly ChatLine[];
  /** Why what was played cannot be read here; nothing of it is lost. */
  readonly problem?: string;
}

/** Nothing outlives the process. */
export class MemoryStore implements MatchStore {
  readonly keepers = new Map<string, Memory>();
  /** By record: of which match it is. */
  readonly #matches = new Map<string, string>();

  async load(): Promise<readonly StoredMatch[]> {
    return [];
  }

  save({ id, over }: MatchCard): void {
    if (over?.record != null) this.#matches.set(over.record, id);
  }

  say(): void {}

  keeper(id: string): Keeper {
    const keeper = this.keepers.get(id) ?? new Memory();
    this.keepers.set(id, keeper);
    return keeper;
  }

  async record(id: string): Promise<string | null> {
    return this.keepers.get(id)?.record ?? null;
  }

  async recordOf(id: string): Promise<string | null> {
    const match = this.#matches.get(id);
    return match === undefined ? null : this.record(match);
  }

  wipe(id: string): void {
    this.keepers.delete(id);
    for (const [record, match] of this.#matches) if (match === id) this.#matches.delete(record);
  }

  close(): void {}
}
