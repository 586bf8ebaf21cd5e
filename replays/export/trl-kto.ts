/**
 * Unpaired preferences for TRL's KTO and BCO: prompt, completion, label (a boolean). Labels come from grades where there
 * are some, else from judgements, else from how the episode went for the seat; the row says from which.
 * SEE: huggingface.co/docs/trl, "Dataset formats", unpaired preference.
 */
import { chatOf, toolsColumn } from '../chat.js';
import type { Format } from '../format.js';
import { labelledTurns } from '../labels.js';

const format: Format = {
  id: 'trl-kto',
  title: 'TRL unpaired preferences: prompt, completion, label (by grade, judgement or outcome)',
  needs: [],
  *rows(episode, options) {
    for (const { turn, good, source } of labelledTurns(episode, options)) {
      const chat = chatOf(turn, options);
      const data = { prompt: chat.prompt, completion: [chat.completion], label: good, ...toolsColumn(chat), source };
      yield { data, turns: [turn], sample: [chat.prompt, chat.completion, good], label: String(good) };
    }
  },
};

export default format;
