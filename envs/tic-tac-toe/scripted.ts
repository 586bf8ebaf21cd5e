import type { ScriptTurn, Scripted } from '../../src/core/environment.js';
import type { ChoiceSpace } from '../../src/core/space.js';
import { SQUARES, type View, place, winner } from './index.js';

const values = new Map<string, number>();

/** The value of a board for the seat to move under perfect play: 1 win, 0 draw, -1 loss (plain minimax with memory). */
export function valueOf(board: string): number {
  const known = values.get(board);
  if (known !== undefined) return known;
  let value = -1;
  if (winner(board) === null) {
    const free = [...board].flatMap((mark, square) => (mark === '.' ? [square] : []));
    value = free.length === 0 ? 0 : Math.max(...free.map((square) => -valueOf(place(board, square))));
  }
  values.set(board, value);
  return value;
}

/** Perfect play; among equally good squares one at random. */
function perfect({ space, view, rng }: ScriptTurn): { move: string } {
  const { board } = view as View;
  const rated = (space as ChoiceSpace).options.map(({ id }) => ({
    id,
    value: -valueOf(place(board, SQUARES.indexOf(id))),
  }));
  const best = Math.max(...rated.map(({ value }) => value));
  return { move: rng.pick(rated.filter(({ value }) => value === best)).id };
}

export const scripted: Scripted = {
  styles: { perfect: 'never loses; picks at random among equally good squares' },
  seat: () => perfect,
};
