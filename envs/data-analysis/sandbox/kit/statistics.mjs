import { betaI, chiSquareTail } from './distributions.mjs';
import { kindOf, numbersOf, pairsOf } from './values.mjs';

export function sum(values) {
  return values.length === 0 ? 0 : numbersOf(values, 'sum').reduce((total, value) => total + value, 0);
}

export function mean(values) {
  return numbersOf(values, 'mean').reduce((total, value) => total + value, 0) / values.length;
}

/** The sample variance, with n - 1 below. */
export function variance(values) {
  if (numbersOf(values, 'variance').length < 2) throw new TypeError('variance takes at least two numbers');
  const middle = mean(values);
  return values.reduce((total, value) => total + (value - middle) ** 2, 0) / (values.length - 1);
}

/** The sample standard deviation, with n - 1 below. */
export function sd(values) {
  return Math.sqrt(variance(values));
}

/**
 * The value below which a share p of the values lies, neighbours interpolated.
 * SEE: R. Hyndman, Y. Fan, "Sample quantiles in statistical packages", 1996, definition 7.
 */
export function quantile(values, p) {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`quantile takes a share from 0 to 1, not ${p}`);
  const sorted = [...numbersOf(values, 'quantile')].sort((a, b) => a - b);
  const place = (sorted.length - 1) * p;
  const low = Math.floor(place);
  const next = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (place - low) * (sorted[next] - sorted[low]);
}

export function median(values) {
  return quantile(numbersOf(values, 'median'), 0.5);
}

export function min(values) {
  return numbersOf(values, 'min').reduce((least, value) => Math.min(least, value));
}

export function max(values) {
  return numbersOf(values, 'max').reduce((most, value) => Math.max(most, value));
}

/** Sums of squares and products around the means. */
function moments(xs, ys) {
  const [mx, my] = [mean(xs), mean(ys)];
  let [xx, xy, yy] = [0, 0, 0];
  xs.forEach((x, i) => {
    xx += (x - mx) ** 2;
    xy += (x - mx) * (ys[i] - my);
    yy += (ys[i] - my) ** 2;
  });
  return { mx, my, xx, xy, yy };
}

/** Pearson's correlation. */
export function correlation(xs, ys) {
  pairsOf(xs, ys, 'correlation');
  const { xx, xy, yy } = moments(xs, ys);
  return xy / Math.sqrt(xx * yy);
}

/** The ranks from 1, tied values sharing the mean of theirs. */
export function ranks(values) {
  const order = numbersOf(values, 'ranks').map((_, i) => i);
  order.sort((a, b) => values[a] - values[b]);
  const found = [];
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let i = from; i < to; i++) found[order[i]] = (from + 1 + to) / 2;
  }
  return found;
}

/** Spearman's rank correlation. */
export function spearman(xs, ys) {
  pairsOf(xs, ys, 'spearman');
  return correlation(ranks(xs), ranks(ys));
}

/** The least squares line of y on x: { slope, intercept, r2, slopeError, n }. */
export function regression(xs, ys) {
  pairsOf(xs, ys, 'regression');
  const { mx, my, xx, xy, yy } = moments(xs, ys);
  const slope = xy / xx;
  const n = xs.length;
  const residual = Math.max(0, yy - slope * xy);
  return {
    slope,
    intercept: my - slope * mx,
    r2: (xy * xy) / (xx * yy),
    slopeError: Math.sqrt(residual / (n - 2) / xx),
    n,
  };
}

/**
 * Welch's t test of two samples, a less b, two-sided: { t, df, p }.
 * SEE: B. Welch, "The generalization of Student's problem", Biometrika 34, 1947.
 */
export function tTest(a, b) {
  const [va, vb] = [variance(a) / a.length, variance(b) / b.length];
  const t = (mean(a) - mean(b)) / Math.sqrt(va + vb);
  const df = (va + vb) ** 2 / (va ** 2 / (a.length - 1) + vb ** 2 / (b.length - 1));
  return { t, df, p: betaI(df / (df + t * t), df / 2, 0.5) };
}

/** Pearson's chi-square test of a table of counts, rows of equal length, no continuity correction: { chi2, df, p }. */
export function chiSquare(table) {
  if (!Array.isArray(table) || !table.every(Array.isArray)) {
    throw new TypeError(`chiSquare takes a list of rows of counts, not ${kindOf(table)}`);
  }
  const rows = table.map(sum);
  const columns = table[0].map((_, at) => sum(table.map((row) => row[at])));
  const total = sum(rows);
  let chi2 = 0;
  table.forEach((row, i) => {
    row.forEach((seen, j) => {
      const expected = (rows[i] * columns[j]) / total;
      chi2 += (seen - expected) ** 2 / expected;
    });
  });
  const df = (rows.length - 1) * (columns.length - 1);
  return { chi2, df, p: chiSquareTail(chi2, df) };
}

/** A number with so many digits after the point. */
export function round(value, digits = 0) {
  return Number(value.toFixed(digits));
}
