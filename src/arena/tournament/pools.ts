import type { AgentPool } from '../../core/agent.js';
import { suggestion, UserError } from '../../core/errors.js';
import type { Demand } from './gate.js';
import type { Hall } from './hall.js';

/** Which agents of a tournament wait for somebody outside, and how many of them may at once. */
export class Pools {
  /** Agents at once, by pool. */
  readonly limits: ReadonlyMap<string, number>;
  readonly #hall: Hall;
  readonly #pools: ReadonlyMap<string, AgentPool>;

  private constructor(hall: Hall, pools: ReadonlyMap<string, AgentPool>, own: { readonly [pool: string]: number }) {
    this.#hall = hall;
    this.#pools = pools;
    this.limits = new Map([...pools.values()].map(({ pool, agents }) => [pool, own[pool] ?? agents]));
    const unknown = Object.keys(own).find((pool) => !this.limits.has(pool));
    if (unknown !== undefined) {
      throw new UserError(`no agent here draws from "${unknown}"; ${suggestion(unknown, [...this.limits.keys()])}`);
    }
  }

  /** @param own limits over what the agents say @throws UserError when one of them is of no pool here */
  static async of(hall: Hall, own: { readonly [pool: string]: number } = {}): Promise<Pools> {
    return new Pools(hall, await hall.pools(), own);
  }

  /** Whether a game waits for anybody outside. */
  waits({ index }: { readonly index: number }): boolean {
    return this.#hall.schedule.game(index).seats.some((name) => this.#pools.has(name));
  }

  /** How many agents of each pool a game seats. */
  demand({ index }: { readonly index: number }): Demand {
    const demand = new Map<string, number>();
    for (const name of this.#hall.schedule.game(index).seats) {
      const pool = this.#pools.get(name)?.pool;
      if (pool !== undefined) demand.set(pool, (demand.get(pool) ?? 0) + 1);
    }
    return demand;
  }
}
