import { contestsOf } from './contests.js';
import { normalQuantile } from './normal.js';
import type { GameResult } from './result.js';

/** A share with its interval, and what it is a share of. */
export interface Share {
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly of: number;
}

/**
 * Wilson's interval of a share. With draws counted as halves it is a little wide.
 * SEE: E. B. Wilson, JASA 22 (1927); A. Agresti, B. A. Coull, American Statistician 52 (1998).
 * @param hits may be a fraction @param of how many there were; null is given where there were none
 */
export function wilson(hits: number, of: number, level = 0.95): Share | null {
  if (!(of > 0)) return null;
  const z = normalQuantile((1 + level) / 2);
  const share = hits / of;
  const rest = (z * z) / of;
  const middle = (share + rest / 2) / (1 + rest);
  const half = (z * Math.sqrt((share * (1 - share)) / of + rest / (4 * of))) / (1 + rest);
  return { share, low: hits === 0 ? 0 : middle - half, high: hits === of ? 1 : middle + half, of };
}

/** How an agent did on one side, and there in one role. */
export interface RoleRecord extends Share {
  readonly agent: string;
  readonly side: string | null;
  readonly role: string | null;
  readonly won: number;
  readonly drawn: number;
  readonly lost: number;
}

/**
 * What each agent scored on each side in each role, draws as halves, with Wilson's interval. Several seats of an agent
 * in one game that share side and role are one case: they win and lose together.
 * @param games rated games
 */
export function recordsByRole(games: readonly GameResult[], level = 0.95): RoleRecord[] {
  const tallies = new Map<string, Tally>();
  for (const game of games) {
    const seen = new Set<string>();
    for (const [seats, score] of scoresOf(game)) {
      for (const { agent, side, role } of seats) {
        const key = JSON.stringify([agent, side, role]);
        if (side !== null && seen.has(key)) continue;
        seen.add(key);
        const tally = tallies.get(key) ?? { agent, side, role, won: 0, drawn: 0, lost: 0 };
        tallies.set(key, tally);
        tally[score > 0.5 ? 'won' : score < 0.5 ? 'lost' : 'drawn']++;
      }
    }
  }
  return [...tallies.keys()].sort().map((key) => {
    const tally = tallies.get(key) as Tally;
    const share = wilson(tally.won + tally.drawn / 2, tally.won + tally.drawn + tally.lost, level) as Share;
    return { ...tally, ...share };
  });
}

interface Tally {
  readonly agent: string;
  readonly side: string | null;
  readonly role: string | null;
  won: number;
  drawn: number;
  lost: number;
}

/** The seats of each side with the mean of the side's contests: above a half is a win. */
export function* scoresOf(game: GameResult): Generator<readonly [GameResult['seats'], number]> {
  const sums = new Map<GameResult['seats'], { sum: number; count: number }>();
  for (const { one, other, score } of contestsOf(game)) {
    for (const [{ seats }, value] of [
      [one, score],
      [other, 1 - score],
    ] as const) {
      const entry = sums.get(seats) ?? { sum: 0, count: 0 };
      sums.set(seats, { sum: entry.sum + value, count: entry.count + 1 });
    }
  }
  for (const [seats, { sum, count }] of sums) yield [seats, sum / count];
}
