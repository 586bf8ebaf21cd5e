import { Hopeless, messageOf, UserError } from '../../src/core/errors.js';
import { ModelError, type ModelFault } from '../../src/llm/model.js';

/** Faults that no further try and no further game can mend. */
const HOPELESS: readonly ModelFault[] = ['unauthorised', 'over-budget'];

/** What was thrown, as an end of the run where it is one: a wrong key, a spent budget, a call that a cassette lacks. */
export function endOfRun(thrown: unknown): Hopeless | null {
  if (thrown instanceof Hopeless) return thrown;
  const ends = thrown instanceof UserError || (thrown instanceof ModelError && HOPELESS.includes(thrown.kind));
  return ends ? new Hopeless(messageOf(thrown), { cause: thrown }) : null;
}
