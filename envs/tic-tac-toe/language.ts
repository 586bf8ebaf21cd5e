import { type Event, seatName } from '../../src/core/environment.js';
import { MARKS, type View } from './index.js';

export function say(event: Event): string {
  const seat = event.seat as number;
  if (event.kind === 'won') return `${seatName(seat)} has three in a row and wins.`;
  return `${seatName(seat)} puts ${MARKS[seat]} on ${event.square as string}.`;
}

/** The board with its coordinates. */
export function show({ board, you }: View): string {
  const rows = [0, 1, 2].map((row) => `${row + 1} ${[...board.slice(row * 3, row * 3 + 3)].join(' ')}`);
  return ['  a b c', ...rows, ...(you === null ? [] : [`You play ${you}.`])].join('\n');
}
