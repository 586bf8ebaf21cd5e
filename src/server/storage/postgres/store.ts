import { readJournalLines } from '../../../../replays/journal.js';
import { messageOf } from '../../../core/errors.js';
import { isPrivate, type MatchCard } from '../../matches/match.js';
import type { MatchStore, StoredMatch } from '../../matches/store.js';
import type { Keeper } from '../../table/keeper.js';
import type { ChatLine } from '../../wire/wire.js';
import { Batches } from '../batches.js';
import { overOf } from '../ended.js';
import { type Desk, PostgresKeeper } from './keeper.js';
import { Address } from './link.js';
import { Session, type SessionOptions } from './session.js';
import { CARDS, CHAT, FLUSH, LINES, recordBy } from './tables.js';
import { Work } from './work.js';

/** Matches in a PostgreSQL database, in the tables that `tables.ts` tells of. */
export class PostgresStore implements MatchStore {
  readonly #session: Session;
  readonly #batches = new Batches(() => this.#flush());
  readonly #cards = new Map<string, Pick<MatchCard, 'consent' | 'seats'>>();
  /** By match: the number of its next line, and of what is said next. */
  readonly #next = new Map<string, number>();
  readonly #nextSaid = new Map<string, number>();
  #work = new Work();

  /** @throws UserError when the database cannot be used, or another server has it */
  static async open(url: string, options: SessionOptions = {}): Promise<PostgresStore> {
    return new PostgresStore(await Session.open(new Address(url), options));
  }

  private constructor(session: Session) {
    this.#session = session;
  }

  async load(): Promise<readonly StoredMatch[]> {
    const lines = await this.#lines(LINES, this.#next);
    const chats = await this.#lines(CHAT, this.#nextSaid);
    const stored: StoredMatch[] = [];
    for (const { card } of await this.#session.query<{ card: string }>(CARDS)) {
      const read = JSON.parse(card) as MatchCard;
      this.#cards.set(read.id, read);
      const chat = chats.get(read.id)?.map((line) => JSON.parse(line) as ChatLine);
      stored.push({ ...(await this.#stored(read, lines.get(read.id) ?? [])), ...(chat === undefined ? {} : { chat }) });
    }
    return stored;
  }

  save(card: MatchCard): Promise<void> {
    this.#cards.set(card.id, card);
    this.#work.card(card);
    return this.#batches.join().safe;
  }

  say(id: string, line: ChatLine): Promise<void> {
    const n = this.#nextSaid.get(id) ?? 0;
    this.#nextSaid.set(id, n + 1);
    this.#work.say(id, n, line);
    return this.#batches.join().safe;
  }

  keeper(id: string): Keeper {
    const desk: Desk = {
      work: () => this.#work,
      join: () => this.#batches.join(),
      isPrivate: (match) => isPrivate(this.#cards.get(match)),
    };
    return new PostgresKeeper(id, this.#next.get(id) ?? 0, desk);
  }

  record(id: string): Promise<string | null> {
    return this.#record('match', id);
  }

  /** The record of that id, as `record` gives it. */
  recordOf(id: string): Promise<string | null> {
    return this.#record('id', id);
  }

  wipe(id: string): Promise<void> {
    this.#cards.delete(id);
    this.#next.delete(id);
    this.#nextSaid.delete(id);
    this.#work.wipe(id);
    return this.#batches.join().safe;
  }

  async close(): Promise<void> {
    await this.#batches.idle();
    await this.#session.close();
  }

  /** NOTE: a batch is one statement and so one round trip. */
  async #flush(): Promise<void> {
    const work = this.#work;
    this.#work = new Work();
    try {
      await this.#session.query(FLUSH, work.values());
    } catch (error) {
      work.fail(error);
      throw error;
    }
  }

  /** Lines by match, in their order. @param next takes the number of what comes next of each */
  async #lines(query: string, next: Map<string, number>): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    for (const { match, n, line } of await this.#session.query<{ match: string; n: string; line: string }>(query)) {
      const lines = found.get(match) ?? [];
      found.set(match, lines);
      lines.push(line);
      next.set(match, Number(n) + 1);
    }
    return found;
  }

  /** A match with what was played of it. One whose record is there is over, whether or not its card was told so. */
  async #stored(card: MatchCard, lines: readonly string[]): Promise<StoredMatch> {
    if (card.startedAt === null || card.over !== undefined) return { card, unfinished: null };
    const line = await this.record(card.id);
    const over = line === null ? null : overOf(line);
    if (over !== null) return { card: { ...card, over }, unfinished: null };
    try {
      return { card, unfinished: readJournalLines(lines, `ludus_lines of match ${card.id}`) };
    } catch (error) {
      return { card, unfinished: null, problem: messageOf(error) };
    }
  }

  async #record(by: 'id' | 'match', id: string): Promise<string | null> {
    const [row] = await this.#session.query<{ record: string }>(recordBy(by), [id]);
    return row === undefined ? null : `${row.record}\n`;
  }
}
