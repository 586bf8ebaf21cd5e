/** The games that are played, by their names on both servers: one of nine moves, and one without an end. */
export const GAMES = { short: 'tic-tac-toe', endless: 'marks' } as const;
export type Game = (typeof GAMES)[keyof typeof GAMES];

/** What a message tells a player: its first state of a match, or a new one. */
export interface Seen {
  readonly sync: boolean;
  /** The number to send back with a move; null when the player is not to move. */
  readonly asked: number | null;
  readonly over: boolean;
}

/** How a server's messages are read and its moves are written. */
export interface Dialect {
  /** Null for messages that tell nothing of the game. */
  read(seat: number, event: string, args: readonly unknown[]): Seen | null;
  args(asked: number, cell: number): readonly unknown[];
}

interface Table {
  readonly G: { readonly asked: unknown; readonly over: unknown };
  readonly _stateID: number;
}

interface Operation {
  readonly path: string;
  readonly value: unknown;
}

/** `ludus serve`: whole state at first, then patches. */
export const ludus: Dialect = {
  read(_seat, event, args) {
    if (event === 'sync') {
      const { state } = args[1] as { state: Table };
      return { sync: true, asked: state.G.asked === null ? null : state._stateID, over: state.G.over !== null };
    }
    if (event !== 'patch') return null;
    const [, , to, operations] = args as [string, number, number, readonly Operation[]];
    const now = (path: string): unknown => operations.find((one) => one.path === path)?.value ?? null;
    return { sync: false, asked: now('/G/asked') === null ? null : to, over: now('/G/over') !== null };
  },
  args: (asked, cell) => [asked, `${'abc'[cell % 3]}${1 + Math.floor(cell / 3)}`],
};

interface StockState {
  readonly ctx: { readonly currentPlayer: string; readonly gameover?: unknown };
  readonly _stateID: number;
}

/** boardgame.io's own server: whole states. */
export const stock: Dialect = {
  read(seat, event, args) {
    if (event !== 'sync' && event !== 'update') return null;
    const state = (event === 'sync' ? (args[1] as { state: StockState }).state : args[1]) as StockState;
    const over = state.ctx.gameover !== undefined;
    const asked = !over && state.ctx.currentPlayer === `${seat}` ? state._stateID : null;
    return { sync: event === 'sync', asked, over };
  },
  args: (_asked, cell) => [cell],
};
