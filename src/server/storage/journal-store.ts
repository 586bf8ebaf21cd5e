import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readJournal, type Unfinished } from '../../../replays/journal.js';
import { Shard } from '../../../replays/shard.js';
import { messageOf } from '../../core/errors.js';
import { isPrivate, type MatchCard } from '../matches/match.js';
import type { MatchStore, StoredMatch } from '../matches/store.js';
import type { Keeper } from '../table/keeper.js';
import type { ChatLine } from '../wire/wire.js';
import { type Batch, Batches } from './batches.js';
import { cardLine, type Known, type Place, placeLine, readCards, rewriteCards, wipedLine } from './cards.js';
import { Chats } from './chats.js';
import { overOf } from './ended.js';
import { Files } from './files.js';
import { FolderLock } from './folder-lock.js';
import { RecordShards } from './records.js';

export interface JournalOptions {
  /**
   * Whether what is shown must be on the disk, so that it outlives the power too; else it is with the system, and
   * outlives the process.
   */
  readonly sync?: boolean;
  /** Most files open at once; a quarter of what the process may have when absent. */
  readonly open?: number;
  /** Told, in words, of what was found damaged when matches were loaded. */
  readonly told?: (notice: string) => void;
}

/** NOTE: where the system does not say; fits under the usual limit of 1024. */
const OPEN = 256;

/**
 * Matches in a folder:
 * - `matches.jsonl`: the card of every match, a line each time it changes; written anew at each start
 * - `journals/<match>.journal`: each game in progress, as `replays/journal.ts` reads it
 * - `chats`: what is said beside each game
 * - `records/shard-<n>.jsonl`: finished games, and in `records/private` those of which nobody allows the use
 */
export class JournalStore implements MatchStore {
  readonly #home: string;
  readonly #lock: FolderLock;
  readonly #files: Files;
  readonly #batches: Batches | null;
  readonly #records: RecordShards;
  readonly #chats: Chats;
  readonly #told: (notice: string) => void;
  readonly #cards = new Map<string, Pick<MatchCard, 'consent' | 'seats'>>();
  readonly #places = new Map<string, Place>();

  /** @throws UserError when another server has the folder */
  static async open(home: string, options: JournalOptions = {}): Promise<JournalStore> {
    mkdirSync(join(home, 'journals'), { recursive: true });
    return new JournalStore(home, await FolderLock.take(home), options);
  }

  private constructor(
    home: string,
    lock: FolderLock,
    { sync = false, open = mayOpen(), told = () => {} }: JournalOptions,
  ) {
    this.#home = home;
    this.#lock = lock;
    this.#files = new Files(open, sync);
    this.#batches = sync ? new Batches(() => this.#files.sync()) : null;
    this.#records = new RecordShards(home, this.#files);
    this.#chats = new Chats(join(home, 'chats'), this.#files);
    this.#told = told;
  }

  async load(): Promise<readonly StoredMatch[]> {
    this.#repair();
    const known = await this.#known();
    const stored: StoredMatch[] = [];
    for (const card of known.cards.values()) {
      const chat = this.#chats.load(card.id);
      stored.push({ ...(await this.#stored(card, known.places)), ...(chat.length === 0 ? {} : { chat }) });
    }
    for (const { card } of stored) known.cards.set(card.id, card);
    rewriteCards(this.#file, known);
    for (const card of known.cards.values()) this.#cards.set(card.id, card);
    for (const [match, where] of known.places) this.#places.set(match, where);
    this.#tidy(known);
    return stored;
  }

  save(card: MatchCard): void | Promise<void> {
    this.#files.append(this.#file, cardLine(card));
    this.#cards.set(card.id, card);
    return this.#batches?.join().safe;
  }

  say(id: string, line: ChatLine): void | Promise<void> {
    this.#chats.append(id, line);
    return this.#batches?.join().safe;
  }

  keeper(id: string): Keeper {
    const disk: Disk = {
      append: (line) => this.#files.append(this.#journal(id), line),
      clear: () => this.#files.remove(this.#journal(id)),
      finish: (record) => this.#finish(id, record),
      join: () => this.#batches?.join() ?? null,
    };
    return new JournalKeeper(disk);
  }

  async record(id: string): Promise<string | null> {
    const where = this.#places.get(id);
    return where === undefined ? null : this.#records.read(where);
  }

  wipe(id: string): void | Promise<void> {
    this.#files.append(this.#file, wipedLine(id));
    this.#cards.delete(id);
    this.#places.delete(id);
    this.#files.remove(this.#journal(id));
    this.#chats.forget(id);
    return this.#batches?.join().safe;
  }

  async close(): Promise<void> {
    await this.#batches?.idle();
    this.#files.close();
    await this.#lock.release();
  }

  get #file(): string {
    return join(this.#home, 'matches.jsonl');
  }

  #journal(id: string): string {
    return join(this.#home, 'journals', `${id}.journal`);
  }

  /**
   * NOTE: where it is going to stand is written first, so that a process killed in between is understood: the record is
   * there or the journal is, and neither is taken for the other.
   */
  #finish(id: string, record: string): void {
    const where = this.#records.next(record, isPrivate(this.#cards.get(id)));
    this.#files.append(this.#file, placeLine(id, where));
    this.#records.put(where, record);
    this.#places.set(id, where);
    const remove = () => this.#files.remove(this.#journal(id));
    if (this.#batches === null) remove();
    else void this.#batches.join().safe.then(remove, () => {});
  }

  #repair(): void {
    for (const file of this.#records.last()) {
      const shard = new Shard(file);
      shard.close();
      if (shard.torn > 0) this.#told(`${file}: a record that was being written was torn; it is written again`);
    }
  }

  async #known(): Promise<Known> {
    const empty = { cards: new Map(), places: new Map(), wiped: new Set<string>(), size: 0, torn: false };
    const known = existsSync(this.#file) ? await readCards(this.#file) : empty;
    if (known.torn) this.#told(`${this.#file}: the last line was torn and is left out; nobody was told what it said`);
    return known;
  }

  /** A match with what was played of it. One whose record is there is over, whether or not its card was told so. */
  async #stored(card: MatchCard, places: Map<string, Place>): Promise<StoredMatch> {
    if (card.startedAt === null || card.over !== undefined) return { card, unfinished: null };
    let unfinished: Unfinished | null;
    try {
      unfinished = this.#unfinished(card.id);
    } catch (error) {
      return { card, unfinished: null, problem: messageOf(error) };
    }
    const over = await this.#over(places.get(card.id), unfinished);
    if (over !== null) return { card: { ...card, over }, unfinished: null };
    places.delete(card.id);
    return { card, unfinished };
  }

  #unfinished(id: string): Unfinished | null {
    const file = this.#journal(id);
    if (!existsSync(file)) return null;
    const journal = new Shard(file);
    journal.close();
    if (journal.torn > 0) this.#told(`${file}: the last line was torn and is cut off; nobody was shown what it said`);
    return readJournal(file);
  }

  async #over(where: Place | undefined, unfinished: Unfinished | null): Promise<Over | null> {
    const line = where === undefined ? null : await this.#records.read(where);
    const over = line === null ? null : overOf(line);
    return unfinished !== null && over?.record !== unfinished.header.id ? null : over;
  }

  /** Removes what is no longer needed. */
  #tidy({ cards, wiped }: Known): void {
    for (const id of wiped) this.#chats.forget(id);
    for (const name of readdirSync(join(this.#home, 'journals'))) {
      const id = name.replace(/\.journal$/, '');
      const card = cards.get(id);
      if (card?.over?.record != null || wiped.has(id)) this.#files.remove(this.#journal(id));
      else if (card === undefined) this.#told(`${this.#journal(id)}: a journal of no match that is known; it is kept`);
    }
  }
}

type Over = NonNullable<MatchCard['over']>;

interface Disk {
  append(line: string): void;
  clear(): void;
  finish(record: string): void;
  join(): Batch | null;
}

/** Once something could not be written, nothing more is: what comes after a gap could not be read. */
class JournalKeeper implements Keeper {
  readonly #disk: Disk;
  #failed: Promise<void> | null = null;
  #batch: Batch | null = null;

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  append(line: string): void {
    this.#write(() => this.#disk.append(line));
  }

  clear(): void {
    this.#write(() => this.#disk.clear());
  }

  finish(record: string): void {
    this.#write(() => this.#disk.finish(record));
  }

  settled(): Promise<void> | null {
    if (this.#failed !== null) return this.#failed;
    return this.#batch === null || this.#batch.isSafe ? null : this.#batch.safe;
  }

  #write(what: () => void): void {
    if (this.#failed !== null) return;
    try {
      what();
      this.#batch = this.#disk.join();
    } catch (error) {
      this.#failed = Promise.reject(error);
      this.#failed.catch(() => {});
    }
  }
}

/** NOTE: at 1,000 matches a line takes 10 µs of a core with 256 files open, and 6 µs with all of them; sockets are files too. */
function mayOpen(): number {
  const { userLimits } = process.report.getReport() as unknown as { userLimits?: { open_files?: { soft?: unknown } } };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === 'number' ? Math.max(OPEN, Math.floor(soft / 4)) : OPEN;
}
