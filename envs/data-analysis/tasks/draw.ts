import type { Rng } from '../../../src/core/rng.js';

/** A cell of a generated file, as it is printed; null is a missing one. */
export type Cell = string | number | null;

/** A task of one kind as it is drawn: what is asked, the files it is asked about, and what is right. */
export interface Drawn {
  readonly question: string;
  readonly files: { readonly [name: string]: string };
  readonly answer: number;
}

/** A kind of task: its name, and how one of it is drawn. */
export interface Kind {
  readonly name: string;
  draw(rng: Rng): Drawn;
}

/** A whole number from low to high, both included. */
export function between(rng: Rng, low: number, high: number): number {
  return low + rng.below(high - low + 1);
}

export function uniform(rng: Rng, low: number, high: number): number {
  return low + (high - low) * rng.float();
}

/** A nearly normal value: NOTE: a sum of twelve uniform ones, since it needs no function that machines may round apart. */
export function normal(rng: Rng, mean: number, sd: number): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += rng.float();
  return mean + sd * sum;
}

/** A count with a mean of at most about 50. SEE: D. Knuth, "The Art of Computer Programming", volume 2, section 3.4.1. */
export function poisson(rng: Rng, mean: number): number {
  const floor = Math.exp(-mean);
  let drawn = 0;
  for (let product = rng.float(); product > floor; product *= rng.float()) drawn++;
  return drawn;
}

/** A value as it is printed with so many digits, which is the value everybody then works with. */
export function printed(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** True once in `odds` times. */
export function rarely(rng: Rng, odds: number): boolean {
  return rng.below(odds) === 0;
}

/** Some different items of a list, in a drawn order. */
export function some<T>(rng: Rng, items: readonly T[], count: number): T[] {
  return rng.shuffled(items).slice(0, count);
}

/** Rows as a CSV text; missing cells are empty or NA. */
export function csvOf<R extends { readonly [column: string]: Cell }>(rng: Rng, rows: readonly R[]): string {
  const names = Object.keys(rows[0] as R);
  const lines = rows.map((row) => names.map((name) => written(rng, row[name] as Cell)).join(','));
  return `${[names.join(','), ...lines].join('\n')}\n`;
}

function written(rng: Rng, cell: Cell): string {
  return cell === null ? rng.pick(['', 'NA']) : String(cell);
}

/** Draws until a task has an answer that a relative tolerance can judge. */
export function clear(rng: Rng, draw: (rng: Rng) => Drawn): Drawn {
  const drawn = draw(rng);
  return Number.isFinite(drawn.answer) && Math.abs(drawn.answer) >= 0.01 ? drawn : clear(rng, draw);
}
