import type { Rng } from '../../../src/core/rng.js';
import type { Names } from './names.js';

/** A finding that leads from one thing to the next: what it is of, what was found, and in which species. */
export type Words = (of: string, found: string, species: string) => string;

/** One of the two steps from what is asked about to the answer, as papers write of it. */
export interface Step {
  /** Titles name what the finding is of, never what was found. */
  readonly titles: readonly ((of: string, species: string) => string)[];
  readonly findings: readonly Words[];
  /** That something else was tried and is not it. */
  readonly negative: Words;
}

/**
 * A kind of question: from a subject, which the question names, to a bridge, which it does not name, to the answer.
 * Each step stands in a paper of its own.
 */
export interface Kind {
  readonly name: string;
  /** @param where the species with its strain */
  question(subject: string, where: string): string;
  subject(names: Names): string;
  bridge(names: Names): string;
  /** Answers that all differ and of which none is a part of another. */
  answers(names: Names, rng: Rng, count: number): string[];
  readonly first: Step;
  readonly second: Step;
  /** A remark that names an answer and claims nothing. */
  aside(answer: string): string;
  /** What is counted in a group. */
  readonly unit: 'animals' | 'cultures';
}

/** Answers out of a fixed list. */
export function outOf(list: readonly string[]): Kind['answers'] {
  return (_, rng, count) => rng.shuffled(list).slice(0, count);
}

/** Answers that are numbers: `from`, `from + step`, ... `count` of `size`, written by `write`. */
export function numbers(from: number, step: number, size: number, write: (value: number) => string): Kind['answers'] {
  return outOf(Array.from({ length: size }, (_, at) => write(from + step * at)));
}

/** Answers that are invented. */
export function invented(make: (names: Names) => string): Kind['answers'] {
  return (names, _, count) => Array.from({ length: count }, () => make(names));
}
