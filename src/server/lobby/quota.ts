import type { MatchCard } from '../matches/match.js';
import { Refused } from '../wire/refused.js';

/** How much of the server its visitors may take up. */
export interface QuotaLimits {
  /** Most matches that wait for players or are played, in all. */
  readonly matches: number;
  /** Most of these that one address made. */
  readonly matchesPerAddress: number;
  /** Most seats of a match. */
  readonly seats: number;
}

/** Who made which match. Kept in memory alone: a restart forgets it, and an address is stored nowhere. */
export class Quota {
  readonly #limits: QuotaLimits;
  readonly #makers = new Map<string, string>();
  /** Addresses of matches that are being made, for which there is no card yet. */
  readonly #making: string[] = [];

  constructor(limits: QuotaLimits) {
    this.#limits = limits;
  }

  /**
   * Makes a match, if one more may be made.
   * @param cards all matches there are
   * @throws Refused when a limit is reached
   */
  async admit<C extends MatchCard>(
    address: string,
    seats: number,
    cards: readonly MatchCard[],
    make: () => Promise<C>,
  ): Promise<C> {
    this.#check(address, seats, cards);
    this.#making.push(address);
    try {
      const card = await make();
      this.#makers.set(card.id, address);
      return card;
    } finally {
      this.#making.splice(this.#making.indexOf(address), 1);
    }
  }

  #check(address: string, seats: number, cards: readonly MatchCard[]): void {
    const { matches, matchesPerAddress, seats: most } = this.#limits;
    if (seats > most) throw new Refused('malformed', `a match has at most ${most} seats here, not ${seats}`);
    this.#prune(cards);
    const live = cards.filter(({ over }) => over === undefined);
    if (live.length + this.#making.length >= matches)
      throw new Refused('full', 'the server holds as many games as it may; try again later');
    const makers = [...this.#making, ...live.map(({ id }) => this.#makers.get(id))];
    const own = makers.filter((maker) => maker === address).length;
    if (own >= matchesPerAddress)
      throw new Refused('rate', `${own} games of yours are under way, as many as may be; finish one first`);
  }

  #prune(cards: readonly MatchCard[]): void {
    if (this.#makers.size <= 2 * cards.length + 64) return;
    const there = new Set(cards.map(({ id }) => id));
    for (const id of this.#makers.keys()) if (!there.has(id)) this.#makers.delete(id);
  }
}
