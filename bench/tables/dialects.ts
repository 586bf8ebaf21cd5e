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

/** How a server's messages are read and its moves are written. Both dialects look only for the few words they need. */
export interface Dialect {
  /** @param event `["name","match",...]`. Null for messages that tell nothing of the game. */
  read(seat: number, event: string): Seen | null;
  /** Arguments of a move, as JSON without the brackets. */
  args(asked: number, cell: number): string;
}

const NONE: Seen = { sync: false, asked: null, over: false };

/** `ludus serve`: whole state at first, then patches. */
export const ludus: Dialect = {
  read(_seat, event) {
    if (event.startsWith('["patch"')) {
      const isAsked = event.includes('"/G/asked","value":{');
      const over = event.includes('"/ctx/gameover"');
      return isAsked || over ? { sync: false, asked: isAsked ? leadsTo(event) : null, over } : NONE;
    }
    if (!event.startsWith('["sync"')) return null;
    const asked = event.includes('"asked":{') ? numberAfter(event, '"_stateID":') : null;
    return { sync: true, asked, over: event.includes('"gameover":') };
  },
  args: (asked, cell) => `${asked},"${'abc'[cell % 3]}${1 + Math.floor(cell / 3)}"`,
};

/** boardgame.io's own server: whole states. */
export const stock: Dialect = {
  read(seat, event) {
    const sync = event.startsWith('["sync"');
    if (!sync && !event.startsWith('["update"')) return null;
    const over = event.includes('"gameover":');
    const isAsked = !over && event.includes(`"currentPlayer":"${seat}"`);
    return { sync, asked: isAsked ? numberAfter(event, '"_stateID":') : null, over };
  },
  args: (_asked, cell) => `${cell}`,
};

/** The number after the first of these words. */
function numberAfter(text: string, words: string): number {
  const at = text.indexOf(words) + words.length;
  return Number.parseInt(text.slice(at, at + 12), 10);
}

/** The update that an event `["patch","match",from,to,...]` leads to. */
function leadsTo(event: string): number {
  const from = event.indexOf(',', event.indexOf(',') + 1);
  const to = event.indexOf(',', from + 1) + 1;
  return Number.parseInt(event.slice(to, to + 12), 10);
}
