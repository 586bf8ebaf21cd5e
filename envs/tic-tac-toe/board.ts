/** What a viewer sees: everything, and which mark it plays. */
export type View = { readonly board: string; readonly you: string | null };

/** Ids of the nine squares row by row, top left first: the order of a board's letters. */
export const SQUARES: readonly string[] = ['a1', 'b1', 'c1', 'a2', 'b2', 'c2', 'a3', 'b3', 'c3'];
/** The marks by seat. */
export const MARKS: readonly string[] = ['x', 'o'];
export const EMPTY = '.........';

const LINES = ['012', '345', '678', '036', '147', '258', '048', '246'].map((line) => setOf([...line].map(Number)));
/** Of each of the 512 sets of squares, whether it holds a line. */
const HOLDS_LINE = Array.from({ length: 512 }, (_, set) => LINES.some((line) => (set & line) === line));

function setOf(squares: readonly number[]): number {
  return squares.reduce((set, square) => set | (1 << square), 0);
}

/** The squares that hold a letter, as a set: bit n stands for square n. */
export function squaresOf(board: string, letter: string): number {
  const code = letter.charCodeAt(0);
  let set = 0;
  for (let square = 0; square < 9; square++) if (board.charCodeAt(square) === code) set |= 1 << square;
  return set;
}

/** Positions of a set of squares. */
export function positionsOf(set: number): number[] {
  return SQUARES.flatMap((_, square) => ((set & (1 << square)) === 0 ? [] : [square]));
}

/** Whether a mark has three in a row. */
export function hasLine(board: string, mark: string): boolean {
  return HOLDS_LINE[squaresOf(board, mark)] as boolean;
}

/** The seat to move: seat 0 on an even number of marks, which is on an odd number of empty squares. */
export function toMove(board: string): number {
  return 1 - (positionsOf(squaresOf(board, '.')).length % 2);
}

/** The board after a seat marks an empty square. */
export function place(board: string, square: number, seat: number): string {
  return board.slice(0, square) + MARKS[seat] + board.slice(square + 1);
}
