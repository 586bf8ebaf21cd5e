/**
 * Supervised fine-tuning in OpenAI's chat format, also read by Azure, Together, Fireworks and Bedrock: one line for each
 * own turn. Every assistant message is trained unless its weight is 0, so those of the prompt have weight 0 and the one
 * of the turn 1. Arguments of tool calls are strings.
 * SEE: platform.openai.com/docs/api-reference/fine-tuning/chat-input
 */
import type { Message } from '../../src/core/agent.js';
import { chatOf } from '../chat.js';
import type { Format } from '../format.js';
import { knownFields, toolColumns } from '../openai.js';

const format: Format = {
  id: 'openai-chat',
  title: 'OpenAI chat fine-tuning: messages with weights, one line for each own turn',
  needs: [],
  *rows({ turns }, options) {
    for (const turn of turns) {
      const chat = chatOf(turn, options, 'string');
      const messages = [...chat.prompt.map((message) => weighted(message, 0)), weighted(chat.completion, 1)];
      yield { data: { messages, ...toolColumns(chat) }, turns: [turn], sample: [chat.prompt, chat.completion] };
    }
  },
};

export default format;

function weighted(message: Message, weight: 0 | 1): Message {
  const known = knownFields(message);
  return known.role === 'assistant' ? { ...known, weight } : known;
}
