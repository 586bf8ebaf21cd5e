/**
 * Demonstrations for supervised fine-tuning with TRL: prompt and completion, one row for each own turn. The trainer
 * masks the prompt and trains on all of the completion, so nothing that others said may stand in it.
 * SEE: huggingface.co/docs/trl, "Dataset formats", prompt-completion.
 */
import { chatOf, toolsColumn } from '../chat.js';
import type { Format } from '../format.js';

const format: Format = {
  id: 'trl-sft',
  title: 'TRL prompt-completion: one row for each own turn',
  needs: [],
  open: true,
  *rows({ turns }, options) {
    for (const turn of turns) {
      const chat = chatOf(turn, options);
      const data = { prompt: chat.prompt, completion: [chat.completion], ...toolsColumn(chat) };
      yield { data, turns: [turn], sample: [chat.prompt, chat.completion] };
    }
  },
};

export default format;
