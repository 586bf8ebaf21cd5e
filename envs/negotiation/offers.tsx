import { pile } from './language.js';
import type { View } from './types.js';
import { named, restOf, worthOf } from './values.js';

interface Props {
  readonly view: View;
  readonly names: readonly string[];
}

/** The offers so far, the latest first, with what each would have brought the viewer. */
export function Offers({ view: { items, deeds, values, you }, names }: Props) {
  const made = deeds.flatMap((deed) => (deed.kind === 'offer' ? [deed] : []));
  if (made.length < 2) return null;
  const own = you === null ? null : (values[you] ?? null);
  return (
    <details className="offers small" open>
      <summary>All offers</summary>
      <ol reversed>
        {[...made.entries()].reverse().map(([at, { seat, take }]) => (
          <li key={at}>
            {seat === you ? 'You' : names[seat]}: {pile(named(items, take))}, and leave{' '}
            {pile(named(items, restOf(items, take)))}
            {own === null ? '' : ` (to you ${worthOf(own, seat === you ? take : restOf(items, take))})`}
          </li>
        ))}
      </ol>
    </details>
  );
}
