import type { AgentFactory, AgentManifest } from './agent.js';
import type { Decided, Failing } from './decide.js';
import type { How, Result } from './ending.js';
import type { Environment, Event, Moves, Rewards, Turn } from './environment.js';
import type { Episode, Paid } from './episode.js';
import { MoveRefused } from './errors.js';
import type { Json, JsonObject } from './json.js';
import type { Answerer } from './outside.js';
import type { RngState, Seed } from './rng.js';
import type { Move } from './space.js';
import type { StreamStates } from './streams.js';

/** What an episode may use up, times in milliseconds. Agents and answers that come at once are not held to times. */
export interface Limits {
  /** Applied steps, chance and calls included; the environment's horizon when absent. */
  readonly steps?: number;
  /** Each try of an agent. */
  readonly turnMs?: number;
  /** Each request to the outside; after it the answer is `{ error }`. */
  readonly callMs?: number;
  /** The whole episode. */
  readonly totalMs?: number;
}

/** Everything the loop needs to run one episode. */
export interface Table {
  readonly environment: Environment;
  readonly config: JsonObject;
  readonly seed: Seed;
  /** One a seat. */
  readonly agents: readonly AgentFactory[];
  readonly limits?: Limits;
  /** Tries an agent has for one turn; 3 by default. */
  readonly tries?: number;
  /** After the last failed try: `forfeit` (the default with two seats, impossible with more) or `substitute`. */
  readonly onFailure?: 'forfeit' | 'substitute';
  /** Answers calls to the outside; the environment's own `answer` when absent. */
  readonly answer?: Answerer;
  readonly signal?: AbortSignal;
  /** Milliseconds now; without a clock nothing carries a time. */
  readonly clock?: () => number;
  /** Whether steps carry the hash of the state they lead to. */
  readonly hash?: boolean;
  /** Steps already played, to go on from: a fork, or an episode that was cut off. */
  readonly past?: { readonly steps: readonly PlayedStep[]; readonly streams?: { readonly [label: string]: RngState } };
}

/** One step as it was played. */
export interface PlayedStep {
  readonly seats?: { readonly [seat: number]: Decided };
  readonly chance?: Move;
  readonly answers?: readonly Json[];
  readonly rewards?: Rewards;
  readonly hash?: string;
  /** Milliseconds since the episode began. */
  readonly at?: number;
}

/** How it ended, with what everybody was paid. */
export interface Ending extends Result {
  /** Reward parts of each seat, unweighted. */
  readonly paid: Paid;
  /** Seats that forfeited, with their failed tries. */
  readonly forfeits?: { readonly [seat: number]: readonly Failing[] };
  readonly error?: string;
  readonly at?: number;
}

/** What the loop tells whoever runs it. */
export type Progress =
  | {
      readonly kind: 'started';
      readonly episode: Episode;
      readonly seats: readonly AgentManifest[];
      readonly hash?: string;
    }
  | {
      readonly kind: 'step';
      readonly index: number;
      readonly step: PlayedStep;
      readonly events: readonly Event[];
      readonly turn: Turn;
      /** True while a past is played again. */
      readonly past: boolean;
      /** The random streams of the episode, by name. */
      readonly streams: StreamStates;
    }
  | { readonly kind: 'ended'; readonly ending: Ending };

/** Returns by how the episode ended: none for the loop's endings; the spec's worst and best for a forfeit. */
export function returnsOf(episode: Episode, how: How, forfeits: Ending['forfeits']): readonly number[] | null {
  if (how === 'rules' || how === 'horizon') return episode.returns();
  if (how !== 'forfeit' || forfeits === undefined) return null;
  const { min, max } = episode.facts.utility;
  return Array.from({ length: episode.facts.seats }, (_, seat) => (seat in forfeits ? min : max));
}

/** The moves of a played step, as rules take them. */
export function movesOf(step: {
  readonly seats?: { readonly [seat: number]: { readonly move: Move } };
  readonly chance?: Move;
  readonly answers?: readonly Json[];
}): Moves {
  if (step.seats !== undefined) {
    const seats: { [seat: number]: Move } = {};
    for (const seat in step.seats) seats[seat] = (step.seats[seat] as { move: Move }).move;
    return { seats };
  }
  if (step.answers !== undefined) return { answers: step.answers };
  if (step.chance !== undefined) return { chance: step.chance };
  throw new MoveRefused('a step holds moves of seats, an outcome of chance, or answers');
}

/** What was played in a step, without what came of it. */
export function movesOnly(step: PlayedStep): PlayedStep {
  if (step.seats !== undefined) return { seats: step.seats };
  if (step.answers !== undefined) return { answers: step.answers };
  return { chance: step.chance as Move };
}
