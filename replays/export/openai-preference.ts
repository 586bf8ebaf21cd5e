/**
 * Preferences in OpenAI's format: input, preferred output, non-preferred output, under the names of its documentation.
 * SEE: platform.openai.com/docs/api-reference/fine-tuning/preference-input
 */
import { chatOf, shaped } from '../chat.js';
import type { Format } from '../format.js';
import { pairsOf } from '../labels.js';
import { knownFields, toolColumns } from '../openai.js';

const format: Format = {
  id: 'openai-preference',
  title: 'OpenAI preference fine-tuning: input, preferred_output, non_preferred_output',
  needs: ['grade', 'judgement'],
  *rows(episode, options) {
    for (const { turn, ...pair } of pairsOf(episode, options)) {
      const chat = chatOf(turn, options, 'string');
      const [chosen, rejected] = [shaped(pair.chosen, options, 'string'), shaped(pair.rejected, options, 'string')];
      const input = { messages: chat.prompt.map(knownFields), ...toolColumns(chat) };
      const data = { input, preferred_output: [chosen], non_preferred_output: [rejected] };
      yield { data, turns: [turn], sample: [chat.prompt, chosen, rejected] };
    }
  },
};

export default format;
