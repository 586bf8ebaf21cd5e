/**
 * What OpenAI takes as fine-tuning files, written down again field by field.
 * SEE: github.com/openai/openai-openapi, FineTuneChatRequestInput, FineTunePreferenceRequestInput and the
 * messages they refer to.
 * NOTE: closed where the published schema is open, for a field of our own would pass there unnoticed.
 */
const text = { type: 'string' };
const part = {
  type: 'object',
  required: ['type', 'text'],
  additionalProperties: false,
  properties: { type: { const: 'text' }, text },
};
const content = { anyOf: [text, { type: 'array', minItems: 1, items: part }] };

function message(role: string, required: readonly string[], properties: object): object {
  const fields = { role: { const: role }, ...properties };
  return { type: 'object', required: ['role', ...required], additionalProperties: false, properties: fields };
}

const call = {
  type: 'object',
  required: ['id', 'type', 'function'],
  additionalProperties: false,
  properties: {
    id: text,
    type: { const: 'function' },
    function: {
      type: 'object',
      required: ['name', 'arguments'],
      additionalProperties: false,
      properties: { name: text, arguments: text },
    },
  },
};

const said = {
  content: { anyOf: [content, { type: 'null' }] },
  refusal: { type: ['string', 'null'] },
  name: text,
  tool_calls: { type: 'array', items: call, minItems: 1 },
};
/** An answer without words calls something. */
const answers = { anyOf: [{ required: ['content'] }, { required: ['tool_calls'] }] };
const assistant = { ...message('assistant', [], { ...said, weight: { enum: [0, 1] } }), ...answers };

const messages = {
  type: 'array',
  minItems: 1,
  items: {
    oneOf: [
      message('system', ['content'], { content, name: text }),
      message('user', ['content'], { content, name: text }),
      assistant,
      message('tool', ['content', 'tool_call_id'], { content, tool_call_id: text }),
    ],
  },
};

const tools = {
  type: 'array',
  items: {
    type: 'object',
    required: ['type', 'function'],
    additionalProperties: false,
    properties: {
      type: { const: 'function' },
      function: {
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        properties: {
          name: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
          description: text,
          parameters: { type: 'object' },
          strict: { type: ['boolean', 'null'] },
        },
      },
    },
  },
};

const input = {
  type: 'object',
  required: ['messages'],
  additionalProperties: false,
  properties: { messages, tools, parallel_tool_calls: { type: 'boolean' } },
};
const output = { type: 'array', minItems: 1, maxItems: 1, items: { ...message('assistant', [], said), ...answers } };

export const CHAT = input;
export const PREFERENCE = {
  type: 'object',
  required: ['input', 'preferred_output', 'non_preferred_output'],
  additionalProperties: false,
  properties: { input, preferred_output: output, non_preferred_output: output },
};

const FIELDS = ['role', 'content', 'name', 'function_call', 'weight', 'tool_calls', 'tool_call_id'];
const ROLES = ['system', 'user', 'assistant', 'tool'];

type Row = { readonly messages?: readonly { readonly [field: string]: unknown }[] };

/**
 * The names of the cookbook's checks that a row fails; tools' fields are known here too.
 * SEE: OpenAI's cookbook, "Data preparation and analysis for chat model fine-tuning".
 */
export function cookbook(row: unknown): string[] {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return ['data_type'];
  const { messages: list = [] } = row as Row;
  if (list.length === 0) return ['missing_messages_list'];
  const found = list.flatMap(faultsOf);
  return list.some(({ role }) => role === 'assistant') ? found : [...found, 'example_missing_assistant_message'];
}

function faultsOf(one: { readonly [field: string]: unknown }): string[] {
  const silent = one.tool_calls === undefined && (typeof one.content !== 'string' || one.content === '');
  const faults: readonly (readonly [string, boolean])[] = [
    ['message_missing_key', !('role' in one) || !('content' in one)],
    ['message_unrecognized_key', Object.keys(one).some((key) => !FIELDS.includes(key))],
    ['unrecognized_role', !ROLES.includes(String(one.role))],
    ['missing_content', silent],
  ];
  return faults.flatMap(([name, fails]) => (fails ? [name] : []));
}
