import { type Event, seatName } from '../../src/core/environment.js';
import { beats, score, type Throw, type View } from './throws.js';

export function say({ throws, winner }: Event): string {
  const [first, second] = throws as readonly [Throw, Throw];
  const thrown = `${seatName(0)} throws ${first}, ${seatName(1)} throws ${second}`;
  if (winner === null) return `${thrown}: a tie.`;
  const [better, worse] = winner === 0 ? [first, second] : [second, first];
  return `${thrown}: ${better} ${beats(better, worse)} ${worse}, ${seatName(winner as number)} wins the round.`;
}

/** How far the match is and how it stands. */
export function show({ you, rounds, throws }: View): string {
  const played = throws.length < rounds ? `Round ${throws.length + 1} of ${rounds}` : `All ${rounds} played`;
  const won = score(throws).map((count, seat) => `${seat === you ? 'you have' : `${seatName(seat)} has`} won ${count}`);
  return `${played}: ${won.join(', ')}.`;
}
