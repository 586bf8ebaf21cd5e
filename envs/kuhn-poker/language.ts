import { type Event, seatName, type Viewer } from '../../src/core/environment.js';
import type { View } from './cards.js';

const DID: { readonly [action: string]: string } = { check: 'checks', bet: 'bets 1', call: 'calls', fold: 'folds' };

export function say(event: Event, viewer: Viewer): string {
  const who = seatName(event.seat as number);
  switch (event.kind) {
    case 'dealt':
      return viewer === event.seat
        ? `You are dealt the ${event.card as string}.`
        : `${who} is dealt the ${event.card as string}.`;
    case 'acted':
      return `${who} ${DID[event.action as string]}.`;
    case 'showdown':
      return `Cards are shown: ${hands(event.cards as string)}.`;
    default:
      return `${who} wins the pot of ${event.pot as number}.`;
  }
}

export function show({ you, cards }: View): string {
  if (you === null) return `Cards: ${hands(cards)}`;
  const card = cards[you];
  return `Your card: ${card === '?' ? 'not dealt yet' : card}`;
}

function hands(cards: string): string {
  return [...cards].map((card, seat) => `${seatName(seat)} ${card === '?' ? 'hidden' : card}`).join(', ');
}
