import { type FormEvent, useMemo, useState } from 'react';
import type { Json } from '../../../src/core/json.js';
import type { FormSpace, Move } from '../../../src/core/space.js';
import { type Draft, draftOf, readDraft } from '../../form/draft.js';
import { fieldOf, labelOf } from '../../form/field.js';
import { Fields } from '../../form/fields.js';
import { narrowed } from '../../form/narrow.js';

interface Props {
  readonly space: FormSpace;
  readonly schema: Json;
  readonly act: (move: Move) => void;
  readonly closed: boolean;
}

/** A form of the environment, within the limits of this turn. */
export function FormAction({ space, schema, act, closed }: Props) {
  const field = useMemo(() => narrowed(fieldOf(schema), space.limits), [schema, space.limits]);
  const [draft, setDraft] = useState<Draft>(() => draftOf(field));
  const [tried, setTried] = useState(false);
  const read = readDraft(field, draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (read.ok && !closed) act(read.value);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Fields
        field={field}
        draft={draft}
        onChange={setDraft}
        label={field.is === 'group' ? '' : labelOf(space.form)}
        says=""
        faults={tried && !read.ok ? read.faults : []}
      />
      <p className="row">
        <button type="submit" className="main" disabled={closed}>
          Send
        </button>
        <span className="fault" role="status">
          {tried && !read.ok ? 'Something is missing or not right yet.' : ''}
        </span>
      </p>
    </form>
  );
}
