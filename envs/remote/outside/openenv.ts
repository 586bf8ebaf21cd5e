import { randomUUID } from 'node:crypto';
import { isObject, type Json, type JsonObject } from '../../../src/core/json.js';
import type { ToolCall } from '../../../src/core/space.js';
import { isCalls, type Request, type Told, type Tools } from '../types.js';
import { type Dialect, exchange, rewardOf, type There, textOf, toolFrom, toolsFrom } from './dialect.js';
import { Line } from './line.js';

/** Servers of OpenEnv environments, by WebSocket. SEE: huggingface/OpenEnv, `core/env_client.py`. */
export const openenv: Dialect = Object.assign((address: string): There => new OpenEnv(address), {
  schemes: ['http:', 'https:', 'ws:', 'wss:'],
});

/** An episode that is open there. */
interface Open {
  readonly line: Line;
  /** The field of an action that an answer in words goes into. */
  readonly field: string;
}

class OpenEnv implements There {
  readonly #http: string;
  readonly #ws: string;
  readonly #open = new Map<string, Open>();

  constructor(address: string) {
    this.#http = address.replace(/^ws/, 'http');
    this.#ws = `${address.replace(/^http/, 'ws')}/ws`;
  }

  answer(request: Request, signal: AbortSignal): Promise<Told> {
    return request.do === 'reset' ? this.#reset(request, signal) : this.#step(request, signal);
  }

  async close(session: string): Promise<void> {
    this.#open.get(session)?.line.close();
    this.#open.delete(session);
  }

  async #reset({ task, reset }: Extract<Request, { do: 'reset' }>, signal: AbortSignal): Promise<Told> {
    const field = await this.#field(signal);
    const line = await Line.open(this.#ws, signal);
    try {
      const data = task === null ? reset : { ...reset, task };
      const began = dataOf(await line.ask({ type: 'reset', data }, signal));
      const tools = await toolsBy(line, signal);
      const session = randomUUID();
      this.#open.set(session, { line, field });
      return { ...toldOf(session, [began], []), tools };
    } catch (thrown) {
      line.close();
      throw thrown;
    }
  }

  async #step({ session, move }: Extract<Request, { do: 'step' }>, signal: AbortSignal): Promise<Told> {
    const open = this.#open.get(session);
    if (open === undefined) throw new Error('the episode there was left; it cannot be gone on with');
    const { line, field } = open;
    if (isCalls(move)) return toldOf(session, ...(await called(line, move, signal)));
    const answered = await line.ask({ type: 'step', data: { [field]: textOf(move) } }, signal);
    return toldOf(session, [dataOf(answered)], []);
  }

  /** NOTE: where an action has one field that is needed, an answer in words is what goes into it. */
  async #field(signal: AbortSignal): Promise<string> {
    const { action } = objectOf(await exchange(`${this.#http}/schema`, null, signal));
    const { required } = objectOf(action);
    const [only, second] = Array.isArray(required) ? (required as readonly Json[]) : [];
    return typeof only === 'string' && second === undefined ? only : 'message';
  }
}

type Called = [told: JsonObject[], results: string[]];

/** NOTE: a step there is one call, so several are made one after the other until it is over. */
async function called(line: Line, calls: readonly ToolCall[], signal: AbortSignal): Promise<Called> {
  const [told, results]: Called = [[], []];
  for (const { name, args } of calls) {
    if (told.at(-1)?.done === true) {
      results.push('not run: it was over');
      continue;
    }
    const action = { type: 'call_tool', tool_name: name, arguments: isObject(args) ? args : {} };
    const data = dataOf(await line.ask({ type: 'step', data: action }, signal));
    const { result, error } = objectOf(data.observation);
    told.push(data);
    results.push(isObject(error) ? textOf(error.message) : resultText(result));
  }
  return [told, results];
}

/** What several steps told together: the text and the choices of the last, the rewards of all. */
function toldOf(session: string, steps: readonly JsonObject[], results: string[]): Told {
  const last = steps.at(-1);
  const observation = objectOf(last?.observation);
  const { truncated } = objectOf(observation.metadata ?? last?.metadata);
  return {
    session,
    text: last === undefined ? 'No tool was called.' : seenIn(observation, results),
    ...{ results, legal: legalIn(observation) },
    reward: steps.reduce((sum, { reward }) => sum + rewardOf(reward), 0),
    ...{ done: last?.done === true, truncated: truncated === true },
  };
}

function legalIn({ legal_actions: legal }: JsonObject): readonly string[] | null {
  if (!Array.isArray(legal)) return null;
  const words = (legal as readonly Json[]).filter((one) => typeof one === 'string' && one.trim() !== '') as string[];
  return words.length === 0 ? null : [...new Set(words)];
}

/** NOTE: most environments have fields of their own; what they see is then told as it came. */
function seenIn(
  { text, metadata: _, tool_name, result, error, ...rest }: JsonObject,
  results: readonly string[],
): string {
  if (typeof text === 'string') return results.includes(text) ? '' : text;
  return Object.keys(rest).length === 0 ? '' : JSON.stringify(rest);
}

/** NOTE: results by way of MCP say their text in a part of their own. */
function resultText(result: Json | undefined): string {
  return textOf(isObject(result) && result.data !== undefined ? result.data : result);
}

/** The tools there are; null where the environment takes other actions. */
async function toolsBy(line: Line, signal: AbortSignal): Promise<Tools> {
  const frame = await line.ask({ type: 'step', data: { type: 'list_tools' } }, signal);
  const { tools } = objectOf(objectOf(frame.data).observation);
  if (!Array.isArray(tools)) return null;
  const known = (tools as readonly Json[]).filter(isObject);
  return toolsFrom(known.map((tool) => toolFrom(tool.name, tool.description, tool.input_schema ?? tool.inputSchema)));
}

/** @throws Error with the words of the server where it tells of one */
function dataOf({ type, data }: JsonObject): JsonObject {
  const held = objectOf(data);
  if (type === 'error') throw new Error(`the server says: ${textOf(held.message)} (${textOf(held.code)})`);
  return held;
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
