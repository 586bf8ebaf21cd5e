import { z } from 'zod';
import { environment, type Moves, type Turn } from '../../src/core/environment.js';
import { choice } from '../../src/core/space.js';
import { EMPTY, hasLine, MARKS, place, positionsOf, SQUARES, squaresOf, type View } from './board.js';
import { say, show } from './language.js';
import { scripted } from './scripted.js';

/** The nine squares row by row, top left first: `.` empty, `x` of seat 0, `o` of seat 1. All else follows from it. */
type State = { readonly board: string };
type Config = Record<string, never>;

const WON = MARKS.map((mark): Turn => ({ kind: 'over', outcome: `${mark} wins`, truncated: false }));
const DRAW: Turn = { kind: 'over', outcome: 'draw', truncated: false };
/** NOTE: who moves and where depends on the set of free squares alone, so the 511 turns are made once. */
const TURNS = Array.from({ length: 512 }, (_, set): Turn => {
  const free = positionsOf(set).map((square) => SQUARES[square] as string);
  return free.length === 0 ? DRAW : { kind: 'act', spaces: { [1 - (free.length % 2)]: choice(free) } };
});

export default environment<State, Config>({
  spec: {
    id: 'tic-tac-toe',
    version: '1.0.0',
    title: 'Tic-tac-toe',
    summary: 'Two players, nine squares, three in a row wins; perfect play draws.',
    config: z.strictObject({}),
    rewards: { win: { says: '+1 to the winner, -1 to the loser', weight: 1, told: 'at once' } },
    events: {
      placed: { told: 'everyone', says: 'which seat put its mark on which square' },
      won: { told: 'everyone', says: 'which seat has three in a row' },
    },
    facts: () => ({
      seats: 2,
      information: 'perfect',
      chance: 'none',
      calls: false,
      dynamics: 'sequential',
      utility: { kind: 'zero-sum', min: -1, max: 1 },
      horizon: 9,
    }),
    rules: () =>
      'Tic-tac-toe. Two players take turns putting their mark on one of nine squares: player_0 plays x and moves first, player_1 plays o. Columns are a, b, c from left to right, rows 1, 2, 3 from top to bottom. Three of your marks in a row, column or diagonal win; a full board without that is a draw.',
  },

  start: () => ({ board: EMPTY }),
  turn({ board }) {
    if (hasLine(board, 'x')) return WON[0] as Turn;
    if (hasLine(board, 'o')) return WON[1] as Turn;
    return TURNS[squaresOf(board, '.')] as Turn;
  },

  apply({ board }, moves: Moves) {
    const { seats } = moves as { seats: { [seat: number]: string } };
    const seat = seats[0] === undefined ? 1 : 0;
    const square = seats[seat] as string;
    const next = place(board, SQUARES.indexOf(square), seat);
    const placed = { to: 'all', kind: 'placed', seat, square } as const;
    if (!hasLine(next, MARKS[seat] as string)) return { state: { board: next }, events: [placed] };
    return {
      state: { board: next },
      events: [placed, { to: 'all', kind: 'won', seat }],
      rewards: { [seat]: { win: 1 }, [1 - seat]: { win: -1 } },
    };
  },

  view: ({ board }, viewer): View => ({ board, you: typeof viewer === 'number' ? (MARKS[viewer] as string) : null }),
  say,
  show: (view) => show(view as View),

  vector: () => ({
    length: 18,
    actions: SQUARES,
    /** Own marks, then the opponent's, square by square. */
    encode(view) {
      const { board, you } = view as View;
      const vector = new Float32Array(18);
      for (let i = 0; i < 9; i++) if (board[i] !== '.') vector[board[i] === you ? i : 9 + i] = 1;
      return vector;
    },
  }),
  scripted,
});
