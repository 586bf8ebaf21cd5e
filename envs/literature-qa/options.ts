import { stream } from '../../src/core/rng.js';
import { type LiteratureTask, UNSURE } from './task.js';

/** The options of a question in the order they are shown, `UNSURE` among them: drawn from the stream of its id. */
export function optionsOf({ id, ideal, distractors }: Pick<LiteratureTask, 'id' | 'ideal' | 'distractors'>): string[] {
  // NOTE: sorted first, so that the order is the same whichever of them is right.
  const all = [...new Set([ideal, ...distractors, UNSURE])].sort();
  return stream('literature-qa options', id).shuffled(all);
}

/** `A` for the first option. */
export function letterOf(at: number): string {
  return String.fromCharCode(65 + at);
}

/** The options as they are shown, one a line. */
export function listed(options: readonly string[]): string {
  return options.map((option, at) => `${letterOf(at)}) ${option}`).join('\n');
}

/**
 * The option that a text is: its letter, its words, or both as they are shown; case, brackets around the letter and a
 * last full stop do not count. Null for anything else, so for two options, and for a letter with the words of another.
 */
export function optionIn(text: string, options: readonly string[]): string | null {
  const said = plain(text);
  const found = options.filter((option, at) => {
    const letter = letterOf(at).toLowerCase();
    const words = plain(option);
    const marked = [`${letter})`, `(${letter})`, `${letter}.`, `${letter}:`];
    return [letter, words, ...marked, ...marked.map((mark) => `${mark} ${words}`)].includes(said);
  });
  return found.length === 1 ? (found[0] as string) : null;
}

/** The one option that a longer text names, as whole words; null where it names none or several. `UNSURE` counts too. */
export function optionNamed(text: string, options: readonly string[]): string | null {
  const found = options.filter((option) => wholly(plain(option)).test(plain(text)));
  return found.length === 1 ? (found[0] as string) : null;
}

/** Finds words where they are no part of longer words or numbers: `pH 6` does not stand in `pH 6.4`. */
function wholly(words: string): RegExp {
  const literal = words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}]|\\.\\p{N})`, 'u');
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim().replace(/\.$/, '').trim();
}
