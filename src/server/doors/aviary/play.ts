import type { ActRequest, Decision } from '../../../core/agent.js';
import type { Json, JsonObject } from '../../../core/json.js';
import type { Look } from '../seat.js';
import { type CallResult, told } from '../seen.js';
import type { Session } from '../session.js';
import { ANSWER, offeredTools } from '../tools.js';
import { type Action, INVALID, type Message, type RequestedCall, type Stepped, type Tool } from './wire.js';

/** What a client is told of an environment besides its words. */
export interface Facts {
  readonly taskId: string | null;
  /** Only if the client named it: whoever knows the seed knows every hand. */
  readonly seed: string | number | null;
}

export function toolsFor(session: Session, { request }: Look): Tool[] {
  return offeredTools(session.plan.environment.spec, request?.space ?? null).map((tool) => ({
    type: 'function',
    function: tool,
  }));
}

/** The first messages of an episode. */
export function begun(session: Session, look: Look, facts: Facts): Message[] {
  return [user(told(session, look, { opening: true, how: isAnswered(look.request) }).text, infoOf(look, facts))];
}

/** What a step has brought: an answer to each call in its order, and all else in one message. */
export function stepped(session: Session, look: Look, action: Action, facts: Facts): Stepped {
  const { results, text } = told(session, look, { opening: false, how: isAnswered(look.request) });
  const calls = action.kind === 'calls' ? action.calls : [];
  const left = [...results];
  const messages = calls.map((call) => {
    const at = left.findIndex(({ id }) => id === call.id);
    const text = at < 0 ? '' : (left.splice(at, 1)[0] as CallResult).text;
    return tool(call, isTool(session, call) ? text : notRun(call, look, text));
  });
  if (text !== '') messages.push(user(text, infoOf(look, facts)));
  const truncated = look.result !== null && !['rules', 'forfeit'].includes(look.result.how);
  return [messages, look.reward, look.result !== null, truncated];
}

/** What is answered to a step after the end: nothing is played and nothing paid. */
export function after(look: Look): Stepped {
  const truncated = look.result !== null && !['rules', 'forfeit'].includes(look.result.how);
  return [[user('It is over; nothing was done. Reset to begin anew.', null)], 0, true, truncated];
}

/** A client's action as the seat's decision. */
export function decisionOf(request: ActRequest, action: Action): Decision {
  const calls = action.kind === 'calls' ? action.calls : [];
  if (request.space.kind === 'tools') return { move: calls.map(({ id, name, args }) => ({ id, name, args })) };
  const answers = calls.filter(({ name }) => name === ANSWER).map(({ args }) => (args as JsonObject).text);
  const text = calls.length === 0 && action.kind === 'calls' ? action.content : answers[0];
  if (answers.length > 1)
    return { failed: { failure: 'ambiguous', reason: `${ANSWER} was called ${answers.length} times; once is wanted` } };
  if (typeof text === 'string' && text !== '') return { reply: { text } };
  return { failed: { failure: 'unparsable', reason: `no answer was given; call ${ANSWER} with a text` } };
}

function isAnswered(request: ActRequest | null): boolean {
  return request !== null && request.space.kind !== 'tools';
}

function isTool({ plan }: Session, { name }: RequestedCall): boolean {
  return Object.hasOwn(plan.environment.spec.tools ?? {}, name);
}

/** What answers a call that no tool of the environment has answered. */
function notRun({ name }: RequestedCall, { request }: Look, text: string): string {
  if (name === ANSWER && text === '') return request?.refused?.text ?? 'taken';
  const why = name === INVALID ? 'Its arguments are no JSON; write an object, as in {"name": "value"}.' : text;
  // NOTE: clients know such an answer by its first words.
  return `Invalid tool call: ${name}. ${why}`.trimEnd();
}

function infoOf({ request }: Look, { taskId, seed }: Facts): JsonObject {
  const space = request?.space;
  const legal: Json = space?.kind === 'choice' ? space.options.map(({ id }) => id) : null;
  return { task_id: taskId, seed, turn: request?.moves.length ?? null, legal_actions: legal };
}

function user(content: string, info: JsonObject | null): Message {
  return { role: 'user', content, info };
}

function tool({ id, name }: RequestedCall, content: string): Message {
  return { role: 'tool', content, name, tool_call_id: id, info: null };
}
