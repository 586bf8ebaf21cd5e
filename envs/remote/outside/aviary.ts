import { isObject, type Json, type JsonObject } from '../../../src/core/json.js';
import type { ToolCall } from '../../../src/core/space.js';
import { isCalls, type Request, type Told } from '../types.js';
import { type Dialect, exchange, GOODBYE_MS, rewardOf, type There, textOf, toolFrom, toolsFrom } from './dialect.js';

/** Servers of Aviary's task data sets. SEE: Future-House/aviary, `TaskDatasetServer`. */
export const aviary: Dialect = Object.assign((address: string): There => new Aviary(address), {
  schemes: ['http:', 'https:'],
});

class Aviary implements There {
  readonly #address: string;
  /** The sessions that are open here. */
  readonly #open = new Set<string>();

  constructor(address: string) {
    this.#address = address;
  }

  answer(request: Request, signal: AbortSignal): Promise<Told> {
    return request.do === 'reset' ? this.#reset(request, signal) : this.#step(request, signal);
  }

  async close(session: string): Promise<void> {
    if (!this.#open.delete(session)) return;
    const signal = AbortSignal.timeout(GOODBYE_MS);
    await exchange(`${this.#address}/close`, { env_id: session }, signal).catch(() => undefined);
  }

  async #reset({ task, reset }: Extract<Request, { do: 'reset' }>, signal: AbortSignal): Promise<Told> {
    const body: JsonObject = Object.keys(reset).length > 0 ? { task_kwargs: reset } : { task_idx: task };
    const started = await exchange(`${this.#address}/start`, body, signal);
    const session = isObject(started) ? started.env_id : undefined;
    if (typeof session !== 'string') throw new Error('the server gave no env_id');
    this.#open.add(session);
    const [messages, tools] = listOf(await exchange(`${this.#address}/reset`, { env_id: session }, signal), 2);
    const begun = toldOf(session, listOf(messages), [], { reward: 0, done: false, truncated: false });
    return { ...begun, tools: toolsFrom(listOf(tools).map(toolOf)) };
  }

  async #step({ session, move }: Extract<Request, { do: 'step' }>, signal: AbortSignal): Promise<Told> {
    if (!this.#open.has(session)) throw new Error('the episode there was left; it cannot be gone on with');
    const calls = isCalls(move) ? move : [];
    const content = isCalls(move) ? null : textOf(move);
    const action = { role: 'assistant', content, function_call: null, tool_calls: calls.map(callOf) };
    const stepped = await exchange(`${this.#address}/step`, { env_id: session, action }, signal);
    const [messages, reward, done, truncated] = listOf(stepped, 4);
    const ends = { reward: rewardOf(reward), done: done === true || truncated === true, truncated: truncated === true };
    return toldOf(session, listOf(messages), calls, ends);
  }
}

function toldOf(
  session: string,
  messages: readonly Json[],
  calls: readonly ToolCall[],
  ends: Pick<Told, 'reward' | 'done' | 'truncated'>,
): Told {
  const left = messages.filter(isObject);
  const results = calls.map(({ id }) => {
    const at = left.findIndex(({ role, tool_call_id }) => role === 'tool' && tool_call_id === id);
    return at < 0 ? '' : contentOf((left.splice(at, 1)[0] as JsonObject).content);
  });
  const text = left.map(({ content }) => contentOf(content)).filter((one) => one !== '');
  return { session, text: text.join('\n\n'), results, legal: null, ...ends };
}

function callOf({ id, name, args }: ToolCall): JsonObject {
  return { id, type: 'function', function: { name, arguments: textOf(args) } };
}

function toolOf(tool: Json) {
  const held = isObject(tool) ? (tool.function ?? tool.info) : undefined;
  return isObject(held) ? toolFrom(held.name, held.description, held.parameters) : null;
}

/** The text of a message; pictures are left out. */
function contentOf(content: Json | undefined): string {
  if (!Array.isArray(content)) return content === null || content === undefined ? '' : textOf(content);
  return (content as readonly Json[])
    .map((part) => (isObject(part) && part.type === 'text' ? textOf(part.text) : ''))
    .join('');
}

function listOf(value: Json | undefined, length?: number): readonly Json[] {
  if (Array.isArray(value) && (length === undefined || value.length === length)) return value as readonly Json[];
  throw new Error(`a list${length === undefined ? '' : ` of ${length}`} was expected, and something else came`);
}
