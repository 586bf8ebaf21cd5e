import { Hopeless, messageOf, Spent, UserError } from '../../src/core/errors.js';
import { ModelError } from '../../src/llm/model.js';

/** What was thrown, as an end of the run where it is one: a wrong key, a spent budget, a call that a cassette lacks. */
export function endOfRun(thrown: unknown): Hopeless | null {
  if (thrown instanceof Hopeless) return thrown;
  const kind = thrown instanceof ModelError ? thrown.kind : null;
  if (kind === 'over-budget') return new Spent(messageOf(thrown), { cause: thrown });
  const ends = thrown instanceof UserError || kind === 'unauthorised';
  return ends ? new Hopeless(messageOf(thrown), { cause: thrown }) : null;
}
