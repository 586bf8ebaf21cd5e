import type { Exploited } from './grading/evaluator.js';
import type { Solving, Strategy } from './solver.js';

/** How far a strategy was from equilibrium after so many iterations. */
export interface Graded {
  readonly iteration: number;
  /** Sum over seats of what each gains by its best response, in returns. */
  readonly nashConv: number;
  /** Seconds of work so far; absent without a clock. */
  readonly seconds?: number;
}

export interface SolveTask {
  readonly solving: Solving;
  /** Grades a strategy; null where the game is too large for it. */
  readonly grade: ((strategy: Strategy) => Exploited) | null;
  /** Stops once NashConv is at or below this. */
  readonly until: number;
  /** Stops after so many iterations; `Infinity` for no limit. */
  readonly iterations: number;
  /** Milliseconds now. With it, iterations go in pieces of about 40 ms. */
  readonly clock?: () => number;
  /** Called between pieces and after each grading. What it gives decides whether to go on. */
  pause?(): Promise<'on' | 'stop'>;
  /** Told each time a strategy was graded. */
  graded?(point: Omit<Graded, 'seconds'>, exploited: Exploited): void;
}

/** Why solving stopped. */
export type Stopped = 'reached' | 'iterations' | 'stopped';

/** Milliseconds between two pauses: short enough for Ctrl-C to feel immediate, long enough to cost nothing. */
const PIECE_MS = 40;

/**
 * Iterates and grades until NashConv is low enough, the iterations are used up, or `pause` says stop. Where it pauses
 * changes nothing of what comes out.
 */
export async function solve(task: SolveTask): Promise<Stopped> {
  const { solving, grade, until, iterations } = task;
  for (;;) {
    const next = Math.min(nextGrading(solving.iterations), iterations);
    if (!(await iterateTo(next, task))) return 'stopped';
    if (grade !== null) {
      const exploited = grade(solving.strategy());
      task.graded?.({ iteration: solving.iterations, nashConv: exploited.nashConv }, exploited);
      if (exploited.nashConv <= until) return 'reached';
    }
    if (solving.iterations >= iterations) return 'iterations';
    if ((await task.pause?.()) === 'stop') return 'stopped';
  }
}

/** The iteration after `done` at which to grade: each one up to 10, then about 24 for every tenfold. */
export function nextGrading(done: number): number {
  let next = 10;
  if (done < next) return done + 1;
  while (next <= done) next = Math.ceil(next * 1.1);
  return next;
}

/** Iterates up to a number, in pieces where there is a clock. False when it was told to stop on the way. */
async function iterateTo(last: number, { solving, clock, pause }: SolveTask): Promise<boolean> {
  if (clock === undefined) {
    solving.iterate(Math.max(0, last - solving.iterations));
    return true;
  }
  let piece = 1;
  while (solving.iterations < last) {
    const began = clock();
    solving.iterate(Math.min(piece, last - solving.iterations));
    const took = clock() - began;
    // NOTE: doubled at most, because the first iterations run before the compiler has warmed to them.
    piece = Math.max(1, Math.min(2 * piece, Math.floor((piece * PIECE_MS) / Math.max(took, 0.01))));
    // NOTE: no pause between an iteration and its grading, or work that is resumed there would miss the grading.
    if (solving.iterations < last && (await pause?.()) === 'stop') return false;
  }
  return true;
}
