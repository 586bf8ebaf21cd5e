import { z } from 'zod';
import { type Event, environment, type Moves, type Step, type Turn } from '../../src/core/environment.js';
import { choice } from '../../src/core/space.js';
import { EMPTY, free, MARKS, place, SQUARES, toMove, type View, winner } from './board.js';
import { say, show } from './language.js';
import { scripted } from './scripted.js';

/** The nine squares row by row, top left first: `.` empty, `x` of seat 0, `o` of seat 1. All else follows from it. */
type State = { readonly board: string };
type Config = Record<string, never>;

/** A board, what happens next on it, and where each square leads once it was marked. */
type Position = { readonly state: State; readonly turn: Turn; readonly after: Step<State>[] };

/** NOTE: there are only 5,478 boards, so each is worked out once. */
const positions = new Map<string, Position>();

function positionOf(board: string): Position {
  let position = positions.get(board);
  if (position === undefined) {
    position = { state: { board }, turn: turnOf(board), after: [] };
    positions.set(board, position);
  }
  return position;
}

function turnOf(board: string): Turn {
  const mark = winner(board);
  if (mark !== null) return { kind: 'over', outcome: `${mark} wins`, truncated: false };
  const squares = free(board).map((square) => SQUARES[square] as string);
  if (squares.length === 0) return { kind: 'over', outcome: 'draw', truncated: false };
  return { kind: 'act', spaces: { [toMove(board)]: choice(squares) } };
}

function stepOf(board: string, seat: number, square: number): Step<State> {
  const next = place(board, square);
  const { state } = positionOf(next);
  const placed: Event = { to: 'all', kind: 'placed', seat, square: SQUARES[square] as string };
  if (winner(next) === null) return { state, events: [placed] };
  return {
    state,
    events: [placed, { to: 'all', kind: 'won', seat }],
    rewards: { [seat]: { win: 1 }, [1 - seat]: { win: -1 } },
  };
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

  start: () => ({ board: EMPTY }),
  turn: ({ board }) => positionOf(board).turn,

  apply({ board }, moves: Moves) {
    const { seats } = moves as { seats: { [seat: number]: string } };
    const seat = seats[0] === undefined ? 1 : 0;
    const square = SQUARES.indexOf(seats[seat] as string);
    const { after } = positionOf(board);
    after[square] ??= stepOf(board, seat, square);
    return after[square];
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
