import type { ChanceTurn, Environment, Facts, Moves } from './environment.js';
import { Episode } from './episode.js';
import { MoveRefused } from './errors.js';
import type { JsonObject } from './json.js';
import type { Move } from './space.js';

/** An episode as it would have been under another goal: every step belongs there, and the last one ends it. */
export interface Hindsight {
  readonly config: JsonObject;
  /** The same moves; chance where it can only fall one way falls that way. */
  readonly moves: readonly Moves[];
  /** What the seat is paid there. */
  readonly return: number;
}

/** Why an episode was not made into another. */
export type NoHindsight = 'it reached no other goal' | 'its moves do not belong there' | 'its moves do not reach it';

/**
 * Plays the moves of a one-seat episode again under the configuration whose goal the environment says they reach, and
 * believes it only then.
 * @throws Error when the environment offers no hindsight
 */
export function inHindsight(
  environment: Environment,
  config: JsonObject,
  moves: readonly Moves[],
): Hindsight | NoHindsight {
  if (environment.hindsight === undefined) throw new Error(`${environment.spec.id} offers no hindsight`);
  const goal = environment.hindsight(config, moves);
  if (goal === undefined) return 'it reached no other goal';
  const episode = new Episode(environment, goal);
  const again: Moves[] = [];
  try {
    for (const step of moves) again.push(playedAgain(episode, step));
  } catch (thrown) {
    if (thrown instanceof MoveRefused) return 'its moves do not belong there';
    throw thrown;
  }
  const paid = episode.returns()[0] ?? 0;
  if (episode.turn.kind !== 'over' || !reachesGoal(episode.facts, paid)) return 'its moves do not reach it';
  return { config: goal, moves: again, return: paid };
}

/** Whether a seat that plays alone, or is paid as all others are, did well: its return is in the upper half of the range. */
export function reachesGoal({ utility }: Facts, paid: number): boolean {
  return paid > (utility.min + utility.max) / 2;
}

function playedAgain(episode: Episode, step: Moves): Moves {
  const { turn } = episode;
  const moves = 'chance' in step && turn.kind === 'chance' ? { chance: fallen(turn, step.chance) } : step;
  episode.apply(moves);
  return moves;
}

/** NOTE: what chance deals may be the task itself, which is another one now. */
function fallen(turn: ChanceTurn, before: Move): Move {
  const [only, other] = 'outcomes' in turn ? turn.outcomes : [];
  return only !== undefined && other === undefined ? only[0] : before;
}
