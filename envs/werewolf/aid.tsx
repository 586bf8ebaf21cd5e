import { useState } from 'react';
import type { Notes } from '../../web/face.js';
import type { Memory } from './memory.js';

interface Props {
  readonly memory: readonly Memory[];
  readonly you: number | null;
  readonly names: readonly string[];
  readonly notes: Notes | null;
}

/** Who claimed what, voted for whom and died how, with room for private notes. */
export function Aid({ memory, you, names, notes }: Props) {
  return (
    <details className="aid">
      <summary>Memory aid{notes === null ? '' : ' and notes'}</summary>
      <ul>
        {memory.map((one) => (
          <li key={one.seat}>
            <strong>{names[one.seat]}</strong>
            <p className="small">{linesOf(one, names).join('; ') || 'nothing to remember yet'}</p>
            {notes === null || one.seat === you ? null : (
              <Note name={String(one.seat)} about={names[one.seat] ?? ''} notes={notes} />
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function linesOf({ known, claims, votes, death }: Memory, names: readonly string[]): string[] {
  const voted = votes.map(
    ({ round, target }) => `day ${round} ${target === null ? 'abstained' : `for ${names[target]}`}`,
  );
  return [
    ...(known === null ? [] : [known]),
    ...(death === null ? [] : [death]),
    ...claims.map(({ role, round }) => `claimed ${role} in round ${round}`),
    ...(voted.length === 0 ? [] : [`votes: ${voted.join(', ')}`]),
  ];
}

function Note({ name, about, notes }: { readonly name: string; readonly about: string; readonly notes: Notes }) {
  const [text, setText] = useState(() => notes.read(name));
  return (
    <input
      value={text}
      maxLength={500}
      autoComplete="off"
      aria-label={`Your note on ${about}`}
      placeholder="your note, seen by nobody else"
      onChange={(event) => {
        setText(event.target.value);
        notes.write(name, event.target.value);
      }}
    />
  );
}
