import { factor, inverse, solve } from './linear.js';

/** Things that met the same way: log odds = the sum of coefficient times parameter. */
export interface Row {
  readonly columns: readonly number[];
  readonly coefficients: readonly number[];
}

export interface LogisticOptions {
  /**
   * Adds Jeffreys' prior, which removes the first-order bias and keeps every parameter finite, whatever was won or lost.
   * SEE: D. Firth, "Bias reduction of maximum likelihood estimates", Biometrika 80 (1993).
   */
  readonly reduced: boolean;
  /** Columns held at their starting values. */
  readonly fixed?: ReadonlySet<number>;
  readonly start: Float64Array;
}

/** NOTE: so little that it only decides what the results leave open: the middle of a group of parameters is 0. */
const RIDGE = 1e-9;
const LARGEST_STEP = 4;
const CLOSE = 1e-10;
const ROUNDS = 200;

/**
 * The parameters that explain the scores best, by Newton's method.
 * @param won weight won of each row, `played` weight met; both may be fractions
 * @returns one parameter a column, in natural units
 */
export function fitLogistic(
  rows: readonly Row[],
  won: Float64Array,
  played: Float64Array,
  options: LogisticOptions,
): Float64Array {
  const theta = Float64Array.from(options.start);
  for (let round = 0; round < ROUNDS; round++) {
    const step = stepFrom(theta, rows, won, played, options);
    const largest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const scale = Math.min(1, LARGEST_STEP / largest);
    for (let i = 0; i < theta.length; i++) theta[i] = (theta[i] as number) + scale * (step[i] as number);
    if (largest < CLOSE) break;
  }
  return theta;
}

/** The chance that the log odds of a row give its first side. */
export function chanceOf(row: Row, theta: Float64Array): number {
  let odds = 0;
  for (let at = 0; at < row.columns.length; at++) {
    odds += (row.coefficients[at] as number) * (theta[row.columns[at] as number] as number);
  }
  return 1 / (1 + Math.exp(-odds));
}

function stepFrom(
  theta: Float64Array,
  rows: readonly Row[],
  won: Float64Array,
  played: Float64Array,
  { reduced, fixed }: LogisticOptions,
): Float64Array {
  const chances = Float64Array.from(rows, (row) => chanceOf(row, theta));
  const weights = chances.map((chance, row) => (played[row] as number) * chance * (1 - chance));
  const information = informationOf(rows, weights, theta.length, fixed);
  factor(information, theta.length);
  const residuals = chances.map((chance, row) => (won[row] as number) - (played[row] as number) * chance);
  if (reduced) correct(residuals, rows, weights, chances, inverse(information, theta.length));
  const score = theta.map((value) => -RIDGE * value);
  for (const [index, { columns, coefficients }] of rows.entries()) {
    for (let at = 0; at < columns.length; at++) {
      score[columns[at] as number]! += (coefficients[at] as number) * (residuals[index] as number);
    }
  }
  for (const column of fixed ?? []) score[column] = 0;
  return solve(information, score);
}

/** Firth's correction of the residuals: leverage times (1/2 - p). */
function correct(
  residuals: Float64Array,
  rows: readonly Row[],
  weights: Float64Array,
  chances: Float64Array,
  covariance: Float64Array,
): void {
  const width = Math.sqrt(covariance.length);
  for (const [index, { columns, coefficients }] of rows.entries()) {
    let spread = 0;
    for (let i = 0; i < columns.length; i++) {
      for (let j = 0; j < columns.length; j++) {
        const entry = covariance[(columns[i] as number) * width + (columns[j] as number)] as number;
        spread += (coefficients[i] as number) * (coefficients[j] as number) * entry;
      }
    }
    residuals[index]! += (weights[index] as number) * spread * (0.5 - (chances[index] as number));
  }
}

function informationOf(
  rows: readonly Row[],
  weights: Float64Array,
  width: number,
  fixed: ReadonlySet<number> | undefined,
): Float64Array {
  const matrix = new Float64Array(width * width);
  for (const [index, { columns, coefficients }] of rows.entries()) {
    for (let i = 0; i < columns.length; i++) {
      for (let j = 0; j < columns.length; j++) {
        const product = (coefficients[i] as number) * (coefficients[j] as number);
        matrix[(columns[i] as number) * width + (columns[j] as number)]! += product * (weights[index] as number);
      }
    }
  }
  for (let i = 0; i < width; i++) matrix[i * width + i]! += RIDGE;
  for (const column of fixed ?? []) {
    for (let i = 0; i < width; i++) {
      matrix[column * width + i] = 0;
      matrix[i * width + column] = 0;
    }
    matrix[column * width + column] = 1;
  }
  return matrix;
}
