import { useState } from 'react';
import type { FaceProps } from '../../web/face.js';
import { Tokens } from './token.js';
import type { Act, View } from './types.js';
import { named, restOf, worthOf } from './values.js';

interface Props extends Pick<FaceProps, 'act'> {
  readonly view: View;
  readonly seat: number;
  /** Whether there is an offer to accept. */
  readonly accept: boolean;
}

/**
 * An offer as it is put together, and the other ways to end a turn.
 * NOTE: it begins where the seat left off, at first with everything, so that no idle press gives away what one has.
 */
export function Bargain({ view, seat, accept, act }: Props) {
  const { items, deeds } = view;
  const last = deeds.findLast((deed) => deed.kind === 'offer' && deed.seat === seat);
  const [take, setTake] = useState(last?.kind === 'offer' ? last.take : Object.values(items));
  const play = (move: Act) => act?.(move);
  return (
    <fieldset className="bargain">
      <legend>Your offer</legend>
      {Object.entries(items).map(([item, count], at) => (
        <Stepper
          key={item}
          item={item}
          count={count}
          own={take[at] ?? 0}
          onChange={(next) => setTake(take.with(at, next))}
        />
      ))}
      <Worth view={view} seat={seat} take={take} />
      <p className="row">
        <button
          type="button"
          className="main"
          disabled={act === null}
          onClick={() => play({ act: 'offer', take: named(items, take) })}
        >
          Make this offer
        </button>
        {accept ? (
          <button type="button" disabled={act === null} onClick={() => play({ act: 'accept' })}>
            Accept theirs
          </button>
        ) : null}
        <button type="button" className="plain" disabled={act === null} onClick={() => play({ act: 'walk away' })}>
          Walk away
        </button>
      </p>
    </fieldset>
  );
}

interface StepperProps {
  readonly item: string;
  readonly count: number;
  readonly own: number;
  readonly onChange: (own: number) => void;
}

function Stepper({ item, count, own, onChange }: StepperProps) {
  return (
    <div className="stepper">
      <span className="item">{item}</span>
      <button
        type="button"
        aria-label={`Take one fewer ${item}`}
        aria-disabled={own === 0}
        onClick={() => onChange(Math.max(0, own - 1))}
      >
        −
      </button>
      <output aria-label={`${item} you take`}>{own}</output>
      <button
        type="button"
        aria-label={`Take one more ${item}`}
        aria-disabled={own === count}
        onClick={() => onChange(Math.min(count, own + 1))}
      >
        +
      </button>
      <Tokens item={item} first={own} rest={count - own} looks={['own', 'other']} />
    </div>
  );
}

function Worth({
  view: { items, values, standing },
  seat,
  take,
}: Pick<Props, 'view' | 'seat'> & { readonly take: readonly number[] }) {
  const own = values[seat];
  if (own == null) return null;
  const all = worthOf(own, Object.values(items));
  const theirs = standing === null ? null : worthOf(own, restOf(items, standing.take));
  return (
    <p className="small">
      This is worth <strong>{worthOf(own, take)}</strong> of {all} to you
      {theirs === null ? '' : `; theirs would bring you ${theirs}`}.
    </p>
  );
}
