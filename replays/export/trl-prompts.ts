/**
 * Prompts for online methods with TRL (GRPO, RLOO, online DPO): the trainer samples the answers, and every further
 * column reaches reward functions. They say which position it was, so that an environment can be put there: seed and
 * step of the record, configuration as JSON in a string.
 * SEE: huggingface.co/docs/trl, "Dataset formats", prompt-only.
 */
import { chatOf, toolsColumn } from '../chat.js';
import type { Format } from '../format.js';

const format: Format = {
  id: 'trl-prompts',
  title: 'TRL prompts for online training, with the place in the game as columns',
  needs: [],
  open: true,
  *rows({ turns, record }, options) {
    const { id, version, config } = record.environment;
    const place = { environment: id, version, config: JSON.stringify(config), seed: record.seed, episode: record.id };
    for (const turn of turns) {
      const chat = chatOf(turn, options);
      const { step, seat, space } = turn;
      const legal = space.kind === 'choice' ? space.options.map((option) => option.id) : [];
      const data = { prompt: chat.prompt, ...toolsColumn(chat), ...place, step, seat, legal };
      yield { data, turns: [turn], sample: chat.prompt };
    }
  },
};

export default format;
