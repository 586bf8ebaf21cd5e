import type { Message } from '../../../src/core/agent.js';
import { readAnswer } from '../../../src/core/answers.js';
import type { Json, JsonObject } from '../../../src/core/json.js';
import { bad, good, type Read } from '../../../src/core/read.js';
import { check, type Move, type ToolCall, type ToolsSpace, type Vocabulary } from '../../../src/core/space.js';
import type { ModelReply, RequestedCall } from '../../../src/llm/model.js';
import type { Taken } from '../question.js';
import { replyOf, thoughtOf } from './reply.js';

/**
 * The tool calls of a reply. A wrong name or argument is a move, to which the environment answers with the error; calls
 * of a reply that was cut off are none. A reply without calls is read in words.
 */
export function readToolCalls(vocabulary: Vocabulary, space: ToolsSpace, reply: ModelReply): Read<Taken> {
  const { toolCalls, text, reasoning, finish } = reply;
  if (toolCalls.length === 0) return readInWords(vocabulary, space, reply);
  const broken = toolCalls.find((call) => parsed(call.arguments) === undefined);
  if (broken !== undefined && finish === 'length')
    return bad('truncated', `the reply reached its length limit within the arguments of ${broken.name}`);
  if (/<answer>/i.test(text))
    return bad('ambiguous', 'the reply calls tools and has an <answer> too; give one of the two');
  const move = check(vocabulary, space, toolCalls.map(callOf) as unknown as Json);
  const thought = [reasoning ?? '', text].map((part) => part.trim()).filter((part) => part !== '');
  return move.ok ? good({ move: move.value, thought: thought.join('\n\n'), reply: null }) : move;
}

function readInWords(vocabulary: Vocabulary, space: ToolsSpace, reply: ModelReply): Read<Taken> {
  const said = replyOf(reply);
  if (!/<answer>/i.test(said.text) && said.truncated !== true)
    return bad('unparsable', `no tool was called; the tools are: ${space.tools.join(', ')}`);
  const move = readAnswer(vocabulary, space, said);
  return move.ok ? good({ move: move.value, thought: thoughtOf(reply), reply: said }) : move;
}

/** Calls as a message of the assistant. */
export function writeToolCalls(move: Move): Message {
  const calls = (move as unknown as readonly ToolCall[]).map(({ id, name, args }) => ({
    id,
    type: 'function',
    function: { name, arguments: typeof args === 'string' ? args : JSON.stringify(args) },
  }));
  return { role: 'assistant', content: '', ...(calls.length === 0 ? {} : { tool_calls: calls }) };
}

/** NOTE: arguments that are no JSON stay the text they are, so that the tool's own schema refuses them in words. */
function callOf(call: RequestedCall, index: number): JsonObject {
  const args = parsed(call.arguments);
  return { id: call.id || `call_${index}`, name: call.name, args: args === undefined ? call.arguments : args };
}

function parsed(text: string): Json | undefined {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
