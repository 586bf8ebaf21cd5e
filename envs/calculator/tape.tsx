import { isObject, type Json } from '../../src/core/json.js';
import type { Result } from './types.js';

/** What stands before the arguments of the tools there are. */
const BEFORE: { readonly [tool: string]: string } = { calculator: '', submit_answer: 'answer ' };

/** What was called and what came of it, as a calculator prints it. */
export function Tape({ results }: { readonly results: readonly Result[] }) {
  const lines = results.map((result, at) => ({ ...result, place: `${at} ${result.id}` }));
  return (
    <ol className="tape" aria-label="Tape">
      {lines.map(({ place, name, args, text, run }) => (
        <li key={place}>
          <span>{`${BEFORE[name] ?? `${name}: `}${written(args)}`}</span>
          <strong>{saysOf(name, text, run)}</strong>
        </li>
      ))}
    </ol>
  );
}

function saysOf(name: string, text: string, run: boolean): string {
  if (!run) return text === '' ? 'no such tool' : text;
  if (name !== 'submit_answer') return text.startsWith('Error') ? text : `= ${text}`;
  return text === 'True' ? 'right' : text === 'False' ? 'not right' : text;
}

/** The arguments as one would write them. */
function written(args: Json): string {
  const values = isObject(args) ? Object.values(args) : [args];
  return values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(', ');
}
