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
  readonly start: Float64Array;
  /** Stops when no parameter moves by more than this. */
  readonly close: number;
}

/** NOTE: so little that it only decides what the results leave open: the middle of a group of parameters is 0. */
const RIDGE = 1e-9;
const LARGEST_STEP = 4;
const ROUNDS = 200;

/** Logistic regression of scores by Newton's method; weights may be fractions. Rows lie flat: fits are made by the thousand. */
export class Logistic {
  readonly #width: number;
  readonly #ends: Int32Array;
  readonly #columns: Int32Array;
  readonly #coefficients: Float64Array;
  readonly #chances: Float64Array;
  readonly #weights: Float64Array;
  readonly #residuals: Float64Array;
  readonly #information: Float64Array;
  readonly #score: Float64Array;

  constructor(rows: readonly Row[], width: number) {
    this.#width = width;
    let end = 0;
    this.#ends = Int32Array.from(rows, ({ columns }) => (end += columns.length));
    this.#columns = Int32Array.from(rows.flatMap(({ columns }) => columns));
    this.#coefficients = Float64Array.from(rows.flatMap(({ coefficients }) => coefficients));
    this.#chances = new Float64Array(rows.length);
    this.#weights = new Float64Array(rows.length);
    this.#residuals = new Float64Array(rows.length);
    this.#information = new Float64Array(width * width);
    this.#score = new Float64Array(width);
  }

  /**
   * The parameters that explain the scores best, one a column, in natural units.
   * @param won weight won of each row @param played weight met
   */
  fit(won: Float64Array, played: Float64Array, { reduced, start, close }: LogisticOptions): Float64Array {
    const theta = Float64Array.from(start);
    for (let round = 0; round < ROUNDS; round++) {
      this.#inform(theta, played);
      for (let row = 0; row < won.length; row++) {
        this.#residuals[row] = (won[row] as number) - (played[row] as number) * (this.#chances[row] as number);
      }
      if (reduced) this.#correct();
      if (this.#step(theta) < close) break;
    }
    return theta;
  }

  /**
   * The variance that the results leave a contrast of parameters, by the inverse of the information; so large as to be
   * meaningless where they say nothing of it.
   */
  spread(contrast: Float64Array, played: Float64Array, theta: Float64Array): number {
    this.#inform(theta, played);
    const solved = Float64Array.from(contrast);
    solve(this.#information, solved);
    return solved.reduce((sum, value, index) => sum + value * (contrast[index] as number), 0);
  }

  /** Moves the parameters. Gives the largest move that Newton asked for. */
  #step(theta: Float64Array): number {
    const score = this.#score;
    for (let i = 0; i < score.length; i++) score[i] = -RIDGE * (theta[i] as number);
    for (let row = 0, at = 0; row < this.#ends.length; row++) {
      for (const residual = this.#residuals[row] as number; at < (this.#ends[row] as number); at++) {
        score[this.#columns[at] as number]! += (this.#coefficients[at] as number) * residual;
      }
    }
    solve(this.#information, score);
    let largest = 0;
    for (let i = 0; i < score.length; i++) largest = Math.max(largest, Math.abs(score[i] as number));
    const scale = Math.min(1, LARGEST_STEP / largest);
    for (let i = 0; i < score.length; i++) theta[i]! += scale * (score[i] as number);
    return largest;
  }

  /** Chances and weights at these parameters, and the factor of the information. */
  #inform(theta: Float64Array, played: Float64Array): void {
    this.#information.fill(0);
    for (let row = 0, from = 0; row < this.#ends.length; row++) {
      const end = this.#ends[row] as number;
      let odds = 0;
      for (let at = from; at < end; at++) {
        odds += (this.#coefficients[at] as number) * (theta[this.#columns[at] as number] as number);
      }
      const chance = 1 / (1 + Math.exp(-odds));
      this.#chances[row] = chance;
      this.#weights[row] = (played[row] as number) * chance * (1 - chance);
      this.#addOuter(from, end, this.#weights[row] as number);
      from = end;
    }
    for (let i = 0; i < this.#width; i++) this.#information[i * this.#width + i]! += RIDGE;
    factor(this.#information, this.#width);
  }

  #addOuter(from: number, end: number, weight: number): void {
    for (let i = from; i < end; i++) {
      const line = (this.#columns[i] as number) * this.#width;
      const scaled = weight * (this.#coefficients[i] as number);
      for (let j = from; j < end; j++) {
        this.#information[line + (this.#columns[j] as number)]! += scaled * (this.#coefficients[j] as number);
      }
    }
  }

  /** Firth's correction of the residuals: leverage times (1/2 - p). */
  #correct(): void {
    const covariance = inverse(this.#information, this.#width);
    for (let row = 0, from = 0; row < this.#ends.length; row++) {
      const end = this.#ends[row] as number;
      let spread = 0;
      for (let i = from; i < end; i++) {
        const line = (this.#columns[i] as number) * this.#width;
        for (let j = from; j < end; j++) {
          const product = (this.#coefficients[i] as number) * (this.#coefficients[j] as number);
          spread += product * (covariance[line + (this.#columns[j] as number)] as number);
        }
      }
      this.#residuals[row]! += (this.#weights[row] as number) * spread * (0.5 - (this.#chances[row] as number));
      from = end;
    }
  }
}
