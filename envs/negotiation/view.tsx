import type { FaceProps } from '../../web/face.js';
import { Bargain } from './bargain.js';
import { Offers } from './offers.js';
import { Token, Tokens } from './token.js';
import type { Amounts, Limits, View } from './types.js';
import { restOf, worthOf } from './values.js';
import './view.css';

export const covers = ['forms'] as const;

/** The items and what they are worth to the viewer, the offer on the table, and the means to make another. */
export default function Table({ table, names, act }: FaceProps) {
  const view = table.view as View;
  const space = table.asked?.space;
  return (
    <div className="negotiation">
      <Items view={view} names={names} />
      <OnTheTable view={view} names={names} />
      {space?.kind === 'form' && view.you !== null ? (
        <Bargain key={view.turn} view={view} seat={view.you} accept={(space.limits as Limits).accept} act={act} />
      ) : null}
      <Offers view={view} names={names} />
    </div>
  );
}

interface Props {
  readonly view: View;
  readonly names: readonly string[];
}

/** Every kind of item, how many there are, and what one is worth to whom, as far as the viewer knows. */
function Items({ view: { items, values, you }, names }: Props) {
  const known = values.flatMap((own, seat) => (own === null ? [] : [{ own, seat }]));
  return (
    <table className="items">
      <caption className="unseen">The items</caption>
      <thead>
        <tr>
          <th scope="col">Items</th>
          {known.map(({ seat }) => (
            <th key={seat} scope="col">
              one is worth to {seat === you ? 'you' : names[seat]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Object.entries(items).map(([item, count], at) => (
          <tr key={item}>
            <th scope="row">
              {count} × {item} <Tokens item={item} first={count} rest={0} looks={['free', 'free']} />
            </th>
            {known.map(({ own, seat }) => (
              <td key={seat}>{own[at]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Who would get what now, or gets it. The viewer's own side comes first; where nobody's is, that of `player_0`. */
function OnTheTable({ view, names }: Props) {
  const { items, standing, worth, you, deeds } = view;
  const last = deeds.at(-1);
  const offer = last?.kind === 'accept' ? deeds.findLast(({ kind }) => kind === 'offer') : standing;
  if (last?.kind === 'walk away') return <p className="notice">{names[last.seat]} walked away. There is no deal.</p>;
  if (offer == null || !('take' in offer)) return <p className="quiet">Nothing is offered yet.</p>;
  const rest = restOf(items, offer.take);
  const first = you ?? 0;
  const sides = [first, 1 - first].map((seat) => ({ seat, gets: seat === offer.seat ? offer.take : rest }));
  return (
    <section className="standing" aria-label="On the table">
      <p>
        <strong>
          {last?.kind === 'accept' ? 'Agreed' : `${offer.seat === you ? 'You offer' : `${names[offer.seat]} offers`}`}
        </strong>
        {worth < 1 ? <span className="tag">paid at {Number((100 * worth).toFixed(1))} %</span> : null}
      </p>
      <div className="sides">
        {sides.map(({ seat, gets }, side) => (
          <Side
            key={seat}
            view={view}
            title={seat === you ? 'you get' : `${names[seat]} gets`}
            gets={gets}
            seat={seat}
            look={side === 0 ? 'own' : 'other'}
          />
        ))}
      </div>
    </section>
  );
}

interface SideProps {
  readonly view: View;
  readonly title: string;
  readonly gets: Amounts;
  readonly seat: number;
  readonly look: 'own' | 'other';
}

function Side({ view: { items, values }, title, gets, seat, look }: SideProps) {
  const own = values[seat];
  const kinds = Object.keys(items).map((item, at) => ({ item, count: gets[at] ?? 0 }));
  const some = kinds.filter(({ count }) => count > 0);
  return (
    <div className="side">
      <span className="small">{title}</span>
      {some.length === 0 ? <span className="quiet">nothing</span> : null}
      {some.map(({ item, count }) => (
        <span key={item} className="pile">
          <Token item={item} look={look} /> {count} × {item}
        </span>
      ))}
      {own == null ? null : (
        <span className="small">
          worth <strong>{worthOf(own, gets)}</strong> of {worthOf(own, Object.values(items))}
        </span>
      )}
    </div>
  );
}
