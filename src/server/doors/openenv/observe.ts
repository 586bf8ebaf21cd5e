import type { Spec } from '../../../core/environment.js';
import type { Json, JsonObject } from '../../../core/json.js';
import type { ToolCall } from '../../../core/space.js';
import { readCall } from '../../../core/space.js';
import type { Look } from '../seat.js';
import { told } from '../seen.js';
import type { Session } from '../session.js';
import { offeredTools } from '../tools.js';
import type { Observed, ToolError } from './wire.js';

/** The first observation of an episode. @param beside metadata of the client's own */
export function begun(session: Session, look: Look, beside: JsonObject): Observed {
  const { text } = told(session, look, { opening: true, how: true, calls: true });
  const observed = shaped(look, seen(look, text), { ...metadataOf(session, look), ...beside }, true);
  // NOTE: clients for tools keep nothing of a reset but this, and the task has to reach them.
  return { ...observed, observation: { ...observed.observation, metadata: { ...observed.metadata, text } } };
}

/** What an answer in words has brought. */
export function stepped(session: Session, look: Look): Observed {
  // NOTE: a list of tools stays as it is, so it is told once; options are told whenever there are some.
  const how = look.request?.space.kind !== 'tools';
  const { text } = told(session, look, { opening: false, how, calls: true });
  return shaped(look, seen(look, text), metadataOf(session, look), false);
}

/** What is answered to a step after the end: nothing is played and nothing paid. @param tool where one was called */
export function after(session: Session, look: Look, tool: string | null): Observed {
  const over = { ...look, reward: 0 };
  const text = 'It is over; nothing was done. Reset to begin anew.';
  const error = { error_type: 'execution_error', message: text };
  const fields = tool === null ? {} : { tool_name: tool, result: null, error };
  return shaped(over, { ...seen(over, text), ...fields }, metadataOf(session, over), false);
}

/** The observation of a call of a tool. `call` is null where nothing was played. */
export function calledTool(
  session: Session,
  before: Look,
  look: Look,
  { name, call, wrong }: { readonly name: string; readonly call: ToolCall | null; readonly wrong: ToolError | null },
): Observed {
  const { results, text } = told(session, look, { opening: false, how: call === null, calls: false });
  const own = results.find(({ id }) => id === call?.id)?.text;
  const error = wrong ?? (call === null ? refusedAs(look) : misread(session, before, call, own));
  const fields = { tool_name: name, result: error === null ? (own ?? text) : null, error: error as Json };
  return shaped(look, { ...seen(look, text), ...fields }, metadataOf(session, look), false);
}

/** The tools of a turn as an observation. */
export function listed(session: Session | null, look: Look | null, tools: readonly JsonObject[]): Observed {
  const metadata = session === null || look === null ? {} : metadataOf(session, look);
  return { observation: { tools, metadata }, reward: null, done: look?.result != null, metadata };
}

/** The tools of an environment as `list_tools` names them. */
export function toolsListed(...args: Parameters<typeof offeredTools>): JsonObject[] {
  return offeredTools(...args).map(({ name, description, parameters }) => ({
    ...{ name, description },
    input_schema: parameters,
  }));
}

/** The tools of an environment before anything is asked. */
export function staticTools(spec: Spec): JsonObject[] {
  const all = Object.keys(spec.tools ?? {});
  return toolsListed(spec, all.length === 0 ? null : { kind: 'tools', tools: all });
}

function seen({ request, seat }: Look, text: string): JsonObject {
  const space = request?.space;
  return { text, seat, legal_actions: space?.kind === 'choice' ? space.options.map(({ id }) => id) : null };
}

function shaped(look: Look, observation: JsonObject, metadata: JsonObject, first: boolean): Observed {
  const done = look.result !== null;
  const reward = first && !done && look.reward === 0 ? null : look.reward;
  return { observation: { ...observation, metadata }, reward, done, metadata };
}

/** NOTE: neither the seed nor the number of steps is here: both tell what others hold or do. */
function metadataOf({ plan }: Session, { request, result }: Look): JsonObject {
  const { id, version } = plan.environment.spec;
  return {
    ...{ environment: id, version, turn: request?.moves.length ?? null },
    refused: request?.refused?.failure ?? null,
    ...(result === null ? {} : { how: result.how, outcome: result.outcome, truncated: isCut(result.how) }),
  };
}

function isCut(how: string): boolean {
  return how !== 'rules' && how !== 'forfeit';
}

function refusedAs({ request }: Look): ToolError | null {
  return request?.refused == null ? null : { error_type: 'invalid_args', message: request.refused.text };
}

/** Why a call of an environment's own tool could not be run as it was made. */
function misread({ plan }: Session, { request }: Look, call: ToolCall, told: string | undefined): ToolError | null {
  if (request?.space.kind !== 'tools') return null;
  const read = readCall(plan.environment.spec, request.space, call);
  if (read.ok) return null;
  const isThere = request.space.tools.includes(call.name);
  return { error_type: isThere ? 'invalid_args' : 'tool_not_found', message: told || read.reason };
}
