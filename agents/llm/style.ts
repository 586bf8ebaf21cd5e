import type { ActRequest, Place } from '../../src/core/agent.js';
import type { Json } from '../../src/core/json.js';
import type { Move } from '../../src/core/space.js';
import type { Answer, Question } from './question.js';

/** One turn as a style sees it. */
export interface StyleTurn {
  readonly place: Place;
  readonly request: ActRequest;
  /** Asks the model, in the conversation of this turn. @throws AnswerFailed, which costs the seat a try */
  ask(question: Question): Promise<Answer>;
}

/** What styles before this one want said with the last question of the turn. */
export interface Guidance {
  /** Stands before how to answer. */
  readonly text: string;
  /** What to think about before answering; absent where no thought is asked for. */
  readonly think?: string;
  /** Whether the thought stays in the conversation of later turns. */
  readonly keeps?: boolean;
}

/** What a turn came to. */
export interface Choice {
  readonly move: Move;
  /** The answer that is the move; null where the move was put together from several. */
  readonly answer: Answer | null;
  readonly candidates?: readonly Json[];
  /** The thought that was asked for and stays in the conversation of later turns, if one does. */
  readonly kept?: string;
}

/** Asks the last question of the turn, or hands on to the next style. */
export type Next = (guidance: Guidance) => Promise<Choice>;

/** A style: what is asked before, around or in place of the last question. Styles in a row wrap the next one. */
export type Style = (turn: StyleTurn, guidance: Guidance, next: Next) => Promise<Choice>;

/** A kind of style: a file of `styles/`, named by its id, its argument behind a colon. */
export interface StyleKind {
  readonly id: string;
  readonly title: string;
  /** Where the method is from, and how it is written with an example. */
  readonly usage: string;
  /** Whether it chooses by itself, so that no style can stand behind it. */
  readonly last?: true;
  /** @param argument what stands behind the colon, empty where nothing does. @throws UserError */
  open(argument: string): Seated;
}

/** Takes a place, once an episode. @throws UserError where the environment has nothing that the style needs */
export type Seated = (place: Place) => Style;

/** What two texts say together, a blank line between. */
export function together(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n\n');
}
