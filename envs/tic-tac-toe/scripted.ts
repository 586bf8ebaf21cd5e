import type { Scripted, ScriptTurn } from '../../src/core/environment.js';
import type { ChoiceSpace } from '../../src/core/space.js';
import { hasLine, MARKS, place, positionsOf, SQUARES, squaresOf, toMove, type View } from './board.js';

const values = new Map<string, number>();

/** The value of a board for the seat to move under perfect play: 1 win, 0 draw, -1 loss (plain minimax with memory). */
export function worth(board: string): number {
  const known = values.get(board);
  if (known !== undefined) return known;
  const seat = toMove(board);
  let value = -1;
  if (!hasLine(board, MARKS[1 - seat] as string)) {
    const replies = positionsOf(squaresOf(board, '.')).map((square) => -worth(place(board, square, seat)));
    value = replies.length === 0 ? 0 : Math.max(...replies);
  }
  values.set(board, value);
  return value;
}

/** Perfect play; among equally good squares one at random. */
function perfect({ space, view, rng }: ScriptTurn): { move: string } {
  const { board } = view as View;
  const seat = toMove(board);
  const rated = (space as ChoiceSpace).options.map(({ id }) => ({
    id,
    value: -worth(place(board, SQUARES.indexOf(id), seat)),
  }));
  const best = Math.max(...rated.map(({ value }) => value));
  return { move: rng.pick(rated.filter(({ value }) => value === best)).id };
}

export const scripted: Scripted = {
  styles: { perfect: 'never loses; picks at random among equally good squares' },
  seat: () => perfect,
};
