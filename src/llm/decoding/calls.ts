import type { JsonObject } from '../../core/json.js';
import { CALL_END, CALL_START } from '../../nn/tokenizer/chat.js';
import type { RequestedCall, ToolDefinition } from '../model.js';
import { type Rule, repeated } from './grammar.js';
import { jsonOf } from './schema.js';

/** NOTE: bounds what a model that likes to call can be held to. */
const MOST_CALLS = 8;
const LINE: Rule = { any: ['', '\n'] };

/** Tools as chat completions and chat templates take them. */
export function toolObjects(tools: readonly ToolDefinition[]): JsonObject[] {
  return tools.map(({ name, description, parameters }) => ({
    type: 'function',
    function: { name, description, parameters },
  }));
}

/** One or more calls of tools as a text: each between its marks, name and arguments as the tools have them. */
export function callsOf(tools: readonly ToolDefinition[]): Rule {
  const written = tools.map(
    ({ name, parameters }): Rule => ({
      all: [`{"name": ${JSON.stringify(name)}, "arguments": `, jsonOf(parameters), '}'],
    }),
  );
  return repeated({ all: [CALL_START, LINE, { any: written }, LINE, CALL_END] }, 1, MOST_CALLS, LINE);
}

/** What a reply says and which tools it calls. A call that is not complete stays text. */
export function readCalls(text: string): { readonly text: string; readonly toolCalls: readonly RequestedCall[] } {
  const [said = '', ...pieces] = text.split(CALL_START);
  const toolCalls: RequestedCall[] = [];
  let rest = said;
  for (const piece of pieces) {
    const end = piece.indexOf(CALL_END);
    const call = end < 0 ? null : callIn(piece.slice(0, end), `call_${toolCalls.length}`);
    if (call === null) rest += CALL_START + piece;
    else {
      toolCalls.push(call);
      rest += piece.slice(end + CALL_END.length);
    }
  }
  return { text: toolCalls.length === 0 ? text : rest.trim(), toolCalls };
}

/** NOTE: arguments are kept as written, so that the call is shown again as it was. */
const CALL =
  /^\s*\{\s*"name"\s*:\s*("(?:[^"\\]|\\.)*")\s*(?:,\s*"(?:arguments|parameters)"\s*:\s*([\s\S]*?)\s*)?\}\s*$/;

function callIn(text: string, id: string): RequestedCall | null {
  const found = CALL.exec(text);
  if (found === null) return null;
  const [, name = '""', written = '{}'] = found;
  try {
    return { id, name: JSON.parse(name) as string, arguments: written };
  } catch {
    return null;
  }
}
