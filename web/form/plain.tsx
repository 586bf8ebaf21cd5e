import { type ReactNode, useId } from 'react';
import { each } from '../each.js';
import type { Field } from './field.js';
import type { Input } from './input.js';

type Of<Is extends Field['is']> = Input<Extract<Field, { is: Is }>>;

export function TextInput({ field, draft, onChange, ...rest }: Of<'text'>) {
  const long = (field.most ?? 0) > 200;
  const Tag = long ? 'textarea' : 'input';
  const bounds = field.most === null ? '' : `up to ${field.most} characters`;
  return (
    <Labelled {...rest} bounds={bounds} long={long}>
      {(named) => (
        <Tag
          {...named}
          className="wide"
          value={draft.text ?? ''}
          autoComplete="off"
          onChange={(event) => onChange({ text: event.target.value })}
        />
      )}
    </Labelled>
  );
}

export function NumberInput({ field, draft, onChange, ...rest }: Of<'number'>) {
  return (
    <Labelled {...rest} bounds={boundsOf(field)}>
      {(named) => (
        <input
          {...named}
          type="number"
          step={field.whole ? 1 : 'any'}
          min={field.min ?? undefined}
          max={field.max ?? undefined}
          value={draft.text ?? ''}
          onChange={(event) => onChange({ text: event.target.value })}
        />
      )}
    </Labelled>
  );
}

function boundsOf({ min, max, above, below }: Extract<Field, { is: 'number' }>): string {
  const low = min === null ? '' : above ? `more than ${min}` : `from ${min}`;
  const high = max === null ? '' : below ? `less than ${max}` : min === null ? `up to ${max}` : `to ${max}`;
  return [low, high].filter((part) => part !== '').join(above && high !== '' ? ', ' : ' ');
}

export function ToggleInput({ draft, onChange, label, says, faults }: Of<'toggle'>) {
  const about = useId();
  return (
    <div className="field">
      <label className="check">
        <input
          type="checkbox"
          checked={draft.on === true}
          aria-describedby={says === '' && faults.length === 0 ? undefined : about}
          onChange={(event) => onChange({ on: event.target.checked })}
        />
        {label}
      </label>
      <About id={about} says={says} faults={faults} />
    </div>
  );
}

export function PickInput({ field, draft, onChange, ...rest }: Of<'pick'>) {
  return (
    <Labelled {...rest} bounds="">
      {(named) => (
        <select {...named} value={draft.at ?? -1} onChange={(event) => onChange({ at: +event.target.value })}>
          {draft.at === -1 ? <option value={-1}>choose one</option> : null}
          {each(field.options, ({ label }, at) => (
            <option value={at}>{label}</option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

interface Named {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

/** An input with its label above, and below what it means and what is wrong with it. */
function Labelled({
  label,
  says,
  bounds,
  faults,
  long = false,
  children,
}: Pick<Input, 'label' | 'says' | 'faults'> & {
  readonly bounds: string;
  readonly long?: boolean;
  readonly children: (named: Named) => ReactNode;
}) {
  const id = useId();
  const about = `${id}about`;
  const told = [says, bounds].filter((part) => part !== '').join('; ');
  const described = told === '' && faults.length === 0 ? undefined : about;
  return (
    <div className={long ? 'field long' : 'field'}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': faults.length > 0 ? true : undefined })}
      <About id={about} says={told} faults={faults} />
    </div>
  );
}

function About({ id, says, faults }: { readonly id: string } & Pick<Input, 'says' | 'faults'>) {
  if (says === '' && faults.length === 0) return null;
  return (
    <p id={id} className="about">
      {faults.length === 0 ? null : <strong className="fault">{faults.map(({ text }) => text).join('; ')}. </strong>}
      {says}
    </p>
  );
}
