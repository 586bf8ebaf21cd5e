import { useId } from 'react';

/** What somebody wants to be called at a table. */
export function NameField({ name, onChange }: { readonly name: string; readonly onChange: (name: string) => void }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>Your name</label>
      <input
        id={id}
        value={name}
        maxLength={40}
        autoComplete="nickname"
        required
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
