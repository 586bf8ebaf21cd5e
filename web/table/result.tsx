import { labelOf } from '../form/field.js';
import { ArgumentsOf } from './called.js';
import type { Told } from './story-model.js';

interface Props {
  readonly result: Extract<Told, { is: 'result' }>;
  /** The latest is open; older ones that are long are folded. */
  readonly isLast: boolean;
}

/** More than this is folded once something newer is there. */
const LONG = 400;

/** A tool call and what it brought, in the letters of a machine, for sequences and tables stand under each other. */
export function Result({ result: { tool, args, text }, isLast }: Props) {
  const called = (
    <>
      <strong>{labelOf(tool)}</strong> <ArgumentsOf args={args} />
    </>
  );
  const brought = <pre className="brought">{text === '' ? '(nothing)' : text}</pre>;
  if (text.length <= LONG)
    return (
      <li className="result">
        <p>{called}</p>
        {brought}
      </li>
    );
  return (
    <li className="result">
      <details open={isLast}>
        <summary>{called}</summary>
        {brought}
      </details>
    </li>
  );
}
