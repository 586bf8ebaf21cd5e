import type { Event, Facts, Look, Seat } from '../../core/environment.js';
import type { Json, JsonObject } from '../../core/json.js';
import type { Over, PlayerCard } from '../wire/wire.js';

/*
 * The lobby over HTTP: boardgame.io's LobbyClient protocol under /games, and what a page needs besides under /api.
 *
 *   GET  /games                         names
 *   GET  /games/:name                   { matches: Match[] }          listed ones, at most 200; LobbyClient's where
 *   POST /games/:name/create            Create -> { matchID }
 *   GET  /games/:name/:id               Match
 *   POST /games/:name/:id/join          Join -> { playerID, playerCredentials }
 *   POST /games/:name/:id/leave         { playerID, credentials }
 *   POST /games/:name/:id/playAgain     Again -> { nextMatchID, playerID, playerCredentials }
 *   GET  /api/environments              EnvironmentCard[]
 *   GET  /api/environments/:id          EnvironmentCard with card and schema
 *   POST /api/environments/:id/rules    { config } -> Configured | { error }
 *   GET  /api/agents                    AgentCard[]
 *   GET  /api/matches                   { matches: Match[] }          listed ones of all games, newest first, at most 200
 *   GET  /api/operator/:name/:id        server-sent events, an Oversight each         with the operator's token as bearer
 * A refusal is { error, text } with status 4xx.
 */

export interface EnvironmentCard {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly summary: string;
  /** Facts under the default configuration. */
  readonly facts: Facts;
  readonly presets: readonly { readonly name: string; readonly says: string; readonly config: JsonObject }[];
  /** How a page may set events, by kind; kinds that are plain lines are left out. */
  readonly looks: { readonly [kind: string]: Look };
  /** What each reward part is paid for. */
  readonly rewards: { readonly [part: string]: string };
  /** JSON Schema of the configuration, defaults included; only when one environment is asked for. */
  readonly schema?: Json;
  /** The card in Markdown; only when one environment is asked for. */
  readonly card?: string;
}

export interface Configured {
  /** The configuration with its defaults filled in. */
  readonly config: JsonObject;
  readonly rules: string;
  readonly facts: Facts;
}

/** An agent that this server lets people seat. */
export interface AgentCard {
  readonly name: string;
  readonly title: string;
  /** Ids of environments it cannot play. */
  readonly not: readonly string[];
}

/** How long players may think. Times in milliseconds. */
export interface Clock {
  /** For each turn; null for no limit. */
  readonly turnMs: number | null;
  /** For the whole game of each seat, beside the turn's; null for none. */
  readonly gameMs: number | null;
  /** Added to the game's time after each own turn. */
  readonly incrementMs: number;
  /** What a turn that ran out of time means: a move by the environment's substitute rule, or a lost game. */
  readonly late: 'substitute' | 'forfeit';
  /** After how long without a connection an agent takes the seat; null for never. */
  readonly absentMs: number | null;
}

/** Body of a creation: LobbyClient's `numPlayers` and `unlisted`, and the rest as its `setupData`. */
export interface Create {
  readonly numPlayers?: number;
  readonly unlisted?: boolean;
  readonly setupData?: {
    readonly preset?: string;
    readonly config?: JsonObject;
    /** Agents by seat, by the names the server lists. */
    readonly agents?: { readonly [seat: string]: string };
    readonly clock?: Partial<Clock>;
    /** Who sits in for a person who is away; the first agent listed when absent. */
    readonly standIn?: string;
    /** Whether people who do not say so themselves allow what they play to be used as training data. */
    readonly consent?: boolean;
  };
}

/** A match as everybody may see it who knows its id. */
export interface Match {
  readonly matchID: string;
  readonly gameName: string;
  readonly unlisted: boolean;
  /** Times in milliseconds, cut to the minute. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly state: 'open' | 'playing' | 'over';
  readonly config: JsonObject;
  readonly clock: Clock;
  /** What people allow who do not say so themselves as they join. */
  readonly consent: boolean;
  readonly players: readonly PlayerCard[];
  readonly gameover?: Json;
  readonly nextMatchID?: string;
  readonly record?: string;
}

/** Body of a joining. */
export interface Join {
  readonly playerID?: string;
  readonly playerName: string;
  /**
   * The token of the game before, in its rematch: takes the seat that is kept for its holder, under the same token. Who
   * sits there already by it gets the same answer again.
   */
  readonly credentials?: string;
  /**
   * Whether this person allows what they play to be used as training data. When absent: as in the game before for its
   * rematch, else as the match has it.
   */
  readonly consent?: boolean;
  /** Stock clients may send something here; nothing is kept of it. */
  readonly data?: Json;
}

/**
 * Body of a wish to play again, once the game is over. The first who asks makes the next game and sits in it; whoever
 * asks later finds it and sits down too. The token stays what it was. `rotate` moves everybody one seat on.
 */
export interface Again {
  readonly playerID: string;
  readonly credentials: string;
  readonly rotate?: boolean;
  /** As the game before when absent. */
  readonly unlisted?: boolean;
}

/** What the operator's stream tells at first and after each step: everything, hidden things included. */
export interface Oversight {
  /** Steps so far, those of chance included. */
  readonly steps: number;
  readonly view: Json;
  /** The view in words, where the environment has any beyond its events. */
  readonly shown: string | null;
  /** What happened since the stream last told. */
  readonly news: readonly { readonly event: Event; readonly said: string }[];
  /** Seats whose move is awaited. */
  readonly waiting: readonly Seat[];
  readonly over: Over | null;
}
