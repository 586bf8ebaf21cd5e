import { pairsOf } from './contests.js';
import type { GameResult } from './result.js';

export interface EloOptions {
  /** How far one game moves a rating at most, shared out among the seats of a side. 16 by default. */
  readonly k?: number;
  /** Where an agent starts; 0 by default. */
  readonly start?: number;
  /** Agents whose ratings stay where they are put. */
  readonly anchors?: { readonly [agent: string]: number };
}

/** Points that stand for odds of 10 to 1. */
const DECADE = 400;

/** What a rating expects to score against another, from 0 to 1. */
export function expectedScore(rating: number, other: number): number {
  return 1 / (1 + 10 ** ((other - rating) / DECADE));
}

/**
 * Elo ratings after all games, by agent, played in the order given: the order matters, and late games weigh more. Pairs
 * of a game are all judged by the ratings before it, so the order of seats does not matter.
 * SEE: A. E. Elo, "The Rating of Chessplayers, Past and Present", 1978, section 1.6.
 * @param games rated games, in the order they are to count
 */
export function elo(games: Iterable<GameResult>, options: EloOptions = {}): Map<string, number> {
  const { k = 16, start = 0, anchors = {} } = options;
  const ratings = new Map<string, number>();
  for (const game of games) {
    const gains = new Map<string, number>();
    for (const { agent } of game.seats) if (!ratings.has(agent)) ratings.set(agent, anchors[agent] ?? start);
    for (const { one, other, score, weight } of pairsOf(game)) {
      const [a, b] = [ratings.get(one.agent) as number, ratings.get(other.agent) as number];
      const gain = k * weight * (score - expectedScore(a, b));
      gains.set(one.agent, (gains.get(one.agent) ?? 0) + gain);
      gains.set(other.agent, (gains.get(other.agent) ?? 0) - gain);
    }
    for (const [agent, gain] of gains) {
      if (anchors[agent] === undefined) ratings.set(agent, (ratings.get(agent) as number) + gain);
    }
  }
  return ratings;
}
