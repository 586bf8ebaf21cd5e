import type { Message } from '../../src/core/agent.js';
import type { Json } from '../../src/core/json.js';

/** A chat template that renders tools, and what it makes of an answer behind the words that call for one. */
export interface Written {
  readonly template: string;
  answer(message: Message): string;
}

type Called = { readonly function: { readonly name: string; readonly arguments: Json } };
const callsOf = ({ tool_calls: calls }: Message) => (calls ?? []) as readonly Called[];
const endsWith = (parts: readonly string[], end: string) => parts.filter((part) => part !== '').join('\n') + end;

/** Python's way to write JSON, which templates write: a space after each comma and colon. */
export function spaced(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, one]) => `${JSON.stringify(name)}: ${spaced(one)}`)
    .join(', ')}}`;
}

/** Tools as Qwen 2.5 and 3 have them: in the system's message, calls in tags, results as a user's, several in one. */
const qwen: Written = {
  template: `{%- set system = messages[0].content if messages[0].role == 'system' else '' -%}
{%- if tools or system %}{{ '<|im_start|>system\\n' + system }}
{%- if tools %}{{ '\\n\\nFunctions you may call:\\n<tools>' }}{% for tool in tools %}{{ '\\n' + (tool | tojson) }}{% endfor %}{{ '\\n</tools>' }}{% endif %}{{ '<|im_end|>\\n' }}{% endif %}
{%- for message in messages %}
{%- if message.role == 'user' %}{{ '<|im_start|>user\\n' + message.content + '<|im_end|>\\n' }}
{%- elif message.role == 'assistant' %}{{ '<|im_start|>assistant\\n' + message.content }}
{%- for call in message.tool_calls or [] %}{{ '\\n' if not loop.first or message.content else '' }}{{ '<tool_call>\\n{"name": "' + call.function.name + '", "arguments": ' + (call.function.arguments | tojson) + '}\\n</tool_call>' }}{% endfor %}{{ '<|im_end|>\\n' }}
{%- elif message.role == 'tool' %}
{%- if loop.first or messages[loop.index0 - 1].role != 'tool' %}{{ '<|im_start|>user' }}{% endif %}{{ '\\n<tool_response>\\n' + message.content + '\\n</tool_response>' }}
{%- if loop.last or messages[loop.index0 + 1].role != 'tool' %}{{ '<|im_end|>\\n' }}{% endif %}{% endif %}{% endfor %}
{%- if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}`,
  answer(message) {
    const calls = callsOf(message).map(
      ({ function: { name, arguments: args } }) =>
        `<tool_call>\n{"name": "${name}", "arguments": ${spaced(args)}}\n</tool_call>`,
    );
    return endsWith([message.content as string, ...calls], '<|im_end|>\n');
  },
};

/** Tools as Llama 3.1 has them: one call a message, as JSON with `parameters`; results under a role of their own. */
const llama: Written = {
  template: `{{ '<|begin_of_text|>' }}{%- if tools %}{{ '<|start_header_id|>system<|end_header_id|>\\n\\nFunctions you may call:' }}{% for tool in tools %}{{ '\\n' + (tool | tojson) }}{% endfor %}{{ '<|eot_id|>' }}{% endif %}
{%- for message in messages %}
{%- if message.tool_calls %}{%- if message.tool_calls | length != 1 %}{{ raise_exception('one call a message') }}{% endif %}{%- set call = message.tool_calls[0].function %}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n{"name": "' + call.name + '", "parameters": ' + (call.arguments | tojson) + '}<|eot_id|>' }}
{%- else %}{{ '<|start_header_id|>' + ('ipython' if message.role == 'tool' else message.role) + '<|end_header_id|>\\n\\n' + (message.content | trim) + '<|eot_id|>' }}{% endif %}{% endfor %}
{%- if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{% endif %}`,
  answer(message) {
    const [call] = callsOf(message);
    if (call === undefined) return `${(message.content as string).trim()}<|eot_id|>`;
    return `{"name": "${call.function.name}", "parameters": ${spaced(call.function.arguments)}}<|eot_id|>`;
  },
};

/** ChatML with calls as a list of JSON, results under the role of the tool. */
const chatml: Written = {
  template: `{%- if tools %}{{ '<|im_start|>tools\\n' + (tools | tojson) + '<|im_end|>\\n' }}{% endif %}
{%- for message in messages %}{{ '<|im_start|>' + message.role + '\\n' + message.content }}
{%- for call in message.tool_calls or [] %}{{ '\\n' if not loop.first or message.content else '' }}{{ call.function.name + ' ' + (call.function.arguments | tojson) }}{% endfor %}{{ '<|im_end|>\\n' }}{% endfor %}
{%- if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}`,
  answer(message) {
    const calls = callsOf(message).map(({ function: { name, arguments: args } }) => `${name} ${spaced(args)}`);
    return endsWith([message.content as string, ...calls], '<|im_end|>\n');
  },
};

export const TEMPLATES: { readonly [name: string]: Written } = {
  'Qwen 2.5 and 3': qwen,
  'Llama 3.1': llama,
  ChatML: chatml,
};
