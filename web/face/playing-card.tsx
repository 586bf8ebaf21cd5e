import './hands.css';
import './playing-card.css';

const RANKS: { readonly [letter: string]: string } = { J: 'jack', Q: 'queen', K: 'king', A: 'ace' };
const SUITS: { readonly [letter: string]: readonly [string, string] } = {
  s: ['spades', '♠'],
  h: ['hearts', '♥'],
  d: ['diamonds', '♦'],
  c: ['clubs', '♣'],
};

/** A card written as `K`, `Kh` or `10`; face down when it is null. */
export function PlayingCard({ card }: { readonly card: string | null }) {
  if (card === null) {
    return (
      <span className="playing-card down" role="img" aria-label="a card face down">
        <span aria-hidden="true">?</span>
      </span>
    );
  }
  const [, rank = card, suit = ''] = /^(\d+|\w)([shdc]?)$/.exec(card) ?? [];
  const [suitName, sign] = SUITS[suit] ?? ['', ''];
  const red = suit === 'h' || suit === 'd';
  return (
    <span className={red ? 'playing-card red' : 'playing-card'} role="img" aria-label={nameOf(rank, suitName)}>
      <span aria-hidden="true">{rank}</span>
      <span aria-hidden="true" className="suit">
        {sign}
      </span>
    </span>
  );
}

function nameOf(rank: string, suit: string): string {
  const name = RANKS[rank] ?? rank;
  return suit === '' ? name : `${name} of ${suit}`;
}
