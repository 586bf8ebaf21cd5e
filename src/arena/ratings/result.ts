import type { How } from '../../core/ending.js';

/** What one seat of a finished game came to. */
export interface SeatResult {
  /** Who sat there: a rating belongs to this name. */
  readonly agent: string;
  /**
   * The side the seat was on: seats of one side win and lose together. Also the label of the side's advantage, such as
   * `first` or `wolves`. Null: the seat is a side by itself, without a label.
   */
  readonly side: string | null;
  /** The part it played within its side, such as `seer`; null where there is none. */
  readonly role: string | null;
  /** How well it did: higher is better, and only the order counts. Null after an ending of the loop's own. */
  readonly score: number | null;
  /** Whether an answer of the seat had to be replaced: a substituted move or a forfeit. */
  readonly invalid?: boolean;
}

/** One game, as plain as ratings need it. */
export interface GameResult {
  /** The deal it belongs to: games of one block share their luck and are resampled together. Null: a block of its own. */
  readonly block: string | null;
  readonly how: How;
  readonly seats: readonly SeatResult[];
}

/** Which games are rated besides those that ended by the rules or by the environment's horizon. */
export interface RatedOptions {
  /** Rate forfeits as losses. By default they are counted apart: surviving another's errors is no skill. */
  readonly forfeits?: boolean;
  /** Rate games with a substituted move (the default), or count them apart. */
  readonly invalid?: boolean;
}

/** Games that count for ratings, and how many were left out, by reason. */
export interface Sorted<G extends GameResult = GameResult> {
  readonly rated: readonly G[];
  readonly apart: { readonly [reason: string]: number };
}

/** Tells the games that are rated from those that are only counted. Endings of the loop's own are never rated. */
export function sortGames<G extends GameResult>(games: Iterable<G>, options: RatedOptions = {}): Sorted<G> {
  const rated: G[] = [];
  const apart: { [reason: string]: number } = {};
  for (const game of games) {
    const reason = reasonApart(game, options);
    if (reason === null) rated.push(game);
    else apart[reason] = (apart[reason] ?? 0) + 1;
  }
  return { rated, apart };
}

/** Why a game is not rated: how it ended, `substituted` or `one side`; null when it is. */
function reasonApart({ how, seats }: GameResult, { forfeits = false, invalid = true }: RatedOptions): string | null {
  const played = how === 'rules' || how === 'horizon' || (how === 'forfeit' && forfeits);
  if (!played || seats.some(({ score }) => score === null)) return how;
  if (!invalid && seats.some((seat) => seat.invalid === true)) return 'substituted';
  const alone = seats.length < 2 || (seats[0]?.side !== null && seats.every(({ side }) => side === seats[0]?.side));
  return alone ? 'one side' : null;
}
