/**
 * Preferences for direct preference optimisation with TRL: one row for each mistake. Prompt, chosen and rejected are
 * lists of messages; chosen and rejected are one message each, from the same prompt.
 * SEE: huggingface.co/docs/trl, "Dataset formats", preference with explicit prompt.
 */
import { print } from '../../src/core/answers.js';
import type { Format } from '../format.js';
import { bestOption, gradedTurns } from '../graded.js';

const format: Format = {
  id: 'trl-dpo',
  title: 'TRL preferences: prompt, chosen (the best option), rejected (the mistake played)',
  needs: ['grade'],
  *rows(episode, options) {
    for (const { turn, grade, mistake } of gradedTurns(episode, options)) {
      if (!mistake) continue;
      // NOTE: both are written in one plain way, or the manner of a reply would be learnt along with the move.
      const answer = (move: string) => [{ role: 'assistant', content: print(turn.space, move) }];
      yield { prompt: turn.prompt, chosen: answer(bestOption(grade)), rejected: answer(grade.played) };
    }
  },
};

export default format;
