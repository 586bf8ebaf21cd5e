import { type Event, seatName } from '../../src/core/environment.js';
import { HEIGHT, MARKS, type View } from './board.js';

export function say(event: Event): string {
  const seat = event.seat as number;
  if (event.kind === 'won') return `${seatName(seat)} has four in a row and wins.`;
  return `${seatName(seat)} drops ${MARKS[seat]} into column ${event.column as number}; it lands on row ${event.row as number}.`;
}

/** The board as one sees it, top row first. */
export function show({ columns, you }: View): string {
  const rows = Array.from({ length: HEIGHT }, (_, down) => {
    const row = HEIGHT - 1 - down;
    return `${row + 1} ${columns.map((discs) => discs[row] ?? '.').join(' ')}`;
  });
  const numbers = `  ${columns.map((_, column) => column + 1).join(' ')}`;
  return [...rows, numbers, ...(you === null ? [] : [`You play ${you}.`])].join('\n');
}
