import { parseRecord } from '../../../replays/read.js';
import type { MatchCard } from '../matches/match.js';

/** How a match ended, by its record: what its card says when the game is over. Null when the line is no record. */
export function overOf(line: string): NonNullable<MatchCard['over']> | null {
  const read = parseRecord(line);
  if ('problem' in read) return null;
  const { id, end } = read.record;
  return { record: id, gameover: { how: end.how, outcome: end.outcome, returns: end.returns } };
}
