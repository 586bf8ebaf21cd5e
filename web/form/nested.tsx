import { type ReactNode, useId } from 'react';
import { each } from '../each.js';
import { type Draft, draftOf } from './draft.js';
import type { Field } from './field.js';
import { faultsBelow, type Input } from './input.js';

/** NOTE: the inputs of what is inside are handed in, for a file cannot import the one that imports it. */
type Of<Is extends Field['is']> = Input<Extract<Field, { is: Is }>> & { readonly Inner: (input: Input) => ReactNode };

export function EitherInput({ field, draft, onChange, label, says, faults, Inner }: Of<'either'>) {
  const name = useId();
  const at = draft.at ?? 0;
  const chosen = field.cases[at];
  const own = (part: Draft) => onChange({ ...draft, parts: (draft.parts ?? []).with(at, part) });
  return (
    <fieldset>
      <legend>{label === '' ? 'What' : label}</legend>
      {says === '' ? null : <p className="quiet small">{says}</p>}
      <div className="row cases">
        {each(field.cases, (one, place) => (
          <label className="check">
            <input type="radio" name={name} checked={place === at} onChange={() => onChange({ ...draft, at: place })} />
            {one.label}
          </label>
        ))}
      </div>
      <Problems faults={faults} />
      {chosen === undefined ? null : (
        <Inner
          field={chosen.field}
          draft={draft.parts?.[at] ?? {}}
          onChange={own}
          label={chosen.field.is === 'group' ? '' : chosen.label}
          says=""
          faults={faultsBelow(faults, at)}
        />
      )}
    </fieldset>
  );
}

export function RecordInput({ field, draft, onChange, label, says, faults, Inner }: Of<'record'>) {
  const { names = [], parts = [] } = draft;
  const rename = (at: number, name: string) => onChange({ ...draft, names: names.with(at, name) });
  const remove = (at: number) => onChange({ names: names.toSpliced(at, 1), parts: parts.toSpliced(at, 1) });
  const entry = (at: number, own: string) => (
    <Inner
      field={field.each}
      draft={parts[at] ?? {}}
      onChange={(part) => onChange({ ...draft, parts: parts.with(at, part) })}
      label={own}
      says=""
      faults={faultsBelow(faults, at)}
    />
  );
  return (
    <Framed label={label} says={says} faults={faults}>
      {each(names, (name, at) =>
        field.names === null ? (
          <div className="entry">
            <NameOf name={name} onChange={(next) => rename(at, next)} />
            {entry(at, 'amount')}
            <button type="button" className="plain" aria-label={`Remove ${name}`} onClick={() => remove(at)}>
              Remove
            </button>
          </div>
        ) : (
          entry(at, name)
        ),
      )}
      {field.names === null ? (
        <button
          type="button"
          onClick={() => onChange({ names: [...names, ''], parts: [...parts, draftOf(field.each)] })}
        >
          Add one
        </button>
      ) : null}
    </Framed>
  );
}

function NameOf({ name, onChange }: { readonly name: string; readonly onChange: (name: string) => void }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>name</label>
      <input id={id} value={name} autoComplete="off" onChange={(event) => onChange(event.target.value)} />
    </div>
  );
}

export function ListInput({ field, draft, onChange, label, says, faults, Inner }: Of<'list'>) {
  const { parts = [] } = draft;
  return (
    <Framed label={label} says={says} faults={faults}>
      {each(parts, (part, at) => (
        <div className="entry">
          <Inner
            field={field.each}
            draft={part}
            onChange={(own) => onChange({ parts: parts.with(at, own) })}
            label={`${at + 1}`}
            says=""
            faults={faultsBelow(faults, at)}
          />
          <button
            type="button"
            className="plain"
            aria-label={`Remove ${at + 1}`}
            onClick={() => onChange({ parts: parts.toSpliced(at, 1) })}
          >
            Remove
          </button>
        </div>
      ))}
      <button type="button" onClick={() => onChange({ parts: [...parts, draftOf(field.each)] })}>
        Add one
      </button>
    </Framed>
  );
}

function Framed({
  label,
  says,
  faults,
  children,
}: Pick<Input, 'label' | 'says' | 'faults'> & { readonly children: ReactNode }) {
  return (
    <fieldset>
      <legend>{label === '' ? 'Entries' : label}</legend>
      {says === '' ? null : <p className="quiet small">{says}</p>}
      <Problems faults={faults} />
      <div className="fields">{children}</div>
    </fieldset>
  );
}

/** Faults of the whole rather than of a part. */
function Problems({ faults }: Pick<Input, 'faults'>) {
  const own = faults.filter(({ path }) => path.length === 0);
  return own.length === 0 ? null : <p className="fault">{own.map(({ text }) => text).join('; ')}</p>;
}
