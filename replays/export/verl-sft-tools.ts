/**
 * Multi-turn supervised fine-tuning with verl where tools are called: as `verl-sft`, with tool calls in the messages and
 * what the model was offered in `tools`. Arguments and tools are JSON in strings, so that nothing fills the keys of one
 * tool with nulls because another has them; whoever reads the file parses them.
 * SEE: github.com/volcengine/verl, verl/utils/dataset/multiturn_sft_dataset.py.
 */
import type { Format } from '../format.js';
import { parquet } from '../parquet.js';
import { CALLING, callingOf, sftColumns, sftRows } from '../verl.js';

const format: Format = {
  id: 'verl-sft-tools',
  title: 'verl supervised fine-tuning: conversations with tool calls, Parquet',
  needs: [],
  *rows(episode, options) {
    yield* sftRows(episode, options, ({ lines, tools }) => {
      const messages = callingOf(lines.map(({ message }) => message));
      if (typeof messages === 'string') return messages;
      // NOTE: an empty list, not null: pandas reads a null among texts as NaN, which is true to whoever asks.
      return { messages, tools: JSON.stringify(tools) };
    });
  },
  encoding: parquet(sftColumns(CALLING, { tools: 'string' })),
};

export default format;
