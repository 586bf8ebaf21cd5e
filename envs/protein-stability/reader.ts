import type { Result, TaskView } from '../../src/core/task/contract.js';

/** What a player has read in the answers of tools about one position. */
export interface Seen {
  readonly position: number;
  readonly amino: string;
  /** Letters from this residue to the first and to the last of its chain. */
  readonly fromStart: number;
  readonly fromEnd: number;
  readonly burial: number;
  /** Letter of secondary structure. */
  readonly letter: string;
  /** Commonest residue among relatives; '' where it is not known. */
  readonly usual: string;
}

/** The sequence and where its chains begin, as the question writes them. */
export function chainsIn(question: string): { readonly first: number; readonly sequence: string }[] {
  return [...question.matchAll(/^chain \S+, positions (\d+) to \d+: ([A-Z]+)$/gm)].map(([, first, sequence]) => ({
    first: Number(first),
    sequence: sequence as string,
  }));
}

/** All that the answered calls tell, by position. */
export function readAnswers({ question, steps }: TaskView): Seen[] {
  const answers = steps.flat();
  const letters = lettersIn(textOf(answers, 'get_secondary_structure'));
  const burials = pairsIn(textOf(answers, 'get_residue_at_position'), /^([A-Z])(\d+) .*buried ([\d.]+)$/gm);
  const usual = pairsIn(textOf(answers, 'find_conserved_residues_precomputed'), /\b([A-Z])(\d+): ([A-Z]) \d+%/g);
  return chainsIn(question ?? '').flatMap(({ first, sequence }) =>
    [...sequence].map((amino, at) => ({
      ...{ position: first + at, amino, fromStart: at, fromEnd: sequence.length - 1 - at },
      burial: Number(burials.get(first + at) ?? '0'),
      letter: letters[first + at] ?? '-',
      usual: usual.get(first + at) ?? '',
    })),
  );
}

function textOf(answers: readonly Result[], tool: string): string {
  return answers
    .filter(({ name, run }) => name === tool && run)
    .map(({ text }) => text)
    .join('\n');
}

/** NOTE: letters stand under the residues, in every second line. */
function lettersIn(text: string): string {
  return text
    .split('\n')
    .filter((_, row) => row % 2 === 1)
    .map((line) => line.trim())
    .join('');
}

function pairsIn(text: string, pattern: RegExp): Map<number, string> {
  return new Map([...text.matchAll(pattern)].map(([, , position, value]) => [Number(position), value as string]));
}
