import { type ReactNode, useId } from 'react';
import { each } from '../each.js';
import type { Draft } from './draft.js';
import type { Field, Part } from './field.js';
import { faultsBelow, type Input } from './input.js';
import { EitherInput, ListInput, RecordInput } from './nested.js';
import { NumberInput, PickInput, TextInput, ToggleInput } from './plain.js';
import './form.css';

/** The inputs of a field, whatever it is: of a configuration, of a tool's arguments, of a form. */
export function Fields(input: Input): ReactNode {
  const { field } = input;
  switch (field.is) {
    case 'text':
      return <TextInput {...input} field={field} />;
    case 'number':
      return <NumberInput {...input} field={field} />;
    case 'toggle':
      return <ToggleInput {...input} field={field} />;
    case 'pick':
      return <PickInput {...input} field={field} />;
    case 'fixed':
      return null;
    case 'group':
      return <Group {...input} field={field} />;
    case 'either':
      return <EitherInput {...input} field={field} Inner={Fields} />;
    case 'record':
      return <RecordInput {...input} field={field} Inner={Fields} />;
    case 'list':
      return <ListInput {...input} field={field} Inner={Fields} />;
  }
}

function Group({ field, draft, onChange, label, says, faults }: Input<Extract<Field, { is: 'group' }>>) {
  const about = useId();
  const parts = each(field.parts, (part, at) => (
    <Fields {...inner(part, at, draft, onChange)} faults={faultsBelow(faults, at)} />
  ));
  if (label === '') return <div className="fields">{parts}</div>;
  return (
    <fieldset aria-describedby={says === '' ? undefined : about}>
      <legend>{label}</legend>
      {says === '' ? null : (
        <p id={about} className="quiet small">
          {says}
        </p>
      )}
      <div className="fields">{parts}</div>
    </fieldset>
  );
}

function inner(part: Part, at: number, draft: Draft, onChange: (draft: Draft) => void) {
  return {
    field: part.field,
    draft: draft.parts?.[at] ?? {},
    onChange: (own: Draft) => onChange({ ...draft, parts: (draft.parts ?? []).with(at, own) }),
    label: part.label,
    says: part.optional ? `${part.says}${part.says === '' ? '' : '; '}may be left out` : part.says,
  };
}
