import { isObject, type Json, type JsonObject } from '../../src/core/json.js';
import type { Asked } from '../model-server/asked.js';
import { answers, type Behaviour } from '../model-server/behaviours.js';

/** The messages of a request. */
export function messagesOf({ body }: Asked): { role: string; content: string }[] {
  return body?.messages as { role: string; content: string }[];
}

/** The last thing a request says. */
export function lastOf(asked: Asked): string {
  return messagesOf(asked).at(-1)?.content ?? '';
}

/** A model that always answers as it is asked, in whatever form: the first thing that fits. */
export function obliging(asked: Asked): Behaviour {
  const { tools, response_format: format } = (asked.body ?? {}) as { [field: string]: Json };
  if (Array.isArray(tools) && tools.length > 0) return answers({ calls: [callOf(tools[0] as JsonObject)] });
  if (isObject(format))
    return answers(JSON.stringify(fitting((format.json_schema as JsonObject).schema as JsonObject)));
  const option = /(?:Choose exactly one of these[^\n]*\n)- ([^\n:]*)/.exec(lastOf(asked))?.[1];
  return answers(option === undefined ? `Words ${asked.index}.` : `<answer>${option}</answer>`);
}

/** A model that plays what fits, on a server that tells tokens. */
export function generous(asked: Asked): Behaviour {
  const tokens = { prompt: [1, 2, asked.index], completion: [3, 4] };
  const more = { tokens, logprobs: [-0.5, -0.25], usage: { prompt: 3, completion: 2 } };
  const behaviour = obliging(asked);
  return (response, same, shape) =>
    behaviour(response, same, { ...shape, write: (answer) => shape.write({ ...answer, ...more }, same) });
}

function callOf(tool: JsonObject) {
  const { name, parameters } = tool.function as JsonObject;
  return { name: name as string, arguments: JSON.stringify(fitting(parameters as JsonObject)) };
}

/** The simplest value of a JSON schema; items of a list differ where they can. */
export function fitting(schema: JsonObject, index = 0): Json {
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[index % schema.enum.length] as Json;
  const union = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(union)) return fitting(union[0] as JsonObject, index);
  if (schema.type === 'object') {
    const required = (schema.required ?? []) as string[];
    return Object.fromEntries(
      required.map((key) => [key, fitting((schema.properties as JsonObject)[key] as JsonObject)]),
    );
  }
  if (schema.type === 'array') {
    const length = (schema.minItems as number | undefined) ?? 0;
    return Array.from({ length }, (_, at) => fitting(schema.items as JsonObject, at));
  }
  if (schema.type === 'string') return 'words';
  return schema.type === 'boolean' ? false : ((schema.minimum as number | undefined) ?? 0);
}
