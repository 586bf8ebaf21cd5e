import type { Hall } from '../matches/hall.js';
import type { MatchCard } from '../matches/match.js';

/** When matches are let go of, in milliseconds; null for never. */
export interface Patience {
  /** A match with free seats in which nobody has sat down or got up for so long. */
  readonly openMs: number;
  /** A game that is over: its record stays. */
  readonly overMs: number;
  /** A game in which nothing has happened for so long. */
  readonly idleMs: number | null;
}

const HOUR = 3_600_000;
export const PATIENCE: Patience = { openMs: HOUR, overMs: HOUR, idleMs: null };

export interface SweepPlan {
  readonly hall: Hall;
  readonly patience: Patience;
  /** Whether somebody is connected who has a seat. */
  readonly isWatched: (card: MatchCard) => boolean;
  /** When something was last seen to happen in a match of this process. */
  readonly lastSeen: (id: string) => number | undefined;
  readonly problem: (error: unknown) => void;
  /** Milliseconds now. */
  readonly clock?: () => number;
}

/** Lets go of the matches that nobody waits for any more. */
export async function sweep({ hall, problem, ...plan }: SweepPlan): Promise<void> {
  const now = (plan.clock ?? Date.now)();
  for (const card of hall.matches.filter((one) => isForgotten(one, now, plan))) {
    try {
      await hall.forget(card.id);
    } catch (error) {
      problem(error);
    }
  }
}

function isForgotten(
  card: MatchCard,
  now: number,
  { patience, isWatched, lastSeen }: Pick<SweepPlan, 'patience' | 'isWatched' | 'lastSeen'>,
): boolean {
  if (isWatched(card)) return false;
  const quiet = now - Math.max(card.updatedAt, lastSeen(card.id) ?? 0);
  if (card.over !== undefined) return quiet >= patience.overMs;
  if (card.startedAt === null) return quiet >= patience.openMs;
  return patience.idleMs !== null && quiet >= patience.idleMs;
}
