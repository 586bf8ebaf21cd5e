import type { Annotation } from '../../../replays/annotations.js';
import type { How } from '../../core/ending.js';
import type { Event, Rewards, Seat } from '../../core/environment.js';
import type { Json, JsonObject } from '../../core/json.js';
import type { ActionSpace, Move } from '../../core/space.js';

/*
 * Records over HTTP.
 *
 *   GET  /api/replays?environment=&page=        ReplayPage                    those the server keeps and lists, newest first
 *   GET  /api/replays/:id?viewer=all|public|N   Replay
 *   GET  /api/replays/:id/record                the record's line, as it stands in its file
 *   POST /api/replays/frames?viewer=...         a record's line -> Replay     a record from anywhere
 *   POST /api/replays/fork                      ForkRequest -> { replays: ReplayCard[] }
 * A refusal is { error, text } with status 4xx. Records of games still played are not among them.
 *
 * A game that is over may be seen whole by whoever knows its record. To look through a seat's eyes is for readers: then
 * every byte of the replay but its result is a function of what the seat was told and of its own moves.
 */

export interface ReplayCard {
  readonly id: string;
  readonly environment: string;
  readonly version: string;
  /** Who sat in each seat: an agent's name, or a person's pseudonym. */
  readonly seats: readonly string[];
  readonly how: How;
  readonly outcome: string | null;
  readonly returns: readonly number[] | null;
  /** Steps of the record; through other eyes than `all`, how often something changed for the viewer. */
  readonly steps: number;
  readonly started: string | null;
  /** What it was forked from, and where; told to `all` only. */
  readonly parent: { readonly id: string; readonly step: number } | null;
}

export interface ReplayPage {
  readonly replays: readonly ReplayCard[];
  readonly more: boolean;
}

export type ReplayViewer = 'all' | 'public' | Seat;

/** A record played again for one viewer: what it knew before each step, and what each step was. */
export interface Replay extends ReplayCard {
  readonly title: string;
  readonly config: JsonObject;
  readonly rules: string;
  readonly viewer: ReplayViewer;
  /** For `all`: one frame a step, and the last is the end. Else one for each change of what the viewer knew. */
  readonly frames: readonly Frame[];
  /** Messages sent to models, each once; calls name them by position. Empty but for `all`, as all that follows. */
  readonly messages: readonly Json[];
  readonly seed: string | null;
  /** The failed answers by which seats forfeited. */
  readonly forfeits: { readonly [seat: string]: readonly Tried[] };
  /** What broke, where a fault ended the game. */
  readonly error: string | null;
}

export interface Frame {
  readonly view: Json;
  /** The view in words, where the environment has any beyond its events. */
  readonly shown: string | null;
  /** What the step before this frame told the viewer. */
  readonly events: readonly { readonly event: Event; readonly said: string }[];
  /** The step that comes next, as far as the viewer may know; null in the last frame. */
  readonly step: Played | null;
  /** Reward parts of each seat so far, unweighted, and their weighted sum; null for seats whose the viewer is not told. */
  readonly paid: readonly ({ readonly [part: string]: number } | null)[];
  readonly returns: readonly (number | null)[];
}

/** A step. All but the viewer's own move is there for `all` only. */
export interface Played {
  readonly seats: { readonly [seat: string]: PlayedMove };
  readonly chance: Move | null;
  readonly answers: readonly Json[] | null;
  readonly rewards: Rewards | null;
  /** Milliseconds since the start. */
  readonly at: number | null;
}

/** A move with what led to it. What an agent thought, weighed and was sent is there for `all` only. */
export interface PlayedMove {
  readonly move: Move;
  readonly space: ActionSpace;
  readonly substituted: boolean;
  /** Who made it, where that was a stand-in. */
  readonly by: string | null;
  readonly thought: string | null;
  readonly reply: string | null;
  /** What it weighed: options with probabilities or values, where the agent gave them. */
  readonly candidates: readonly Json[];
  readonly tries: readonly Tried[];
  /** Milliseconds the agent took. */
  readonly ms: number | null;
  readonly calls: readonly ShownCall[];
  /** What was said of the move afterwards: grades by solvers and rollouts, judgements by models. */
  readonly annotations: readonly Annotation[];
}

/** A try that failed. */
export interface Tried {
  readonly failure: string;
  readonly reason: string;
  readonly by: string | null;
  readonly reply: string | null;
  readonly thought: string | null;
  readonly calls: readonly ShownCall[];
}

/** A call of a model. Ids of tokens and their probabilities stay in the record. */
export interface ShownCall {
  readonly model: string;
  readonly parameters: JsonObject;
  /** What was sent, as positions in the messages of the replay. */
  readonly messages: readonly number[];
  readonly reply: Json;
  readonly usage: JsonObject | null;
}

export interface ForkRequest {
  /** The record's line, or the id of one that the server keeps. */
  readonly record: string;
  /** Steps that are kept. */
  readonly step: number;
  /** Who goes on in each seat, by the names the server lists. */
  readonly agents: { readonly [seat: string]: string };
  /** One game for each; by default one, seeded by the record's seed and the step. */
  readonly seeds?: readonly string[];
}
