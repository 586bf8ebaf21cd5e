import { z } from 'zod';
import { type ActTurn, environment, type Moves, type OverTurn, type Turn } from '../../src/core/environment.js';
import { choice } from '../../src/core/space.js';
import {
  type Columns,
  connects,
  DROPS,
  drop,
  EMPTY,
  HEIGHT,
  MARKS,
  type State,
  toMove,
  type View,
  WIDTH,
} from './board.js';
import { say, show } from './language.js';
import { scripted } from './scripted.js';

type Config = Record<string, never>;

/** NOTE: whom a turn asks and for what depends only on the seat and on the columns that are full: 256 turns in all. */
const asking: readonly ActTurn[] = Array.from({ length: 2 << WIDTH }, (_, index) => ({
  kind: 'act',
  spaces: { [index & 1]: choice(DROPS.filter((_drop, column) => ((index >> (column + 1)) & 1) === 0)) },
}));
const WON: readonly OverTurn[] = MARKS.map((mark) => ({ kind: 'over', outcome: `${mark} wins`, truncated: false }));
const DRAWN: OverTurn = { kind: 'over', outcome: 'draw', truncated: false };
const ALL_FULL = (1 << WIDTH) - 1;

function fullColumns(columns: Columns): number {
  let full = 0;
  for (let column = 0; column < WIDTH; column++) if ((columns[column] as string).length === HEIGHT) full |= 1 << column;
  return full;
}

export default environment<State, Config>({
  spec: {
    id: 'connect-four',
    version: '1.0.0',
    title: 'Connect Four',
    summary: 'Two players drop discs into seven columns; four in a row wins.',
    config: z.strictObject({}),
    rewards: { win: { says: '+1 to the winner, -1 to the loser', weight: 1, told: 'at once' } },
    events: {
      dropped: { told: 'everyone', says: 'which seat dropped a disc into which column, and the row it fell to' },
      won: { told: 'everyone', says: 'which seat has four in a row' },
    },
    facts: () => ({
      seats: 2,
      information: 'perfect',
      chance: 'none',
      calls: false,
      dynamics: 'sequential',
      utility: { kind: 'zero-sum', min: -1, max: 1 },
      horizon: WIDTH * HEIGHT,
    }),
    rules: () =>
      'Connect Four. An upright board has seven columns, numbered 1 to 7 from left to right, and six rows, numbered 1 to 6 from the bottom up. Two players take turns: player_0 plays x and moves first, player_1 plays o. On your turn you drop one disc into a column that is not full; it falls to the lowest free square. Four of your discs in an unbroken line, across, up or diagonally, win. A full board without that is a draw.',
  },

  start: () => ({ columns: EMPTY, last: null }),

  turn({ columns, last }): Turn {
    const seat = toMove(columns);
    if (last !== null && connects(columns, last)) return WON[1 - seat] as OverTurn;
    const full = fullColumns(columns);
    return full === ALL_FULL ? DRAWN : (asking[(full << 1) | seat] as ActTurn);
  },

  apply({ columns }, moves: Moves) {
    const seat = toMove(columns);
    const last = DROPS.indexOf((moves as { seats: { [seat: number]: string } }).seats[seat] as string);
    const next = drop(columns, last, MARKS[seat]);
    const state = { columns: next, last };
    const dropped = { to: 'all', kind: 'dropped', seat, column: last + 1, row: (next[last] as string).length } as const;
    if (!connects(next, last)) return { state, events: [dropped] };
    return {
      state,
      events: [dropped, { to: 'all', kind: 'won', seat }],
      rewards: { [seat]: { win: 1 }, [1 - seat]: { win: -1 } },
    };
  },

  view: ({ columns, last }, viewer): View => ({
    columns,
    last,
    you: typeof viewer === 'number' ? (MARKS[viewer] as string) : null,
  }),
  say,
  show: (view) => show(view as View),

  vector: () => ({
    length: 2 * WIDTH * HEIGHT,
    actions: DROPS,
    /** Own discs, then the opponent's, column by column from the bottom up. */
    encode(view) {
      const { columns, you } = view as View;
      const vector = new Float32Array(2 * WIDTH * HEIGHT);
      for (const [column, discs] of columns.entries()) {
        for (let row = 0; row < discs.length; row++) {
          vector[(discs[row] === you ? 0 : WIDTH * HEIGHT) + column * HEIGHT + row] = 1;
        }
      }
      return vector;
    },
  }),
  scripted,
});
