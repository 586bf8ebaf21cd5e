import type { Json } from '../../src/core/json.js';
import type { Config } from './config.js';

export type { Config };

/** A call as it was made and the text that answers it. `run`: false where there is no such tool, or too many calls. */
export type Result = {
  readonly id: string;
  readonly name: string;
  readonly args: Json;
  readonly text: string;
  readonly run: boolean;
};

/**
 * The id of the task once it is dealt; the answers to every step's calls, as they were sent; and how it ended, null
 * while it goes on. The problem itself follows from configuration and id.
 */
export type State = {
  readonly config: Config;
  readonly task: string | null;
  readonly steps: readonly (readonly Result[])[];
  readonly outcome: string | null;
};

/** `answer` is the right one: null for everybody but the reader (`all`) until it is over. */
export type View = {
  readonly task: string | null;
  readonly question: string | null;
  readonly steps: readonly (readonly Result[])[];
  readonly stepsLeft: number;
  readonly outcome: string | null;
  readonly answer: number | null;
};
