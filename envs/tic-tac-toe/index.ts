import { z } from 'zod';
import { type Moves, type Turn, environment } from '../../src/core/environment.js';
import { choice } from '../../src/core/space.js';
import { say, show } from './language.js';
import { scripted } from './scripted.js';

/** The nine squares row by row, top left first: `.` empty, `x` of seat 0, `o` of seat 1. All else follows from it. */
type State = { readonly board: string };
type Config = Record<string, never>;
export type View = { readonly board: string; readonly you: string | null };

export const SQUARES = ['a1', 'b1', 'c1', 'a2', 'b2', 'c2', 'a3', 'b3', 'c3'];
export const MARKS = ['x', 'o'];
const LINES = ['012', '345', '678', '036', '147', '258', '048', '246'].map((line) => [...line].map(Number));

/** The mark that has three in a row, or null. */
export function winner(board: string): string | null {
  for (const [a, b, c] of LINES as [number, number, number][]) {
    const mark = board[a] as string;
    if (mark !== '.' && mark === board[b] && mark === board[c]) return mark;
  }
  return null;
}

/** Whose turn it is: seat 0 on an even number of marks. */
export function toMove(board: string): number {
  let marks = 0;
  for (let i = 0; i < 9; i++) if (board[i] !== '.') marks++;
  return marks % 2;
}

export function place(board: string, square: number): string {
  return board.slice(0, square) + MARKS[toMove(board)] + board.slice(square + 1);
}

/** NOTE: there are only 5,478 boards, so what happens next on each is worked out once. */
const turns = new Map<string, Turn>();

function turnOf(board: string): Turn {
  const mark = winner(board);
  if (mark !== null) return { kind: 'over', outcome: `${mark} wins`, truncated: false };
  const free = SQUARES.filter((_, square) => board[square] === '.');
  if (free.length === 0) return { kind: 'over', outcome: 'draw', truncated: false };
  return { kind: 'act', spaces: { [toMove(board)]: choice(free) } };
}

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

  start: () => ({ board: '.........' }),

  turn({ board }) {
    let turn = turns.get(board);
    if (turn === undefined) {
      turn = turnOf(board);
      turns.set(board, turn);
    }
    return turn;
  },

  apply({ board }, moves: Moves) {
    const seat = toMove(board);
    const square = (moves as { seats: { [seat: number]: string } }).seats[seat] as string;
    const next = place(board, SQUARES.indexOf(square));
    const placed = { to: 'all', kind: 'placed', seat, square } as const;
    if (winner(next) === null) return { state: { board: next }, events: [placed] };
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
