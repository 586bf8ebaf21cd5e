import type { Rng } from '../../src/core/rng.js';

/** An option a search has weighed. */
export interface Candidate {
  readonly id: string;
  readonly visits: number;
  /** Mean of what the seat is paid from here on; null when never tried. */
  readonly value: number | null;
}

/**
 * What a search knows of the options of one seat at one node: a bandit with an arm for each.
 * Without priors arms are picked by UCB1, as in UCT (Kocsis & Szepesvari, "Bandit based Monte-Carlo planning", ECML
 * 2006); with priors by PUCT (Silver et al., "Mastering the game of Go without human knowledge", Nature 2017).
 * Options that are not on offer every time count how often they were (Cowling, Powley & Whitehouse, "Information set
 * Monte Carlo tree search", IEEE TCIAIG 2012: the visits of the parent in UCB1 become the availability of
 * the option).
 */
export class Arms {
  readonly ids: string[];
  readonly visits: number[];
  /** Sum of the returns of each arm. */
  readonly totals: number[];
  /** How often each arm was on offer. */
  readonly available: number[];
  readonly #priors: readonly number[] | null;

  constructor(ids: readonly string[], priors: readonly number[] | null = null) {
    this.ids = [...ids];
    this.visits = ids.map(() => 0);
    this.totals = ids.map(() => 0);
    this.available = ids.map(() => 0);
    this.#priors = priors;
  }

  /**
   * Picks one of the arms on offer and counts the offer. Arms never tried come first, one of them at random.
   * @param offered positions of the arms on offer; all by default
   * @param constant of exploration, in the unit of returns
   */
  pick(rng: Rng, constant: number, offered: readonly number[] | null = null): number {
    const count = offered?.length ?? this.ids.length;
    for (let i = 0; i < count; i++) {
      const arm = offered === null ? i : (offered[i] as number);
      this.available[arm] = (this.available[arm] as number) + 1;
    }
    if (this.#priors !== null) return this.#best(count, offered, this.#puct(constant, this.#priors));
    const untried = this.#untried(count, offered, rng);
    return untried >= 0 ? untried : this.#best(count, offered, this.#ucb(constant));
  }

  /** Takes in what the seat was paid after an arm was played. */
  learn(arm: number, paid: number): void {
    this.visits[arm] = (this.visits[arm] as number) + 1;
    this.totals[arm] = (this.totals[arm] as number) + paid;
  }

  /** Positions of some options, which become arms if they are none yet; null when they are all arms in order. */
  offer(ids: readonly string[]): readonly number[] | null {
    if (ids.length === this.ids.length && ids.every((id, at) => id === this.ids[at])) return null;
    return ids.map((id) => {
      const known = this.ids.indexOf(id);
      if (known >= 0) return known;
      for (const list of [this.visits, this.totals, this.available]) list.push(0);
      return this.ids.push(id) - 1;
    });
  }

  candidates(): Candidate[] {
    return this.ids.map((id, arm) => {
      const visits = this.visits[arm] as number;
      return { id, visits, value: visits === 0 ? null : (this.totals[arm] as number) / visits };
    });
  }

  #untried(count: number, offered: readonly number[] | null, rng: Rng): number {
    let found = -1;
    let seen = 0;
    for (let i = 0; i < count; i++) {
      const arm = offered === null ? i : (offered[i] as number);
      if (this.visits[arm] === 0 && rng.below(++seen) === 0) found = arm;
    }
    return found;
  }

  #best(count: number, offered: readonly number[] | null, score: (arm: number) => number): number {
    let best = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < count; i++) {
      const arm = offered === null ? i : (offered[i] as number);
      const worth = score(arm);
      if (worth > most) {
        most = worth;
        best = arm;
      }
    }
    return best;
  }

  #ucb(constant: number): (arm: number) => number {
    return (arm) => {
      const visits = this.visits[arm] as number;
      const bonus = Math.sqrt(Math.log(this.available[arm] as number) / visits);
      return (this.totals[arm] as number) / visits + constant * bonus;
    };
  }

  /** NOTE: an arm never tried is worth what the node is worth on average, so that priors alone decide among such arms. */
  #puct(constant: number, priors: readonly number[]): (arm: number) => number {
    const tried = sum(this.visits);
    const mean = tried === 0 ? 0 : sum(this.totals) / tried;
    const root = Math.sqrt(Math.max(1, tried));
    return (arm) => {
      const visits = this.visits[arm] as number;
      const value = visits === 0 ? mean : (this.totals[arm] as number) / visits;
      return value + (constant * (priors[arm] as number) * root) / (1 + visits);
    };
  }
}

/** The candidate to play: tried most often, then worth most, then listed first. */
export function mostTried(candidates: readonly Candidate[]): string {
  const [first, ...others] = candidates;
  if (first === undefined) throw new RangeError('there is nothing to choose from');
  return others.reduce((best, other) => (isBetter(other, best) ? other : best), first).id;
}

function isBetter(one: Candidate, other: Candidate): boolean {
  if (one.visits !== other.visits) return one.visits > other.visits;
  return (one.value ?? Number.NEGATIVE_INFINITY) > (other.value ?? Number.NEGATIVE_INFINITY);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
