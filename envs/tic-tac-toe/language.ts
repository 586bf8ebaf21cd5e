import { type Event, seatName } from '../../src/core/environment.js';
import { MARKS, type View } from './board.js';

export function say(event: Event): string {
  const seat = event.seat as number;
  if (event.kind === 'won') return `${seatName(seat)} has three in a row and wins.`;
  return `${seatName(seat)} puts ${MARKS[seat]} on ${event.square as string}.`;
}

/** The board with its coordinates. */
export function show({ board, you }: View): string {
  const grid = `  a b c\n${row(board, 1)}\n${row(board, 2)}\n${row(board, 3)}`;
  return you === null ? grid : `${grid}\nYou play ${you}.`;
}

function row(board: string, number: number): string {
  const at = 3 * (number - 1);
  return `${number} ${board[at]} ${board[at + 1]} ${board[at + 2]}`;
}
