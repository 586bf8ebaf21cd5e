/**
 * How an episode ended. `rules` and `horizon` (the environment's own truncation) are results of play; `forfeit` is the
 * stated rule after failed answers. The rest is the loop's: then returns are null, never 0.
 */
export type How = 'rules' | 'horizon' | 'forfeit' | 'steps' | 'time' | 'cancelled' | 'crashed';

/** How an episode ended, as its agents are told. */
export interface Result {
  readonly how: How;
  readonly outcome: string | null;
  /** Weighted return of each seat; null when the loop ended the episode. */
  readonly returns: readonly number[] | null;
}
