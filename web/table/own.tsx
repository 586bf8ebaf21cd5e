import type { TableView } from '../../src/server/wire/wire.js';
import { each } from '../each.js';
import { labelOf } from '../form/field.js';
import { amount } from './amount.js';

/** What the viewer was paid so far, as far as it was told. */
export function Own({
  view,
  rewards,
}: {
  readonly view: TableView;
  readonly rewards: { readonly [part: string]: string };
}) {
  const parts = Object.entries(view.rewards);
  if (view.seat === null || parts.length === 0 || view.over !== null) return null;
  return (
    <section className="own-return small" aria-label="Your rewards">
      <p>
        Your return so far: <strong>{amount(view.return)}</strong>
      </p>
      <dl className="facts">
        {each(parts, ([part, paid]) => (
          <>
            <dt title={rewards[part]}>{labelOf(part)}</dt>
            <dd>{amount(paid)}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}
