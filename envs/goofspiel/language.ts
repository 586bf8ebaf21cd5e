import { type Event, type Seat, seatName, type Viewer } from '../../src/core/environment.js';
import type { View } from './rounds.js';

export function say(event: Event, viewer: Viewer): string {
  switch (event.kind) {
    case 'prize':
      return `The prize is ${event.card as number}.`;
    case 'bids':
      return `Bids: ${each(event.bids as readonly number[])}.`;
    case 'bid':
      return `${event.seat === viewer ? 'You bid' : `${seatName(event.seat as Seat)} bids`} ${event.card as number}.`;
    case 'awarded':
      return event.seat === null
        ? `The highest bid is tied: nobody gets the prize ${event.prize as number}.`
        : `${seatName(event.seat as Seat)} wins the prize ${event.prize as number}.`;
    default:
      return `The game is over. Points: ${each(event.points as readonly number[])}.`;
  }
}

/** The prize, the hands the viewer sees, and the points. */
export function show({ you, prize, hands, points }: View): string {
  const seen = hands.flatMap((hand, seat) =>
    hand === null ? [] : [`${seat === you ? 'Your hand' : `Hand of ${seatName(seat)}`}: ${hand.join(' ') || 'empty'}`],
  );
  return [...(prize === null ? [] : [`Prize now: ${prize}`]), ...seen, `Points: ${each(points)}`].join('\n');
}

function each(numbers: readonly number[]): string {
  return numbers.map((number, seat) => `${seatName(seat)} ${number}`).join(', ');
}
