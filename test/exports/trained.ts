import type { Message } from '../../src/core/agent.js';
import { isObject, type Json, type JsonObject } from '../../src/core/json.js';

/** What a trainer makes of a row: messages, each with whether it is trained, and the tools beside them. */
export interface Trained {
  readonly messages: readonly Message[];
  readonly trains: readonly boolean[];
  readonly tools: Json;
}

/** What a row trains, by the fields that say so; two of a preference, none where its trainer is given no messages. */
export function trainedIn(row: JsonObject): readonly Trained[] {
  if (isObject(row.input)) {
    const { messages, ...rest } = row.input;
    const { preferred_output: chosen = [], non_preferred_output: rejected = [] } = row;
    return trainedIn({ ...rest, prompt: messages as Json, chosen, rejected });
  }
  const { prompt, completion, chosen, rejected, messages } = row;
  const tools = typeof row.tools === 'string' ? (JSON.parse(row.tools || '[]') as Json) : (row.tools ?? []);
  if (Array.isArray(prompt)) {
    const ends = [completion, chosen, rejected].filter(Array.isArray);
    return ends.map((end) =>
      behind(prompt as unknown as readonly Message[], end as unknown as readonly Message[], tools),
    );
  }
  if (!Array.isArray(messages)) return [];
  const list = messages as unknown as readonly Message[];
  const flagged = list.some((message) => 'weight' in message || 'train' in message);
  const trains = list.map((one) => (flagged ? one.weight === 1 || one.train === true : one.role === 'assistant'));
  return [{ messages: list.map(bare), trains, tools }];
}

function behind(prompt: readonly Message[], said: readonly Message[], tools: Json): Trained {
  return {
    messages: [...prompt, ...said].map(bare),
    trains: [...prompt.map(() => false), ...said.map(() => true)],
    tools,
  };
}

/** A message without what says whether it is trained, and without the nulls that columns of Parquet are filled with. */
function bare({ weight: _, train: __, ...message }: Message): Message {
  return Object.fromEntries(Object.entries(message).filter(([, value]) => value !== null)) as Message;
}

/** Messages whose arguments are objects: formats that write them as JSON in strings are for trainers that parse them. */
export function withParsedArguments({ messages, ...rest }: Trained): Trained {
  return { ...rest, messages: messages.map(parsed) };
}

function parsed({ tool_calls: calls, ...message }: Message): Message {
  if (!Array.isArray(calls)) return message as Message;
  const read = (calls as { function: { name: string; arguments: Json } }[]).map(({ function: called, ...call }) => {
    const args = typeof called.arguments === 'string' ? (JSON.parse(called.arguments) as Json) : called.arguments;
    return { ...call, function: { ...called, arguments: args } };
  });
  return { ...(message as Message), tool_calls: read as unknown as Json };
}
