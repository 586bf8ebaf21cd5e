import { Dice } from '../../web/face/die.js';
import type { FaceProps } from '../../web/face.js';
import { Higher } from './higher.js';
import { type Reckoning, reckoned } from './reckoned.js';
import { Said } from './said.js';
import type { View } from './types.js';
import './view.css';

export const covers = ['choices'] as const;

/** Dice under cups and in the open, the bids as they rose, and the higher ones to press. */
export default function Table({ table, names, act }: FaceProps) {
  const { dice, you, bids } = table.view as View;
  const reckoning = reckoned(table.events);
  return (
    <div className="liars-dice">
      <ul className="hands">
        {dice.map((hand, seat) => (
          <li key={names[seat]} className={seat === you ? 'own' : undefined}>
            <div>
              <p>
                <strong>{names[seat]}</strong>
                {seat === you ? ' (you)' : ''}
              </p>
              <Hand hand={hand} counting={reckoning?.counting ?? []} />
            </div>
          </li>
        ))}
      </ul>
      <Said bids={bids} names={names} />
      {reckoning === null ? null : <Outcome {...reckoning} bid={bids.at(-1) ?? ''} names={names} />}
      {table.asked?.space.kind === 'choice' ? <Higher options={table.asked.space.options} act={act} /> : null}
    </div>
  );
}

interface HandProps {
  readonly hand: readonly number[] | null;
  readonly counting: readonly number[];
}

function Hand({ hand, counting }: HandProps) {
  if (hand === null) return <Cup />;
  if (hand.length === 0) return <p className="quiet small">not rolled yet</p>;
  return <Dice faces={hand} counting={counting} />;
}

function Cup() {
  return (
    <svg viewBox="0 0 60 60" className="cup" role="img" aria-label="dice under a cup">
      <path d="M19 5H41Q45 5 46 9L54 50Q55 56 49 56H11Q5 56 6 50L14 9Q15 5 19 5Z" />
      <path className="band" d="M9.5 39H50.5L51.8 45H8.2Z" />
    </svg>
  );
}

interface OutcomeProps extends Reckoning {
  readonly bid: string;
  readonly names: readonly string[];
}

function Outcome({ count, face, caller, bid, names }: OutcomeProps) {
  const isTrue = count >= Number.parseInt(bid, 10);
  return (
    <p className="notice">
      {names[caller]} calls “{bid}” a lie: <strong>{count}</strong> {count === 1 ? 'die counts' : 'dice count'} as{' '}
      {face}. The bid was {isTrue ? 'true' : 'a lie'}.
    </p>
  );
}
