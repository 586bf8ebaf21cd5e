import { Die } from '../../web/face/die.js';

interface Props {
  readonly bids: readonly string[];
  readonly names: readonly string[];
}

/** The bids as they rose, the last one set off. The first seat made the first. */
export function Said({ bids, names }: Props) {
  if (bids.length === 0) return <p className="quiet">Nobody has bid yet.</p>;
  const made = bids.map((bid, at) => ({ bid, by: names[at % names.length] }));
  return (
    <ol className="said" aria-label="Bids so far">
      {made.map(({ bid, by }, at) => (
        <li key={bid} className={at === made.length - 1 ? 'last' : undefined}>
          <BidDrawn bid={bid} /> <span className="small">{by}</span>
        </li>
      ))}
    </ol>
  );
}

/** A bid such as `2x5`: the number, and the face as a die. */
export function BidDrawn({ bid }: { readonly bid: string }) {
  const [quantity, face] = bid.split('x');
  return (
    <span className="bid">
      <span aria-hidden="true">
        {quantity}×<Die face={Number(face)} look="little" />
      </span>
      <span className="unseen">{bid}</span>
    </span>
  );
}
