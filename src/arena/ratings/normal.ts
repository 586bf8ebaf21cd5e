/** Natural logarithm of the gamma function of x > 0. SEE: C. Lanczos, SIAM J. Numer. Anal. B 1 (1964); g = 7, 9 terms. */
export function logGamma(x: number): number {
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  const shifted = x - 1;
  const sum = terms.reduce((total, term, index) => total + term / (shifted + index + 1), 0.9999999999998099);
  const base = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}

/** The probability of exactly k of n, each with probability p. */
export function binomial(k: number, n: number, p = 0.5): number {
  const ways = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  return Math.exp(ways + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/** The share of the standard normal distribution below z. By its series near 0, by a continued fraction far from it. */
export function normalBelow(z: number): number {
  const size = Math.abs(z);
  const density = Math.exp((-size * size) / 2) / Math.sqrt(2 * Math.PI);
  const upper = size < 3 ? 0.5 - density * series(size) : density / fraction(size);
  return z > 0 ? 1 - upper : upper;
}

/** SEE: M. Abramowitz, I. Stegun, "Handbook of Mathematical Functions", 26.2.11. */
function series(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 3; term > 1e-17 * sum; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return sum;
}

/** SEE: the same, 26.2.14. */
function fraction(z: number): number {
  let value = z;
  for (let k = 120; k > 0; k--) value = z + k / value;
  return value;
}

/** The z below which a share p of the standard normal distribution lies; p in (0, 1). By bisection and Newton. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a quantile is taken at a share between 0 and 1, not ${p}`);
  if (p > 0.5) return -normalQuantile(1 - p);
  let [low, high] = [-40, 0];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The same of Student's t, for 5 and more degrees of freedom good to 0.003.
 * SEE: M. Abramowitz, I. Stegun, 26.7.5.
 */
export function tQuantile(p: number, freedom: number): number {
  const z = normalQuantile(p);
  const n = freedom;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / n + second / n ** 2 + third / n ** 3;
}
