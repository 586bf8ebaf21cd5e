import type { View } from './rounds.js';

interface Props {
  readonly view: View;
  readonly names: readonly string[];
}

/** Round by round: the prize and what each seat bid for it, the latest on top. */
export function History({ view: { rounds, points }, names }: Props) {
  const latestFirst = [...rounds.entries()].reverse();
  return (
    <table className="bids">
      <caption className="unseen">Bids so far, the latest first</caption>
      <thead>
        <tr>
          <th scope="col">Prize</th>
          {points.map((_, seat) => (
            <th key={names[seat]} scope="col">
              {names[seat]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {latestFirst.map(([round, { prize, bids, winner }]) => (
          <tr key={round}>
            <th scope="row">
              {prize}
              {winner === null ? <span className="quiet small"> tied</span> : null}
            </th>
            {bids.map((card, seat) => (
              <td key={names[seat]}>
                <Bid card={card} won={seat === winner} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bid({ card, won }: { readonly card: number | null; readonly won: boolean }) {
  return (
    <span className={won ? 'bid won' : 'bid'}>
      {card ?? <abbr title="a bid you do not see">?</abbr>}
      {won ? ' won' : ''}
    </span>
  );
}
