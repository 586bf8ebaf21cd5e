import type { Recall } from '../../src/core/agent.js';
import { BrokenOff } from '../../src/core/errors.js';
import { type Model, ModelError } from '../../src/llm/model.js';
import { replyOfCall } from '../../src/llm/recorded.js';

/** A turn of the past would need a call that the past does not have: another agent played it. */
export class Unrecorded extends Error {
  override readonly name = 'Unrecorded';
}

/** What is kept of a call whose reply nobody waited for. */
export function notAwaited(): ModelError {
  return new ModelError('timeout', NOT_AWAITED);
}

const NOT_AWAITED = 'no longer awaited';

/** A model that gives the replies of the past, failed ones as they failed. Calls nobody. */
export function recalled({ calls }: Recall): Pick<Model, 'call'> {
  return {
    async call({ messages }) {
      const call = calls.take(messages);
      if (call === null) throw new Unrecorded('the past has no such call');
      try {
        return replyOfCall(call);
      } catch (thrown) {
        if (thrown instanceof ModelError && thrown.message === NOT_AWAITED) throw new BrokenOff(NOT_AWAITED);
        throw thrown;
      }
    },
  };
}
