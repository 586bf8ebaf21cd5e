/**
 * Preferences for direct preference optimisation with TRL: one row for each mistake. Prompt, chosen and rejected are
 * lists of messages; chosen and rejected are one message each, answers to one and the same prompt.
 * SEE: huggingface.co/docs/trl, "Dataset formats", preference with explicit prompt.
 */
import { chatOf, shaped, toolsColumn } from '../chat.js';
import type { Format } from '../format.js';
import { pairsOf } from '../labels.js';

const format: Format = {
  id: 'trl-dpo',
  title: 'TRL preferences: prompt, chosen (the best option), rejected (the mistake played)',
  needs: ['grade', 'judgement'],
  *rows(episode, options) {
    for (const { turn, source, ...pair } of pairsOf(episode, options)) {
      const chat = chatOf(turn, options);
      const [chosen, rejected] = [shaped(pair.chosen, options, 'object'), shaped(pair.rejected, options, 'object')];
      const { prompt } = chat;
      const data = { prompt, chosen: [chosen], rejected: [rejected], ...toolsColumn(chat), source };
      yield { data, turns: [turn], sample: [prompt, chosen, rejected] };
    }
  },
};

export default format;
