import type { ReplayCard } from '../../src/server/replays/wire.js';

/** The mean return of each seat over the games that gave returns; null where fewer than two did. */
export function meanReturns(games: readonly Pick<ReplayCard, 'returns'>[]): readonly number[] | null {
  const returns = games.flatMap((game) => (game.returns === null ? [] : [game.returns]));
  const [first] = returns;
  if (first === undefined || returns.length < 2) return null;
  return first.map((_, seat) => returns.reduce((sum, one) => sum + (one[seat] ?? 0), 0) / returns.length);
}
