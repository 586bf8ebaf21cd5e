import { each } from '../each.js';
import { Frame } from '../frame.js';
import { amount } from '../table/amount.js';
import type { Weighed } from './weighed.js';

/** Options as they were weighed: a bar, a share in percent, a value. The one played is set off. */
export function Bars({ options, caption }: { readonly options: readonly Weighed[]; readonly caption: string }) {
  return (
    <Frame label={caption}>
      <table className="bars">
        <caption>{caption}</caption>
        <tbody>{each(options, row)}</tbody>
      </table>
    </Frame>
  );
}

function row({ option, probability, value, share, played }: Weighed) {
  return (
    <tr className={played ? 'played' : undefined}>
      <th scope="row">
        {option}
        {played ? <span className="tag lit">played</span> : null}
      </th>
      <td>
        <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
          <rect width="100" height="10" className="ground" />
          <rect width={100 * Math.min(1, Math.max(0, share))} height="10" />
        </svg>
      </td>
      <td>{probability === null ? '' : `${(100 * probability).toFixed(1)} %`}</td>
      <td>{value === null ? '' : amount(value)}</td>
    </tr>
  );
}
