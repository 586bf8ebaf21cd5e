import type { How } from '../../core/ending.js';
import type { Event, Rewards, Seat } from '../../core/environment.js';
import type { Json, JsonObject } from '../../core/json.js';
import type { ActionSpace, Move } from '../../core/space.js';

/*
 * Records over HTTP.
 *
 *   GET  /api/replays?environment=&page=        { replays: ReplayCard[], more: boolean }     those the server keeps
 *   GET  /api/replays/:id?viewer=all|public|N   Replay
 *   POST /api/replays/frames?viewer=...         a record's line -> Replay                    a record from anywhere
 *   POST /api/replays/fork                      { record: line or id, step, agents: { seat: name }, seeds? } -> { replays: ReplayCard[] }
 * A refusal is { error, text } with status 4xx. Records of games still played are not among them.
 */

export interface ReplayCard {
  readonly id: string;
  readonly environment: string;
  readonly version: string;
  readonly seats: readonly string[];
  readonly how: How;
  readonly outcome: string | null;
  readonly returns: readonly number[] | null;
  readonly steps: number;
  readonly started: string | null;
  readonly parent: { readonly id: string; readonly step: number } | null;
}

/** A record played again for one viewer: what it knew before each step, and what each step was. */
export interface Replay extends ReplayCard {
  readonly title: string;
  readonly config: JsonObject;
  readonly rules: string;
  /** `all`, `public` or a seat. */
  readonly viewer: 'all' | 'public' | Seat;
  /** One more than there are steps: frame n is the table before step n, the last is the end. */
  readonly frames: readonly Frame[];
}

export interface Frame {
  readonly view: Json;
  /** The view in words. */
  readonly shown: string | null;
  /** What the step before this frame told the viewer. */
  readonly events: readonly { readonly event: Event; readonly said: string }[];
  /** The step that comes next, as far as the viewer may know; null in the last frame. */
  readonly step: Played | null;
  /** Weighted returns so far by seat, as far as told. */
  readonly returns: readonly number[];
}

export interface Played {
  readonly index: number;
  readonly at: number | null;
  readonly seats: { readonly [seat: number]: PlayedMove };
  readonly chance: Json | null;
  readonly answers: readonly Json[] | null;
  readonly rewards: Rewards | null;
}

/** A move with what led to it. What an agent thought and was sent is there for the viewer `all` only. */
export interface PlayedMove {
  readonly move: Move;
  readonly space: ActionSpace;
  readonly substituted: boolean;
  readonly thought: string | null;
  readonly reply: string | null;
  /** What it weighed: options with probabilities or values, where the agent gave them. */
  readonly candidates: readonly Json[];
  readonly tries: readonly { readonly failure: string; readonly reason: string; readonly reply: string | null }[];
  readonly ms: number | null;
  /** Each model call: model, messages as sent, raw reply, usage. */
  readonly calls: readonly Json[];
}
