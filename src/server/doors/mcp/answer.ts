import type { ActRequest, Decision } from '../../../core/agent.js';
import { UserError } from '../../../core/errors.js';
import type { Json } from '../../../core/json.js';

/** A call of a tool of the environment's own. */
export interface Call {
  readonly name: string;
  readonly args?: { readonly [name: string]: unknown } | undefined;
}

/** What a client answers: words, or calls where the environment has tools. */
export interface Answer {
  readonly answer?: string | undefined;
  readonly calls?: readonly Call[] | undefined;
}

/** The decision a client's answer means. @throws UserError when it is of the wrong kind, which costs no try */
export function decisionOf({ space, moves }: ActRequest, { answer, calls }: Answer): Decision {
  if ((answer === undefined) === (calls === undefined))
    throw new UserError('act takes either "answer" or "calls"; give exactly one of the two');
  if (answer !== undefined) return { reply: { text: answer } };
  if (space.kind !== 'tools')
    throw new UserError('there are no tools to call at this turn; give your move as "answer", in words');
  const made = (calls ?? []).map(({ name, args = {} }, at) => ({ id: `call_${moves.length}_${at}`, name, args }));
  return { move: made as Json };
}
