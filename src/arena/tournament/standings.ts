import { stream } from '../../core/rng.js';
import { type Rating, type Ratings, rate } from '../ratings/rate.js';
import type { TournamentPlan } from './plan.js';
import { addConduct, type Conduct, NOTHING, type PlayedGame } from './played.js';

/** How an agent stands: what it came to, and apart from it how it behaved. */
export interface Standing {
  readonly name: string;
  readonly agent: string;
  readonly anchor: boolean;
  /** Games it sat in, rated or not. */
  readonly games: number;
  /** Null as long as it has met nobody. */
  readonly rating: Rating | null;
  /** Mean return of its seats over games that have returns; null without one. */
  readonly return: number | null;
  readonly conduct: Conduct;
}

interface Sums {
  games: number;
  returned: number;
  sum: number;
  conduct: Conduct;
}

/** The games of a tournament so far, added up as they come. */
export class Standings {
  readonly #plan: Pick<TournamentPlan, 'agents' | 'seed'>;
  readonly #games: PlayedGame[] = [];
  readonly #sums = new Map<string, Sums>();

  constructor(plan: Pick<TournamentPlan, 'agents' | 'seed'>) {
    this.#plan = plan;
  }

  /** In the order of the schedule, whatever the order they ended in: so that the same games give the same figures. */
  get games(): readonly PlayedGame[] {
    return this.#games.sort((a, b) => a.game - b.game);
  }

  get count(): number {
    return this.#games.length;
  }

  add(game: PlayedGame): void {
    this.#games.push(game);
    for (const name of new Set(game.seats.map(({ agent }) => agent))) this.#of(name).games++;
    for (const { agent, score, conduct } of game.seats) {
      const sums = this.#of(agent);
      sums.conduct = addConduct(sums.conduct, conduct);
      if (score === null) continue;
      sums.returned++;
      sums.sum += score;
    }
  }

  /** Ratings of all games so far. @param replicates of the bootstrap: more make steadier intervals and take longer */
  ratings(replicates = 1000): Ratings {
    return rate(this.games, { rng: stream(this.#plan.seed, 'ratings'), replicates, advantage: true });
  }

  /** Best first; those without a rating last, by their returns. */
  rows(ratings: Ratings): Standing[] {
    const rated = new Map(ratings.ratings.map((rating, place) => [rating.agent, { rating, place }]));
    const rows = this.#plan.agents.map(({ name, agent, anchor }) => {
      const { games, returned, sum, conduct } = this.#of(name);
      const value = returned === 0 ? null : sum / returned;
      const rating = rated.get(name)?.rating ?? null;
      return { name, agent, anchor: anchor === true, games, rating, return: value, conduct };
    });
    const place = (row: Standing): number => rated.get(row.name)?.place ?? rated.size;
    return rows.sort((a, b) => place(a) - place(b) || (b.return ?? -Infinity) - (a.return ?? -Infinity));
  }

  #of(name: string): Sums {
    let sums = this.#sums.get(name);
    if (sums === undefined) {
      sums = { games: 0, returned: 0, sum: 0, conduct: NOTHING };
      this.#sums.set(name, sums);
    }
    return sums;
  }
}
