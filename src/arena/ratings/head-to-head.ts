import { pairsOf } from './contests.js';
import type { GameResult } from './result.js';
import { type Share, wilson } from './shares.js';

/** What one agent came to against another. */
export interface Cell {
  /** Games in which they sat on different sides. */
  readonly games: number;
  /** Weights of their pairs of seats: with two seats whole games, in a mixed game of teams fractions of one. */
  readonly won: number;
  readonly drawn: number;
  readonly lost: number;
  /** Of the weight met, draws as halves; the interval is Wilson's. */
  readonly share: Share;
}

export interface HeadToHead {
  readonly agents: readonly string[];
  /** cells[row][column]: the row's agent against the column's; null where they never met. */
  readonly cells: readonly (readonly (Cell | null)[])[];
}

interface Sums {
  games: number;
  won: number;
  drawn: number;
  lost: number;
}

/** Who beat whom how often, in alphabetical order. @param games rated games */
export function headToHead(games: readonly GameResult[], level = 0.95): HeadToHead {
  const agents = [...new Set(games.flatMap(({ seats }) => seats.map(({ agent }) => agent)))].sort();
  const at = new Map(agents.map((agent, index) => [agent, index]));
  const sums = agents.map(() => agents.map((): Sums => ({ games: 0, won: 0, drawn: 0, lost: 0 })));
  for (const game of games) {
    const met = new Set<Sums>();
    for (const { one, other, score, weight } of pairsOf(game)) {
      if (one.agent === other.agent) continue;
      const [i, j] = [at.get(one.agent) as number, at.get(other.agent) as number];
      const [own, theirs] = [sums[i]?.[j] as Sums, sums[j]?.[i] as Sums];
      own[score === 1 ? 'won' : score === 0 ? 'lost' : 'drawn'] += weight;
      theirs[score === 1 ? 'lost' : score === 0 ? 'won' : 'drawn'] += weight;
      met.add(own).add(theirs);
    }
    for (const pair of met) pair.games++;
  }
  return { agents, cells: sums.map((row) => row.map((cell) => cellOf(cell, level))) };
}

function cellOf(sums: Sums, level: number): Cell | null {
  const share = wilson(sums.won + sums.drawn / 2, sums.won + sums.drawn + sums.lost, level);
  return share === null ? null : { ...sums, share };
}
