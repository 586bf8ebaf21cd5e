import type { GameResult, SeatResult } from './result.js';

/** A game of two: 1 when the first won, 0 when the second did, a half for a draw. */
export function duel(first: string, second: string, score: number, more: Partial<GameResult> = {}): GameResult {
  const seat = (agent: string, side: string, value: number): SeatResult => ({ agent, side, role: null, score: value });
  return {
    block: null,
    how: 'rules',
    seats: [seat(first, 'first', score), seat(second, 'second', 1 - score)],
    ...more,
  };
}

/** The same games so many times. */
export function times(count: number, ...games: GameResult[]): GameResult[] {
  return Array.from({ length: count }, () => games).flat();
}

/** A game of two sides of several seats. */
export function match(wolves: readonly string[], village: readonly string[], won: boolean): GameResult {
  const side = (agents: readonly string[], name: string, score: number): SeatResult[] =>
    agents.map((agent, index) => ({ agent, side: name, role: index === 0 ? 'leader' : 'plain', score }));
  return {
    block: null,
    how: 'rules',
    seats: [...side(wolves, 'wolves', won ? 1 : 0), ...side(village, 'village', won ? 0 : 1)],
  };
}

/**
 * Home and away results of the American League, Eastern Division, 1987: [home][away] = home wins, home losses.
 * SEE: A. Agresti, "Categorical Data Analysis", 2nd ed. 2002, page 438, table 10.10.
 */
export const BASEBALL = {
  teams: ['Milwaukee', 'Detroit', 'Toronto', 'New York', 'Boston', 'Cleveland', 'Baltimore'],
  results: [
    ['', '4-3', '4-2', '4-3', '6-1', '4-2', '6-0'],
    ['3-3', '', '4-2', '4-3', '6-0', '6-1', '4-3'],
    ['2-5', '4-3', '', '2-4', '4-3', '4-2', '6-0'],
    ['3-3', '5-1', '2-5', '', '4-3', '4-2', '6-1'],
    ['5-1', '2-5', '3-3', '4-2', '', '5-2', '6-0'],
    ['2-5', '3-3', '3-4', '4-3', '4-2', '', '2-4'],
    ['2-5', '1-5', '1-6', '2-4', '1-6', '3-4', ''],
  ],
} as const;

export function baseballGames(): GameResult[] {
  const { teams, results } = BASEBALL;
  return results.flatMap((row, home) =>
    row.flatMap((cell, away) => {
      const [won = 0, lost = 0] = cell.split('-').map(Number);
      if (home === away) return [];
      const [one, other] = [teams[home] as string, teams[away] as string];
      return [...times(won, duel(one, other, 1)), ...times(lost, duel(one, other, 0))];
    }),
  );
}

export function baseballWins(): number[][] {
  const { results } = BASEBALL;
  const part = (home: number, away: number, index: number): number =>
    Number((results[home]?.[away] ?? '').split('-')[index] ?? 0);
  return results.map((_, i) => results.map((_, j) => (i === j ? 0 : part(i, j, 0) + part(j, i, 1))));
}
