import { type Event, seatName, type Viewer } from '../../src/core/environment.js';
import { ANTE, MOST_RAISES, RAISES } from './betting.js';
import type { Config, View } from './types.js';

const RANK_NAMES: { readonly [letter: string]: string } = { J: 'jack', Q: 'queen', K: 'king' };
const SUIT_NAMES: { readonly [letter: string]: string } = { s: 'spades', h: 'hearts' };

export function rules({ suits }: Config): string {
  const deck =
    suits === 'apart'
      ? 'The deck has six cards: jack, queen and king of spades and of hearts. Suits mean nothing.'
      : 'The deck has six cards: two jacks, two queens and two kings.';
  return `Leduc poker for two players. ${deck} Both put ${ANTE} chip in the pot and get one card that only they see. There are two rounds of betting; between them one more card is dealt face up, which counts for both. player_0 acts first in both rounds. With nothing to call you may check or raise; after a raise you may fold, call (put in as much as the other) or raise again. A raise puts in what there is to call and ${RAISES[0]} chips more in the first round, ${RAISES[1]} in the second. Each round allows ${MOST_RAISES} raises in all. A round ends when both check or one calls. Who folds loses the pot. After the second round both cards are shown: a card of the same rank as the face-up card makes a pair and wins; otherwise the higher rank wins, king over queen over jack; equal ranks share the pot.`;
}

export function say(event: Event, viewer: Viewer): string {
  const who = seatName(event.seat as number);
  switch (event.kind) {
    case 'dealt':
      return `${viewer === event.seat ? 'You are' : `${who} is`} dealt the ${cardName(event.card as string)}.`;
    case 'board':
      return `The face-up card is the ${cardName(event.card as string)}.`;
    case 'acted':
      return `${who} ${did(event.action as string, event.chips as number)}.`;
    case 'showdown':
      return `Cards are shown: ${hands(event.cards as readonly string[])}.`;
    case 'split':
      return `Equal ranks: the pot of ${event.pot as number} is shared.`;
    default:
      return `${who} wins the pot of ${event.pot as number}.`;
  }
}

export function show({ you, hands: cards, board, put }: View): string {
  const own = you === null ? null : (cards[you] ?? null);
  const hand = you === null ? `Cards: ${hands(cards)}` : `Your card: ${own === null ? 'not dealt yet' : cardName(own)}`;
  const faceUp = `Face-up card: ${board === null ? 'not dealt yet' : cardName(board)}`;
  const chips = put.map((amount, seat) => `${seatName(seat)} ${amount}`).join(', ');
  return `${hand}\n${faceUp}\nIn the pot: ${chips}`;
}

function did(action: string, chips: number): string {
  if (action === 'raise') return `raises, putting in ${chips}`;
  return action === 'call' ? `calls ${chips}` : `${action}s`;
}

function hands(cards: readonly (string | null)[]): string {
  return cards.map((card, seat) => `${seatName(seat)} ${card === null ? 'hidden' : cardName(card)}`).join(', ');
}

function cardName(card: string): string {
  const suit = SUIT_NAMES[card.charAt(1)];
  const rank = RANK_NAMES[card.charAt(0)] as string;
  return suit === undefined ? rank : `${rank} of ${suit}`;
}
