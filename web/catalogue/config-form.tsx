import { useEffect, useId, useMemo, useState } from 'react';
import type { Json, JsonObject } from '../../src/core/json.js';
import type { EnvironmentCard } from '../../src/server/lobby/wire.js';
import { type Draft, draftOf, readDraft } from '../form/draft.js';
import { fieldOf } from '../form/field.js';
import { Fields } from '../form/fields.js';

interface Props {
  readonly schema: Json;
  readonly presets: EnvironmentCard['presets'];
  /** Gets the configuration whenever it changes; null while something in it is wrong. */
  readonly onChange: (config: JsonObject | null) => void;
}

/** A configuration: a preset to start from, and every field of its schema. */
export function ConfigForm({ schema, presets, onChange }: Props) {
  const field = useMemo(() => fieldOf(schema), [schema]);
  const [preset, setPreset] = useState('');
  const [draft, setDraft] = useState<Draft>(() => draftOf(field, {}));
  const read = useMemo(() => readDraft(field, draft), [field, draft]);
  useEffect(() => onChange(read.ok ? (read.value as JsonObject) : null), [read, onChange]);
  const choose = (name: string) => {
    setPreset(name);
    setDraft(draftOf(field, presets.find((one) => one.name === name)?.config ?? {}));
  };
  if (field.is === 'group' && field.parts.length === 0) return null;
  return (
    <div className="config">
      {presets.length === 0 ? null : <Presets presets={presets} chosen={preset} onChoose={choose} />}
      <details>
        <summary>Every setting</summary>
        <Fields field={field} draft={draft} onChange={setDraft} label="" says="" faults={read.ok ? [] : read.faults} />
      </details>
      {read.ok ? null : <p className="fault">Some settings are not right yet; they are marked.</p>}
    </div>
  );
}

interface Choosing {
  readonly presets: Props['presets'];
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
}

function Presets({ presets, chosen, onChoose }: Choosing) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>Start from</label>
      <select id={id} value={chosen} onChange={(event) => onChoose(event.target.value)}>
        <option value="">the default</option>
        {presets.map(({ name, says }) => (
          <option key={name} value={name}>
            {name}: {says}
          </option>
        ))}
      </select>
    </div>
  );
}
