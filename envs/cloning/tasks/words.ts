import type { CloningTask, Submission } from './task.js';

/** The option that every question with options has beside the right one and the wrong ones. */
export const UNSURE = 'Insufficient information to answer this question';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const HOW: { readonly [submission in Submission]: string } = {
  answer: 'Hand in the letter of one option with submit_answer.',
  sequences: 'Hand in the keys of the sequences, in the order asked for, with submit_final_sequences.',
  plasmid: 'Hand in the key of the finished plasmid with submit_final_plasmid. Its rotation and strand do not matter.',
  goal: 'Make the molecule, for example with create_sequence, and then call finish. Every molecule of the store is looked at.',
};

/** What a task asks, in words: the question, its options, what lies in the store, and how to hand in. */
export function ask(task: CloningTask): string {
  const { question, materials, submit } = task;
  const labels = labelsOf(task);
  const options = task.options.map((option, index) => `${labels[index]}) ${option}`);
  const how = labels[0] === '1' ? HOW[submit].replace('letter', 'number') : HOW[submit];
  const store = materials.length === 0 ? [] : [`In the store: ${materials.map(({ key }) => key).join(', ')}.`];
  return [question, ...options, ...store, how].join('\n');
}

/** NOTE: amino acids are letters themselves; beside such options numbers are the labels that cannot be misread. */
export function labelsOf({ options }: Pick<CloningTask, 'options'>): string[] {
  const isLettered = options.some((option) => /^[A-Za-z]$/.test(option.trim()));
  return options.map((_, index) => (isLettered ? String(index + 1) : (LETTERS[index] ?? String(index + 1))));
}

/** The option that an answer names, by its label, its text, or both; null where it names none or not exactly one. */
export function readChoice(task: Pick<CloningTask, 'options'>, answer: string): number | null {
  const said = plain(answer);
  const labels = labelsOf(task);
  const named = task.options.flatMap((option, index) => {
    const label = (labels[index] as string).toLowerCase();
    const text = plain(option);
    const forms = [label, `${label})`, `(${label})`, `${label}.`, text];
    return forms.includes(said) || said === `${label}) ${text}` || said === `(${label}) ${text}` ? [index] : [];
  });
  return named.length === 1 ? (named[0] as number) : null;
}

function plain(text: string): string {
  return text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/\s*,\s*/g, ', ')
    .toLowerCase();
}
