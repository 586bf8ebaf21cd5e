import { type FormEvent, useId, useMemo, useState } from 'react';
import type { Move } from '../../../src/core/space.js';
import type { Asked } from '../../../src/server/wire/wire.js';
import { each } from '../../each.js';
import { type Draft, draftOf, readDraft } from '../../form/draft.js';
import { type Field, fieldOf, labelOf } from '../../form/field.js';
import { Fields } from '../../form/fields.js';

interface Props {
  readonly tools: NonNullable<Asked['tools']>;
  readonly act: (move: Move) => void;
  readonly closed: boolean;
}

interface Tool {
  readonly name: string;
  readonly says: string;
  readonly field: Field;
}

interface Call {
  readonly name: string;
  readonly draft: Draft;
}

/** One or more tools, each with its arguments. */
export function ToolsAction({ tools, act, closed }: Props) {
  const known = useMemo(
    () =>
      Object.entries(tools).map(
        ([name, { description, args }]): Tool => ({ name, says: description, field: fieldOf(args) }),
      ),
    [tools],
  );
  const first = known[0];
  const [calls, setCalls] = useState<readonly Call[]>(() => (first === undefined ? [] : [callOf(first)]));
  const [tried, setTried] = useState(false);
  const read = calls.map(({ name, draft }) => readDraft(fieldNamed(known, name), draft));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (closed || !read.every(({ ok }) => ok)) return;
    act(read.map((one, at) => ({ id: `call_${at}`, name: calls[at]?.name ?? '', args: one.ok ? one.value : null })));
  };
  return (
    <form onSubmit={submit} noValidate>
      {each(calls, (call, at) => (
        <CallFields
          tools={known}
          call={call}
          tried={tried}
          number={calls.length > 1 ? at + 1 : null}
          onChange={(next) => setCalls(calls.with(at, next))}
          onRemove={() => setCalls(calls.toSpliced(at, 1))}
        />
      ))}
      <p className="row">
        <button type="submit" className="main" disabled={closed}>
          {calls.length === 1 ? 'Call it' : `Call ${calls.length} tools`}
        </button>
        {first === undefined ? null : (
          <button type="button" onClick={() => setCalls([...calls, callOf(first)])}>
            Add another call
          </button>
        )}
      </p>
    </form>
  );
}

function callOf({ name, field }: Tool): Call {
  return { name, draft: draftOf(field) };
}

function fieldNamed(tools: readonly Tool[], name: string): Field {
  return tools.find((tool) => tool.name === name)?.field ?? { is: 'group', parts: [] };
}

interface CallProps {
  readonly tools: readonly Tool[];
  readonly call: Call;
  readonly tried: boolean;
  /** Null for the only one. */
  readonly number: number | null;
  readonly onChange: (call: Call) => void;
  readonly onRemove: () => void;
}

/** As many tools as are seen at a glance are laid out; of more one is picked from a list. */
const LAID_OUT = 6;

interface WhichProps {
  readonly tools: readonly Tool[];
  readonly name: string;
  readonly onChange: (tool: Tool) => void;
}

function Which({ tools, name, onChange }: WhichProps) {
  const group = useId();
  if (tools.length > LAID_OUT) {
    const pick = (at: string) => {
      const tool = tools[Number(at)];
      if (tool !== undefined) onChange(tool);
    };
    return (
      <select
        className="tool"
        aria-label="Which tool"
        value={tools.findIndex((tool) => tool.name === name)}
        onChange={(event) => pick(event.target.value)}
      >
        {each(tools, (tool, at) => (
          <option value={at}>{labelOf(tool.name)}</option>
        ))}
      </select>
    );
  }
  return tools.map((tool) => (
    <label key={tool.name} className="check">
      <input type="radio" name={group} checked={tool.name === name} onChange={() => onChange(tool)} />
      {labelOf(tool.name)}
    </label>
  ));
}

function CallFields({ tools, call, tried, number, onChange, onRemove }: CallProps) {
  const field = fieldNamed(tools, call.name);
  const read = readDraft(field, call.draft);
  return (
    <fieldset>
      <legend>{number === null ? 'Tool' : `Call ${number}`}</legend>
      <div className="row cases">
        <Which tools={tools} name={call.name} onChange={(tool) => onChange(callOf(tool))} />
        {number === null ? null : (
          <button type="button" className="plain" aria-label={`Remove call ${number}`} onClick={onRemove}>
            Remove
          </button>
        )}
      </div>
      <p className="quiet small">{tools.find(({ name }) => name === call.name)?.says}</p>
      <Fields
        field={field}
        draft={call.draft}
        onChange={(draft) => onChange({ ...call, draft })}
        label=""
        says=""
        faults={tried && !read.ok ? read.faults : []}
      />
    </fieldset>
  );
}
