/**
 * Supervised fine-tuning with Axolotl, several turns a row: every message says whether it is trained. Read with
 * `type: chat_template`, `field_messages: messages` and `message_field_training: train`. Arguments of tool calls are JSON
 * in strings unless asked otherwise, for their keys differ from tool to tool.
 * SEE: docs.axolotl.ai, "Conversation", per-message training.
 */
import { conversationRow, conversationsOf } from '../conversations.js';
import type { Format } from '../format.js';

const format: Format = {
  id: 'axolotl',
  title: 'Axolotl conversations: each message with its own flag for training',
  needs: [],
  *rows(episode, options) {
    for (const conversation of conversationsOf(episode, options, 'string')) {
      const { lines, tools } = conversation;
      const messages = lines.map(({ message, train }) => ({ ...message, train }));
      yield conversationRow(conversation, { messages, ...(tools.length === 0 ? {} : { tools }) });
    }
  },
};

export default format;
