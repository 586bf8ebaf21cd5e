import { z } from 'zod';
import { isObject, type Json, type JsonObject } from '../../../core/json.js';
import { Refused } from '../../wire/refused.js';
import type { House } from '../door.js';
import type { Client } from './client.js';
import { Invalid, readAs, troubleOf } from './faults.js';
import type { Observed } from './wire.js';

/*
 * Tools by JSON-RPC 2.0, in the few methods that OpenEnv's clients know. SEE: huggingface/OpenEnv,
 * `core/env_server/mcp_types.py`; JSON-RPC 2.0 specification, section 5.1 for the codes.
 */

const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
const METHOD_NOT_FOUND = -32601;
const INVALID_PARAMS = -32602;
const INTERNAL_ERROR = -32603;
const SERVER_ERROR = -32000;

/** Where a request comes from, and what it can reach. */
export interface Reach {
  readonly house: House;
  /** The client of the socket that the request came by; null over HTTP, where requests name theirs. */
  readonly own: Client | null;
  /** The client of an id, which counts as used now. */
  find(id: string): Client | undefined;
  /** @throws Refused when there are too many */
  create(): Client;
  close(id: string): Promise<boolean>;
  /** The tools of the environment as they are before any episode. */
  tools(): JsonObject[];
}

class RpcError extends Error {
  readonly code: number;
  readonly data: JsonObject | undefined;

  constructor(code: number, message: string, data?: JsonObject) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

const requestSchema = z.object({
  jsonrpc: z.literal('2.0'),
  method: z.string(),
  params: z.unknown().optional(),
  id: z.union([z.string(), z.number(), z.null()]).optional(),
});
const callSchema = z.object({ name: z.string(), arguments: z.record(z.string(), z.json()).default({}) });

type Method = (reach: Reach, params: JsonObject) => Promise<Json>;

const METHODS: { readonly [method: string]: Method } = {
  'tools/list': async (reach, params) => {
    const client = clientOf(reach, params);
    const observed = client === null ? null : await inTurn(reach, client, () => client.step({ type: 'list_tools' }));
    const tools = observed === null ? reach.tools() : (observed.observation.tools as readonly JsonObject[]);
    return { tools: tools.map(({ input_schema, ...tool }) => ({ ...tool, inputSchema: input_schema as Json })) };
  },
  'tools/call': async (reach, params) => {
    const { name, arguments: args } = readAs(callSchema, params);
    const client = clientOf(reach, params);
    if (client === null)
      throw new RpcError(INVALID_PARAMS, 'a call needs "session_id"; openenv/session/create gives one');
    return inTurn(reach, client, async () => {
      await client.ensure();
      return resultOf(await client.step({ type: 'call_tool', tool_name: name, arguments: args }));
    });
  },
  'openenv/session/create': async ({ own, create }) => ({ session_id: (own ?? create()).id }),
  'openenv/session/close': async (reach, { session_id: id }) => {
    if (typeof id !== 'string') throw new RpcError(INVALID_PARAMS, '"session_id" is required');
    if (reach.own !== null)
      throw new RpcError(INVALID_REQUEST, 'the session of a socket is closed by closing the socket');
    if (!(await reach.close(id))) throw new RpcError(INVALID_PARAMS, `Unknown session_id: ${id}`);
    return { session_id: id, closed: true };
  },
};

/** The answer to a request as text; always one. */
export async function answerText(text: string, reach: Reach): Promise<JsonObject> {
  let request: unknown;
  try {
    request = JSON.parse(text);
  } catch {
    return failed(null, new RpcError(PARSE_ERROR, 'this is no JSON'), reach.house);
  }
  return answer(request, reach);
}

/** The answer to a request; always one, whatever it is. */
export async function answer(request: unknown, reach: Reach): Promise<JsonObject> {
  const read = requestSchema.safeParse(request);
  const id = read.success ? (read.data.id ?? null) : null;
  try {
    if (!read.success)
      throw new RpcError(INVALID_REQUEST, 'one request is wanted: {"jsonrpc": "2.0", "method", "params", "id"}');
    const { method, params = {} } = read.data;
    if (!Object.hasOwn(METHODS, method))
      throw new RpcError(
        METHOD_NOT_FOUND,
        `there is no ${method}; the methods are: ${Object.keys(METHODS).join(', ')}`,
      );
    if (!isObject(params)) throw new RpcError(INVALID_PARAMS, '"params" takes an object');
    return { jsonrpc: '2.0', id, result: await (METHODS[method] as Method)(reach, params) };
  } catch (thrown) {
    return failed(id, thrown, reach.house);
  }
}

/** What is answered where there are too many connections. */
export function tooMany(most: number): JsonObject {
  return refusal(null, new RpcError(SERVER_ERROR, `there are ${most} open connections; close one`));
}

function failed(id: Json, thrown: unknown, house: House): JsonObject {
  return refusal(id, thrown instanceof RpcError ? thrown : errorOf(thrown, house));
}

function refusal(id: Json, { code, message, data }: RpcError): JsonObject {
  return { jsonrpc: '2.0', id, error: { code, message, ...(data === undefined ? {} : { data }) } };
}

function errorOf(thrown: unknown, house: House): RpcError {
  const { message, code, ...data } = troubleOf(thrown, house);
  if (code === 'VALIDATION_ERROR') return new RpcError(INVALID_PARAMS, message, data);
  const isOurs = !(thrown instanceof Refused || thrown instanceof Invalid);
  return new RpcError(isOurs ? INTERNAL_ERROR : SERVER_ERROR, message, data);
}

/** NOTE: what comes by a socket has its turn already. */
function inTurn<T>({ own }: Reach, client: Client, run: () => Promise<T>): Promise<T> {
  return own === null ? client.inTurn(run) : run();
}

/** The client a request is for; null where it names none. */
function clientOf({ own, find }: Reach, { session_id: id }: JsonObject): Client | null {
  if (own !== null || id === undefined) return own;
  const client = typeof id === 'string' ? find(id) : undefined;
  if (client === undefined) throw new RpcError(INVALID_PARAMS, `Unknown session_id: ${String(id)}`);
  return client;
}

/** NOTE: OpenEnv's client gives its caller what stands in `data`; clients of MCP read the rest. */
function resultOf({ observation, reward, done }: Observed): JsonObject {
  const { result, error, text, legal_actions } = observation;
  const wrong = isObject(error) ? error : null;
  if (wrong?.error_type === 'tool_not_found') throw new RpcError(INVALID_PARAMS, String(wrong.message));
  const said = String(wrong === null ? result : wrong.message);
  return {
    content: [{ type: 'text', text: said }],
    isError: wrong !== null,
    data: said,
    structuredContent: { text: text as Json, legal_actions: legal_actions as Json, reward, done },
  };
}
