import type { FaceProps } from '../../web/face.js';
import { Keypad } from './keypad.js';
import { Tape } from './tape.js';
import type { View } from './types.js';
import './view.css';

export const covers = ['tools'] as const;

/** The problem, the tape of what was worked out, the steps left, and a calculator to press. */
export default function Table({ table, act }: FaceProps) {
  const { question, steps, stepsLeft, outcome, answer } = table.view as View;
  const results = steps.flat();
  const { space } = table.asked ?? {};
  return (
    <div className="calculator">
      <p className="question">{question ?? 'The problem is being dealt.'}</p>
      {results.length === 0 ? null : <Tape results={results} />}
      {outcome === null ? <StepsLeft left={stepsLeft} of={stepsLeft + steps.length} /> : null}
      {outcome === null || answer === null ? null : (
        <p className="notice">
          The right answer is <strong>{answer}</strong>.
        </p>
      )}
      {space?.kind === 'tools' ? <Keypad key={steps.length} last={lastValue(results)} act={act} /> : null}
    </div>
  );
}

/** What the calculator gave last; null before. */
function lastValue(results: View['steps'][number]): string | null {
  return results.findLast(({ name, run }) => name === 'calculator' && run)?.text ?? null;
}

function StepsLeft({ left, of }: { readonly left: number; readonly of: number }) {
  return (
    <p className="steps small">
      <span className="bar" aria-hidden="true">
        <span style={{ width: `${(100 * left) / of}%` }} />
      </span>{' '}
      {left} of {of} steps left
    </p>
  );
}
