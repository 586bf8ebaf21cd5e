/**
 * Unpaired preferences for TRL's KTO and BCO: prompt, completion, label (a boolean). Labels come from grades where there
 * are some, else from judgements, else from how the episode went for the seat; the row says from which. Answers that
 * could not be played are bad rows where they are asked for.
 * SEE: huggingface.co/docs/trl, "Dataset formats", unpaired preference.
 */
import { chatOf, toolsColumn } from '../chat.js';
import { type FailedAnswer, failedAnswers } from '../failed.js';
import type { ExportOptions, Format, Row } from '../format.js';
import { labelledTurns } from '../labels.js';

const format: Format = {
  id: 'trl-kto',
  title: 'TRL unpaired preferences: prompt, completion, label (by grade, judgement or outcome)',
  needs: [],
  open: true,
  failedTries: true,
  *rows(episode, options) {
    for (const { turn, good, source } of labelledTurns(episode, options)) {
      const chat = chatOf(turn, options);
      const data = { prompt: chat.prompt, completion: [chat.completion], label: good, ...toolsColumn(chat), source };
      yield { data, turns: [turn], sample: [chat.prompt, chat.completion, good], label: String(good) };
    }
    if (options.failedTries) for (const answer of failedAnswers(episode)) yield badRow(answer, options);
  },
};

function badRow(answer: FailedAnswer, options: ExportOptions): Row {
  const chat = chatOf(answer, options);
  const source = `failed try: ${answer.failure}`;
  const data = { prompt: chat.prompt, completion: [chat.completion], label: false, ...toolsColumn(chat), source };
  return { data, turns: [answer], sample: [chat.prompt, chat.completion, false], label: 'false' };
}

export default format;
