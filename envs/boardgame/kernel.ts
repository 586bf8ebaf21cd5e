import type { Json, JsonObject } from '../../src/core/json.js';
import { optionalPackage } from '../../src/core/modules.js';

/** boardgame.io's context: who is to move, in which turn and phase. Fields that begin with `_` are its own business. */
export interface Ctx {
  readonly numPlayers: number;
  readonly currentPlayer: string;
  readonly activePlayers: { readonly [playerID: string]: Json } | null;
  readonly phase: string | null;
  readonly turn: number;
  readonly gameover?: Json;
  readonly [field: string]: Json | undefined;
}

/** A match as boardgame.io keeps it, as JSON keeps that. */
export interface Match {
  readonly G: Json;
  readonly ctx: Ctx;
  readonly plugins: { readonly [name: string]: { readonly data?: Json } };
  readonly _undo: readonly Json[];
  readonly _redo: readonly Json[];
  readonly _stateID: number;
}

/** The parts of a game that are looked at here; all else is boardgame.io's. SEE: its `Game`. */
export interface BoardGame {
  readonly name?: string;
  readonly minPlayers?: number;
  readonly maxPlayers?: number;
  readonly moves?: object;
  readonly phases?: object;
  readonly turn?: object;
  readonly plugins?: readonly BoardPlugin[];
  readonly ai?: { readonly enumerate?: Enumerate };
  playerView?(seen: { readonly G: Json; readonly ctx: Ctx; readonly playerID: string | null }): unknown;
  validateSetupData?(setupData: Json | undefined, players: number): string | undefined;
}

interface BoardPlugin {
  readonly name: string;
  playerView?(seen: {
    readonly G: Json;
    readonly ctx: Ctx;
    readonly game: BoardGame;
    readonly data: Json | undefined;
    readonly playerID: string | null;
  }): unknown;
}

/** What a player might do, as boardgame.io's bots are told it. */
export type Enumerate = (G: Json, ctx: Ctx, playerID: string) => unknown;

/** A move by its name, or one of boardgame.io's events (`endTurn`) that a player may call. */
export interface Action {
  readonly type: 'MAKE_MOVE' | 'GAME_EVENT';
  readonly name: string;
  readonly args: readonly Json[];
}

/** What came of an action: nothing, where the game refused it. */
export type Done = { readonly match: Match; readonly redacted: boolean; readonly note: Json | undefined };

interface Processed extends BoardGame {
  readonly processMove: (match: Match, action: object) => unknown;
  readonly flow: {
    readonly enabledEventNames: readonly string[];
    getMove(ctx: Ctx, name: string, playerID: string): unknown;
  };
}

/** Thrown out of the reducer in the middle of a move that the game says is invalid. */
class Invalid extends Error {}
const INVALID_MOVE = 'INVALID_MOVE';

type LogEntry = { readonly redact?: boolean; readonly metadata?: Json };
type Reduced = Match & { readonly transients?: unknown; readonly deltalog?: readonly LogEntry[] };

/** The part of `boardgame.io/internal` that is used. */
interface Internal {
  ProcessGameConfig(game: object): Processed;
  InitializeGame(options: { game: object; numPlayers: number; setupData?: Json }): Match;
  CreateGameReducer(options: { game: object }): (match: Match, action: object) => Reduced;
}

/** A game by boardgame.io's own reducer, without its servers, clients and bots. Pure: it changes nothing it is given. */
export class Kernel {
  readonly game: BoardGame;
  readonly #internal: Internal;
  readonly #processed: Processed;
  readonly #reduce: (match: Match, action: object) => Reduced;

  /** @throws UserError when boardgame.io is not installed */
  constructor(game: BoardGame, wanted: string) {
    this.game = game;
    this.#internal = optionalPackage<Internal>('boardgame.io/internal', wanted);
    // NOTE: spaces are refused in a name, which is of no use here; a stack of undone states would make states long.
    const processed = this.#internal.ProcessGameConfig({ ...game, name: 'game', disableUndo: true });
    this.#processed = { ...processed, processMove: unlessInvalid(processed) };
    this.#reduce = this.#internal.CreateGameReducer({ game: this.#processed });
  }

  /** The beginning. Everything the game draws follows from the seed. */
  begin(seed: string, players: number, setupData: Json | undefined): Match {
    const game = { ...this.#processed, seed };
    const more = setupData === undefined ? {} : { setupData };
    return matchOf(this.#internal.InitializeGame({ game, numPlayers: players, ...more }));
  }

  /** Plays an action of a player; null when the game refuses it. */
  act(match: Match, playerID: string, { type, name, args }: Action): Done | null {
    const action = { type, name, args };
    if (match.ctx.gameover !== undefined || !this.#isOpen(match.ctx, playerID, action)) return null;
    const after = this.#reduced(match, { type, payload: { type: name, args, playerID } });
    if (after === null) return null;
    if (after.transients !== undefined || after._stateID === match._stateID) return null;
    const [entry] = after.deltalog ?? [];
    return { match: matchOf(after), redacted: entry?.redact === true, note: entry?.metadata };
  }

  #isOpen(ctx: Ctx, playerID: string, { type, name }: Action): boolean {
    const { flow } = this.#processed;
    if (!isActive(ctx, playerID)) return false;
    return type === 'MAKE_MOVE' ? flow.getMove(ctx, name, playerID) !== null : flow.enabledEventNames.includes(name);
  }

  #reduced(match: Match, action: object): Reduced | null {
    try {
      // NOTE: the reducer counts moves of a stage in place.
      return this.#reduce(structuredClone(match), action);
    } catch (thrown) {
      if (thrown instanceof Invalid) return null;
      throw thrown;
    }
  }

  /** What a player, or a spectator, is sent of `G`. */
  seen({ G, ctx }: Match, playerID: string | null): Json {
    const { playerView } = this.game;
    return playerView === undefined ? G : plain(playerView({ G, ctx, playerID }));
  }

  /** What a player is sent of the plugins that have something to show. */
  seenOfPlugins({ G, ctx, plugins }: Match, playerID: string | null): JsonObject {
    const shown: { [name: string]: Json } = {};
    for (const { name, playerView } of this.game.plugins ?? []) {
      if (playerView !== undefined)
        shown[name] = plain(playerView({ G, ctx, game: this.game, data: plugins[name]?.data, playerID }));
    }
    return shown;
  }

  /** Whether the game has drawn anything by now. */
  hasDrawn({ plugins }: Match): boolean {
    return (plugins.random?.data as { prngstate?: Json } | undefined)?.prngstate !== undefined;
  }
}

/** NOTE: the reducer would print an invalid move, secret arguments and all. */
function unlessInvalid({ processMove }: Processed): Processed['processMove'] {
  return (match, action) => {
    const G = processMove(match, action);
    if (G === INVALID_MOVE) throw new Invalid();
    return G;
  };
}

/** Who may act now: those in a stage, or else whose turn it is. */
export function isActive({ activePlayers, currentPlayer }: Ctx, playerID: string): boolean {
  return activePlayers === null ? currentPlayer === playerID : Object.hasOwn(activePlayers, playerID);
}

/** A value as JSON keeps it, which is as boardgame.io's own server sends it; null where there is nothing. */
export function plain(value: unknown): Json {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json);
}

function matchOf({ G, ctx, plugins, _stateID }: Match): Match {
  return plain({ G, ctx, plugins, _undo: [], _redo: [], _stateID }) as unknown as Match;
}
