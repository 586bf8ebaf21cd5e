/**
 * Labelled steps for process reward models with TRL: prompt (a string), completions (strings), labels (booleans, as
 * many). One row for each turn of a seat, so that nothing that others said stands in a completion: the one step is the
 * seat's reply as it was said, or its move in plain words, and true where it was no mistake.
 * SEE: huggingface.co/docs/trl, "Dataset formats", stepwise supervision.
 */
import type { Message } from '../../src/core/agent.js';
import { shaped } from '../chat.js';
import type { ExportOptions, Format } from '../format.js';
import { labelledTurns } from '../labels.js';

const format: Format = {
  id: 'trl-stepwise',
  title: 'TRL stepwise supervision: prompt, completions, labels (no mistake)',
  needs: ['grade', 'judgement'],
  *rows(episode, options) {
    // NOTE: how an episode ended says nothing of a single step, so outcomes are no labels here.
    for (const { turn, good, source } of labelledTurns(episode, options)) {
      if (source === 'outcome') continue;
      const prompt = plain(turn.prompt, options);
      const said = plain([turn.completion], options);
      const data = { prompt, completions: [said], labels: [good], source };
      yield { data, turns: [turn], sample: [prompt, said], label: String(good) };
    }
  },
};

export default format;

/** Messages as one text: a single one as it is, several each after the name of its role. */
function plain(messages: readonly Message[], options: ExportOptions): string {
  const texts = messages.map((message) => {
    const { role, content } = shaped(message, { ...options, flattenTools: true }, 'object');
    return { role, text: typeof content === 'string' ? content : JSON.stringify(content ?? '') };
  });
  const [first, second] = texts;
  if (first !== undefined && second === undefined) return first.text;
  return texts.map(({ role, text }) => `${role}: ${text}`).join('\n\n');
}
