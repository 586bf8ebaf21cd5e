/** What a viewer sees: everything, and which mark it plays. */
export type View = { readonly board: string; readonly you: string | null };

/** Ids of the nine squares row by row, top left first: the order of a board's letters. */
export const SQUARES: readonly string[] = ['a1', 'b1', 'c1', 'a2', 'b2', 'c2', 'a3', 'b3', 'c3'];
/** The marks by seat. */
export const MARKS: readonly string[] = ['x', 'o'];
export const EMPTY = '.........';
const LINES = ['012', '345', '678', '036', '147', '258', '048', '246'].map((line) => [...line].map(Number));

/** The mark that has three in a row, or null. */
export function winner(board: string): string | null {
  for (const [a, b, c] of LINES as [number, number, number][]) {
    const mark = board[a] as string;
    if (mark !== '.' && mark === board[b] && mark === board[c]) return mark;
  }
  return null;
}

/** The seat to move: seat 0 on an even number of marks. */
export function toMove(board: string): number {
  let marks = 0;
  for (let i = 0; i < 9; i++) if (board[i] !== '.') marks++;
  return marks % 2;
}

/** Positions of the empty squares. */
export function free(board: string): number[] {
  return [...board].flatMap((mark, square) => (mark === '.' ? [square] : []));
}

/** The board after the seat to move marks an empty square. */
export function place(board: string, square: number): string {
  return board.slice(0, square) + MARKS[toMove(board)] + board.slice(square + 1);
}
