import { pairsOf } from './contests.js';
import type { GameResult, SeatResult } from './result.js';

/** Who won how much against whom: wins[i][j], draws as halves, games reduced to pairs of seats. */
export interface PairTable {
  readonly wins: readonly (readonly number[])[];
  /** Games in which each took part, one or several seats. */
  readonly games: readonly number[];
}

/**
 * Adds up pairs of seats.
 * @param keys names of what is rated, in the order of the table @param keyOf which of them a seat plays for
 */
export function pairTable(
  games: readonly GameResult[],
  keys: readonly string[],
  keyOf: (seat: SeatResult) => string,
): PairTable {
  const at = new Map(keys.map((key, index) => [key, index]));
  const indexOf = (seat: SeatResult): number => at.get(keyOf(seat)) as number;
  const wins = keys.map(() => new Array<number>(keys.length).fill(0));
  const counts = new Array<number>(keys.length).fill(0);
  for (const game of games) {
    for (const index of new Set(game.seats.map(indexOf))) counts[index] = (counts[index] ?? 0) + 1;
    for (const { one, other, score, weight } of pairsOf(game)) {
      const [i, j] = [indexOf(one), indexOf(other)];
      if (i === j) continue;
      (wins[i] as number[])[j]! += weight * score;
      (wins[j] as number[])[i]! += weight * (1 - score);
    }
  }
  return { wins, games: counts };
}

/** How much two met. */
export function metOf({ wins }: PairTable, i: number, j: number): number {
  return (wins[i]?.[j] ?? 0) + (wins[j]?.[i] ?? 0);
}

/** The share of its pairs that one won, draws as halves; null when it met nobody. */
export function shareOf(table: PairTable, i: number): number | null {
  const won = (table.wins[i] ?? []).reduce((sum, value) => sum + value, 0);
  const played = table.wins.reduce((sum, _, j) => sum + metOf(table, i, j), 0);
  return played > 0 ? won / played : null;
}

/** [i, j] for every i that took something from j. */
export function* takings({ wins }: PairTable): Generator<readonly [number, number]> {
  for (const [i, row] of wins.entries()) for (const [j, value] of row.entries()) if (value > 0) yield [i, j];
}
