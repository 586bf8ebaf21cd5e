import type { How } from '../../core/ending.js';
import type { Event, Seat } from '../../core/environment.js';
import type { Json } from '../../core/json.js';
import type { Failure } from '../../core/read.js';
import type { ActionSpace, Move } from '../../core/space.js';

/*
 * What travels between a table and those who sit or look: boardgame.io's own protocol (0.50), in one socket.io namespace
 * a game (`/kuhn-poker`), with this content.
 *
 * To the server
 *   sync(matchID, playerID | null, credentials?)            sits down at the wire: `sync` comes back, then `patch`es
 *   update(action, stateID, matchID, playerID[, ack])       action = { type: 'MAKE_MOVE', payload: { type: 'act',
 *                                                           args: [tick, move], playerID, credentials } }
 *   chat(matchID, ChatLine, credentials[, ack])
 *   pause(matchID, playerID, credentials[, ack])            is for a pause; `matchData` tells who else is
 *   resume(matchID, playerID, credentials[, ack])           is for going on, which ends a pause
 * From the server
 *   sync(matchID, { state: WireState, log: [], filteredMetadata })
 *   patch(matchID, previous stateID, stateID, operations, [])   JSON Patch (RFC 6902) on the WireState
 *   matchData(matchID, PlayerCard[])                        who sits where, and whether they are there
 *   chat(matchID, ChatLine)                                 also what was said before the viewer came
 *   refused(Refusal)                                        beside the ack, which says the same
 */

/** What a client keeps as boardgame.io's state. Every number in it is the viewer's own: none counts what others do. */
export interface WireState {
  readonly G: TableView;
  readonly ctx: WireContext;
  readonly plugins: Record<string, never>;
  readonly _undo: readonly [];
  readonly _redo: readonly [];
  /** How many updates this viewer was sent before; the same number as `G.tick`. */
  readonly _stateID: number;
}

/** boardgame.io's context cut to what this viewer may know: of `activePlayers` only the own entry. */
export interface WireContext {
  readonly numPlayers: number;
  readonly turn: number;
  readonly currentPlayer: string;
  readonly playOrder: readonly string[];
  readonly playOrderPos: number;
  readonly phase: null;
  readonly numMoves: 0;
  readonly activePlayers: { readonly [playerID: string]: 'act' };
  readonly gameover?: {
    readonly how: How;
    readonly outcome: string | null;
    readonly returns: readonly number[] | null;
  };
}

/** What one viewer sees of a match, whole: the observation that an agent in that seat gets, in its parts. */
export interface TableView {
  /** The viewer's own update number, to be sent back with a move: a move made on an older one is refused. */
  readonly tick: number;
  readonly environment: string;
  readonly version: string;
  /** Null for a spectator, who sees what everybody may see. */
  readonly seat: Seat | null;
  readonly seats: number;
  readonly rules: string;
  readonly view: Json;
  /** The view in words, where the environment has any beyond its events. */
  readonly shown: string | null;
  /** Every event told to the viewer, oldest first, and each in words ('' where an event is silent). */
  readonly events: readonly Event[];
  readonly said: readonly string[];
  /** The viewer's own moves so far. */
  readonly moves: readonly Move[];
  /** Reward parts told to the viewer so far, unweighted, and their weighted sum. */
  readonly rewards: { readonly [part: string]: number };
  readonly return: number;
  /** What the viewer is asked now; null when it is not its turn, or when its move is in and others are awaited. */
  readonly asked: Asked | null;
  /** Whether the viewer's move of this turn is in. */
  readonly moved: boolean;
  /** Who is awaited, where the rules let everybody know; null where they do not. */
  readonly waiting: readonly Seat[] | null;
  readonly over: Over | null;
}

export interface Asked {
  readonly space: ActionSpace;
  /** How to answer in words, with the limits of this turn. */
  readonly how: string;
  /** Schemas of the tools or of the form that the space names, as JSON Schema. */
  readonly tools?: { readonly [name: string]: { readonly description: string; readonly args: Json } };
  readonly form?: { readonly description: string; readonly schema: Json };
  /** Why the last answer was refused. */
  readonly refused: { readonly failure: Failure; readonly text: string } | null;
  /** Milliseconds this viewer has for this turn, counted from the update that asked; null without a clock. */
  readonly leftMs: number | null;
  /** Whether the clock stands still now. */
  readonly paused: boolean;
}

export interface Over {
  readonly how: How;
  readonly outcome: string | null;
  /** By seat; null when the table ended the game, not its rules. */
  readonly returns: readonly number[] | null;
  /** Reward parts by seat. */
  readonly paid: readonly { readonly [part: string]: number }[];
  /** Id of the record, once it is written. */
  readonly record: string | null;
}

/** A seat as everybody may see it: `filteredMetadata` of boardgame.io. */
export interface PlayerCard {
  readonly id: Seat;
  readonly name?: string;
  readonly isConnected?: boolean;
  readonly data: {
    readonly kind: 'open' | 'person' | 'agent';
    /** The agent's name as the server lists it. */
    readonly agent?: string;
    /** A person who is away: an agent plays for them until they are back. */
    readonly replacedBy?: string;
    /** A person who is for a pause. Once everybody at the table is, the game stands still until one of them resumes it. */
    readonly pausing?: true;
  };
}

/** Something said beside the game. The id is its writer's; the sender is a seat's number as text. */
export interface ChatLine {
  readonly id: string;
  readonly sender: string;
  readonly payload: string;
}

/** Why something was not done. The text is for people; nothing in it tells what the sender may not know. */
export interface Refusal {
  readonly error:
    | 'malformed'
    | 'too large'
    | 'rate'
    | 'unauthorized'
    | 'no such match'
    | 'no such seat'
    | 'player mismatch'
    | 'unknown action'
    | 'not your turn'
    | 'invalid move'
    | 'stale'
    | 'game over'
    | 'not allowed'
    | 'full'
    | 'internal';
  readonly text: string;
}

/** Answer to an `update` or a `chat`. */
export type Ack = { readonly ok: true; readonly tick: number } | Refusal;
