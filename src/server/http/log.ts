import { messageOf } from '../../core/errors.js';
import type { MatchCard } from '../matches/match.js';

/** Tokens and ids of matches: 24 signs that mean nothing. */
const SECRET = /[\w-]{24,}/g;

/**
 * What the operator reads: a line for each match that is made, begun and over, and for each fault. Ids of matches that
 * are not listed are as good as keys, so they stand in no line, and neither does any token.
 */
export class Log {
  readonly #write: (line: string) => void;
  readonly #listed: (id: string) => boolean;
  readonly #over = new Set<string>();

  /**
   * @param write takes one line without its end
   * @param listed whether an id is of a match that everybody may know of
   */
  constructor(write: (line: string) => void, listed: (id: string) => boolean) {
    this.#write = write;
    this.#listed = listed;
  }

  made(card: MatchCard): void {
    const seats = card.seats.map(({ kind, agent }) => agent ?? kind).join(', ');
    this.#write(`match made: ${this.#nameOf(card)} (${seats})`);
  }

  /** Takes note of how a match stands now. */
  card(card: MatchCard): void {
    if (card.over === undefined || this.#over.has(card.id)) return;
    this.#over.add(card.id);
    const { problem, gameover } = card.over;
    const how = problem === undefined ? String(gameover.outcome ?? gameover.how ?? 'over') : `stopped: ${problem}`;
    this.#write(this.#redacted(`match over: ${this.#nameOf(card)}: ${how}`));
  }

  gone({ id }: MatchCard): void {
    this.#over.delete(id);
  }

  problem(error: unknown): void {
    this.#write(this.#redacted(`fault: ${error instanceof Error ? (error.stack ?? error.message) : messageOf(error)}`));
  }

  #nameOf({ game, id, unlisted }: MatchCard): string {
    return unlisted ? `${game}, unlisted` : `${game} ${id}`;
  }

  #redacted(text: string): string {
    return text.replace(SECRET, (word) => (this.#listed(word) ? word : '[hidden]'));
  }
}
