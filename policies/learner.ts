import type { z } from 'zod';
import type { EpisodeRecord } from '../replays/schema.js';
import type { AgentFactory } from '../src/core/agent.js';
import type { JsonObject } from '../src/core/json.js';
import type { Rng } from '../src/core/rng.js';
import type { SavedPolicy } from './saved.js';
import type { Game } from './solver.js';

/** An algorithm that trains networks: the default export of a file of `policies/learned/`. */
export interface Learner {
  /** As typed: `deep-cfr`. */
  readonly id: string;
  readonly title: string;
  readonly paper: string;
  /** A strict object with a default for every field; `presets` hold the published settings. */
  readonly options: z.ZodType<JsonObject>;
  readonly presets?: { readonly [name: string]: { readonly says: string; readonly options: JsonObject } };
  /** @throws UserError, with the reason, when it does not take the game, or needs a supply that is missing */
  open(game: Game, options: JsonObject, rng: Rng, supplies?: Supplies): Promise<Learning>;
}

/** What a learner is handed by whoever starts it: agents to play against, and records to learn from. */
export interface Supplies {
  /** The agent of a spec such as `scripted`. @throws UserError with the nearest names */
  agent(spec: string): Promise<AgentFactory>;
  /** The records of a file, or of a folder. @throws UserError when there are none, or one cannot be read */
  records(path: string): AsyncIterable<EpisodeRecord>;
}

/** A learner at work on one game. */
export interface Learning {
  readonly iterations: number;
  /** One iteration; its figures (losses, buffer sizes, win rates) by name. */
  iterate(): Promise<{ readonly [figure: string]: number }>;
  /** The policy it would hand over now. May take training of its own (an average-strategy network). */
  policy(): Promise<SavedPolicy>;
  /** Everything it takes to go on from here, and back. */
  save(): Promise<LearningState>;
  restore(state: LearningState): Promise<void>;
  close(): Promise<void>;
}

export interface LearningState {
  readonly numbers: JsonObject;
  readonly files: { readonly [name: string]: Uint8Array };
}
