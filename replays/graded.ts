import type { Grade } from './annotations.js';
import type { ExportedEpisode, ExportOptions } from './format.js';
import type { OwnTurn } from './turns.js';

/** A decision that an agent made itself, with its grade. */
export interface GradedTurn {
  readonly turn: OwnTurn;
  readonly grade: Grade;
  /** Whether it cost enough to count. */
  readonly mistake: boolean;
}

const HUNDREDTH = 0.01;

/** The graded decisions of an episode, in order. */
export function* gradedTurns(episode: ExportedEpisode, { minCost }: ExportOptions): Generator<GradedTurn> {
  const grades = new Map<string, Grade>();
  for (const one of episode.annotations) if (one.kind === 'grade') grades.set(`${one.step} ${one.seat}`, one);
  if (grades.size === 0) return;
  for (const turn of episode.turns) {
    const grade = grades.get(`${turn.step} ${turn.seat}`);
    if (grade === undefined) continue;
    yield { turn, grade, mistake: grade.cost > 0 && grade.cost >= (minCost ?? HUNDREDTH * grade.scale) };
  }
}

/** Where a grade comes from, in a word or two for the row: the algorithm and the fingerprint of its policy. */
export function gradeSource({ source }: Grade): string {
  return `grade: ${source.algorithm} ${source.policy}`;
}

/** The option worth most; of several, the one that the policy plays most often. */
export function bestOption({ options, values, probabilities }: Grade): string {
  let best = 0;
  for (let at = 1; at < options.length; at++) {
    const gain = (values[at] as number) - (values[best] as number);
    if (gain > 0 || (gain === 0 && (probabilities[at] as number) > (probabilities[best] as number))) best = at;
  }
  return options[best] as string;
}
