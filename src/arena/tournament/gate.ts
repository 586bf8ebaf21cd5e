/** How many agents of each pool something needs. */
export type Demand = ReadonlyMap<string, number>;

/**
 * Lets games in so that no pool has more agents at tables than it takes: agents are counted, not games, since one game
 * may seat seven of one provider. A game that has to wait keeps its pools to itself: later ones may pass it only where
 * they use none of them, so that no large game waits for ever.
 */
export class Gate {
  readonly #limits: ReadonlyMap<string, number>;
  readonly #inside = new Map<string, number>();

  /** @param limits agents by pool, of every pool that anything needs */
  constructor(limits: ReadonlyMap<string, number>) {
    this.#limits = limits;
  }

  /** The first of a queue that may go in now, let in; its place in the queue, or -1. */
  admit(queue: readonly Demand[]): number {
    const kept = new Set<string>();
    for (const [at, demand] of queue.entries()) {
      const pools = [...demand.keys()];
      if (!pools.some((pool) => kept.has(pool)) && this.#fits(demand)) {
        this.#move(demand, 1);
        return at;
      }
      for (const pool of pools) kept.add(pool);
      if (kept.size === this.#limits.size) break;
    }
    return -1;
  }

  /** What was let in is done. */
  leave(demand: Demand): void {
    this.#move(demand, -1);
  }

  /** NOTE: a game that needs more than its pool ever takes goes in when it has the pool to itself. */
  #fits(demand: Demand): boolean {
    return [...demand].every(([pool, need]) => {
      const inside = this.#inside.get(pool) ?? 0;
      return inside === 0 || inside + need <= (this.#limits.get(pool) ?? 0);
    });
  }

  #move(demand: Demand, sign: 1 | -1): void {
    for (const [pool, need] of demand) this.#inside.set(pool, (this.#inside.get(pool) ?? 0) + sign * need);
  }
}
