import type { Frame as Moment } from '../../src/server/replays/wire.js';
import { each } from '../each.js';
import { labelOf } from '../form/field.js';
import { Frame } from '../frame.js';
import { amount } from '../table/amount.js';

interface Props {
  /** Which game, where several are shown. */
  readonly which: string;
  readonly frame: Moment;
  readonly names: readonly string[];
  readonly badges: ReadonlyMap<number, string>;
  /** What each reward part is paid for. */
  readonly says: { readonly [part: string]: string };
}

/** Who sits where, and what each was paid so far, as far as the viewer is told. */
export function Returns({ frame, names, badges, says, which }: Props) {
  const parts = Object.keys(says);
  const title = `Seats and returns so far${which}`;
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <Frame label={`Table of ${title}`}>
        <table className="returns">
          <thead>
            <tr>
              <th scope="col">Seat</th>
              <th scope="col">Return</th>
              {parts.map((part) => (
                <th key={part} scope="col" title={says[part]}>
                  {labelOf(part)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{each(names, (name, seat) => row(frame, name, seat, parts, badges.get(seat)))}</tbody>
        </table>
      </Frame>
    </section>
  );
}

function row(
  { paid, returns, step }: Moment,
  name: string,
  seat: number,
  parts: readonly string[],
  badge: string | undefined,
) {
  const told = paid[seat] ?? null;
  return (
    <tr className={step?.seats[seat] === undefined ? undefined : 'moving'}>
      <th scope="row">
        {name} {badge === undefined ? null : <span className="tag">{badge}</span>}
      </th>
      <td>{returns[seat] == null ? '?' : amount(returns[seat])}</td>
      {parts.map((part) => (
        <td key={part}>{told === null ? '?' : amount(told[part] ?? 0)}</td>
      ))}
    </tr>
  );
}
