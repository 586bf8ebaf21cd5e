import { PlayingCard } from '../../web/face/playing-card.js';
import type { FaceProps } from '../../web/face.js';
import type { View } from './types.js';

/** The public card, the hands, the chips of each seat and both rounds of betting. */
export default function Table({ table, names }: FaceProps) {
  const { hands, board, rounds, put } = table.view as View;
  return (
    <>
      <ul className="hands">
        {hands.map((card, seat) => (
          <li key={names[seat]} className={seat === table.seat ? 'own' : undefined}>
            <PlayingCard card={card} />
            <div>
              <strong>{names[seat]}</strong>
              <p className="quiet small">{put[seat]} in the pot</p>
            </div>
          </li>
        ))}
        <li>
          <PlayingCard card={board} />
          <div>
            <strong>Public card</strong>
            <p className="quiet small">{board === null ? 'comes after the first round' : 'for both hands'}</p>
          </div>
        </li>
      </ul>
      <p>
        Pot: <strong>{put[0] + put[1]} chips</strong>
      </p>
      <ol className="small quiet">
        {rounds.map((actions, round) => (
          <li key={round === 0 ? 'first' : 'second'}>{actions.join(', ') || 'no action yet'}</li>
        ))}
      </ol>
    </>
  );
}
