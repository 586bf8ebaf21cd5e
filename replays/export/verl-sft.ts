/**
 * Multi-turn supervised fine-tuning with verl: Parquet with one conversation a row, its messages role and content and
 * nothing else. A column for tool calls would give every message a null one, and templates that ask whether a message
 * has some (Llama 3.1) take that for a yes; `verl-sft-tools` has it.
 * SEE: github.com/volcengine/verl, verl/utils/dataset/multiturn_sft_dataset.py.
 */
import type { Format } from '../format.js';
import { parquet } from '../parquet.js';
import { sftColumns, sftRows, WORDS, wordsOf } from '../verl.js';

const format: Format = {
  id: 'verl-sft',
  title: 'verl supervised fine-tuning: conversations in words, Parquet',
  needs: [],
  *rows(episode, options) {
    yield* sftRows(episode, options, ({ lines }) => {
      const messages = wordsOf(lines.map(({ message }) => message));
      return typeof messages === 'string' ? messages : { messages };
    });
  },
  encoding: parquet(sftColumns(WORDS)),
};

export default format;
