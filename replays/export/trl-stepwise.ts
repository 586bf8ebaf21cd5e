/**
 * Labelled steps for process reward models with TRL: prompt (a string), completions (strings), labels (booleans, as
 * many). One row for each turn of a seat, so that nothing that others said stands in a completion: the one step is the
 * seat's reply as it was said, or its move in plain words, and true where it was no mistake.
 * SEE: huggingface.co/docs/trl, "Dataset formats", stepwise supervision.
 */
import type { Message } from '../../src/core/agent.js';
import { print } from '../../src/core/answers.js';
import type { Format } from '../format.js';
import { gradedTurns } from '../graded.js';

const format: Format = {
  id: 'trl-stepwise',
  title: 'TRL stepwise supervision: prompt, completions, labels (no mistake)',
  needs: ['grade'],
  *rows(episode, options) {
    for (const { turn, mistake } of gradedTurns(episode, options)) {
      const said = turn.decided.reply?.text ?? print(turn.space, turn.decided.move);
      yield { prompt: plain(turn.prompt), completions: [said], labels: [!mistake] };
    }
  },
};

export default format;

/** Messages as one text: a single one as it is, several each after the name of its role. */
function plain(messages: readonly Message[]): string {
  const texts = messages.map(({ role, content }) => ({
    role,
    text: typeof content === 'string' ? content : JSON.stringify(content ?? ''),
  }));
  const [first, second] = texts;
  if (first !== undefined && second === undefined) return first.text;
  return texts.map(({ role, text }) => `${role}: ${text}`).join('\n\n');
}
