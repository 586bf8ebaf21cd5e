import type { ModelCall } from './agent.js';

/** Why the answer of a call came to nothing: it could not be played, or another was taken beside it. */
export type Unused = 'refused' | 'not chosen';

/**
 * A call of a model as it stands in a record, marked in its parameters (`unused`) by the agent that made it and knows. So
 * nobody has to guess from the words of the next call whether an answer was taken.
 */
export function unused(call: ModelCall, why: Unused): ModelCall {
  return isUnused(call) ? call : { ...call, parameters: { ...call.parameters, unused: why } };
}

/** Whether the answer of a call is known to have come to nothing. */
export function isUnused({ parameters }: ModelCall): boolean {
  return parameters.unused !== undefined;
}
