import type { ActRequest, Place } from '../src/core/agent.js';
import type { Move } from '../src/core/space.js';
import type { FoundPolicy } from './folder.js';
import type { Part } from './part.js';
import type { Game, Strategy } from './solver.js';

/**
 * How saved policies of one kind play: the exports of `policies/kinds/<kind>.ts`. A new kind is a new file.
 */
export interface PolicyKind {
  /** Opens what all episodes share (a table, a network). @throws UserError when the folder does not hold the kind */
  open(found: FoundPolicy): Opened | Promise<Opened>;
}

export interface Opened {
  /**
   * Sits down for one episode: whatever it draws or remembers there is its own. The game has been checked against the
   * manifest already. @throws UserError when the policy does not play that seat
   */
  seat(place: Place): Rule;
  /**
   * The same as a behaviour strategy by information state, where the kind has one by itself. Where it is absent the
   * policy is a function of what it is asked, and asking it at every information state gives the strategy.
   */
  readonly strategy?: (game: Game) => Strategy | Promise<Strategy>;
  /** Which turns of a table of so many seats it plays itself, and who plays the rest; absent where it plays all. */
  readonly playsPart?: { readonly part: Part; readonly seats: number };
}

/**
 * One distribution over the options of a request, in their order. What it throws is a crash of the agent.
 * @param advice what the speaker would play, for a policy whose part says that it is advised
 */
export type Rule = (request: ActRequest, advice?: Move) => ArrayLike<number> | Promise<ArrayLike<number>>;
