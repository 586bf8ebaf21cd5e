import { PlayingCard } from '../../web/face/playing-card.js';
import { Row } from '../../web/face/row.js';
import type { FaceProps } from '../../web/face.js';
import { History } from './history.js';
import type { View } from './rounds.js';
import './view.css';

export const covers = ['choices'] as const;

/** The prize, every hand that the viewer sees, the points, and what was bid for each prize so far. */
export default function Table({ table, names, act }: FaceProps) {
  const view = table.view as View;
  const { you, hands, rounds } = view;
  const seats = hands.map((_, seat) => seat);
  // NOTE: the own hand stands below the others, next to where it is played from.
  const others = seats.filter((seat) => seat !== you);
  return (
    <div className="goofspiel">
      <Prize view={view} over={table.over !== null} />
      <ul className="hands">
        {others.map((seat) => (
          <li key={seat}>
            <Standing view={view} seat={seat} name={names[seat] ?? ''} />
            <OthersHand hand={hands[seat] ?? null} left={view.cards - rounds.length} />
          </li>
        ))}
        {you === null ? null : (
          <li className="own">
            <Standing view={view} seat={you} name={names[you] ?? ''} />
            <OwnHand hand={hands[you] ?? []} act={act} />
          </li>
        )}
      </ul>
      {rounds.length === 0 ? null : <History view={view} names={names} />}
    </div>
  );
}

function Prize({ view: { prize, cards, rounds }, over }: { readonly view: View; readonly over: boolean }) {
  const round = Math.min(rounds.length + 1, cards);
  return (
    <div className="prize">
      {prize === null ? null : <PlayingCard card={`${prize}`} />}
      <p>
        <strong>{over || prize === null ? 'No prize is up' : `A prize of ${prize}`}</strong>
        <br />
        <span className="quiet small">{over ? `${cards} rounds played` : `round ${round} of ${cards}`}</span>
      </p>
    </div>
  );
}

interface StandingProps {
  readonly view: View;
  readonly seat: number;
  readonly name: string;
}

function Standing({ view: { points, you }, seat, name }: StandingProps) {
  return (
    <p className="standing">
      <strong>{name}</strong>
      {seat === you ? ' (you)' : ''} <span className="tag">{points[seat]} points</span>
    </p>
  );
}

interface OwnHandProps extends Pick<FaceProps, 'act'> {
  readonly hand: readonly number[];
}

function OwnHand({ hand, act }: OwnHandProps) {
  if (hand.length === 0) return <p className="quiet small">No cards left.</p>;
  const cells = hand.map((card) => ({
    label: `bid ${card}`,
    drawn: (
      <span className="playing-card" aria-hidden="true">
        {card}
      </span>
    ),
    move: `bid ${card}`,
  }));
  return <Row label="Your hand" look="cards" cells={cells} act={act} />;
}

/** Cards that are known lie open; of hidden ones only the number is known. */
function OthersHand({ hand, left }: { readonly hand: readonly number[] | null; readonly left: number }) {
  if (left === 0) return <p className="quiet small">No cards left.</p>;
  if (hand === null) return <p className="quiet small">{left} cards, face down</p>;
  return (
    <p className="little" role="img" aria-label={`cards ${hand.join(', ')}`}>
      {hand.map((card) => (
        <span key={card} className="playing-card" aria-hidden="true">
          {card}
        </span>
      ))}
    </p>
  );
}
