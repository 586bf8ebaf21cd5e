import type { FaceProps } from '../../web/face.js';
import { LastRound, Rounds } from './rounds.js';
import { score, THROWS, type View } from './throws.js';
import './view.css';
import { deedsOf, Wheel } from './wheel.js';

export const covers = ['choices'] as const;

/** The five throws and what beats what, the score, and what was thrown so far. */
export default function Table({ table, names, act }: FaceProps) {
  const { rounds, throws } = table.view as View;
  const won = score(throws);
  return (
    <div className="rpsls">
      <p className="row apart">
        <strong>{standing(throws.length, rounds)}</strong>
        <span>{names.map((name, seat) => `${name} won ${won[seat]}`).join(', ')}</span>
      </p>
      <LastRound throws={throws} names={names} />
      <Wheel act={act} open={table.asked !== null} />
      <details className="small">
        <summary>What beats what, in words</summary>
        <ul>
          {THROWS.map((hand) => (
            <li key={hand}>
              {hand} {deedsOf(hand)}
            </li>
          ))}
        </ul>
      </details>
      {throws.length < 2 ? null : <Rounds throws={throws} names={names} />}
    </div>
  );
}

function standing(played: number, rounds: number): string {
  if (played < rounds) return rounds === 1 ? 'One round' : `Round ${played + 1} of ${rounds}`;
  return rounds === 1 ? 'Played' : `All ${rounds} rounds played`;
}
