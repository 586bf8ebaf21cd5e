/**
 * The logarithm of the gamma function for x > 0.
 * SEE: C. Lanczos, "A precision approximation of the gamma function", 1964; coefficients for g = 7, n = 9 by P. Godfrey.
 */
export function logGamma(x) {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const t = x - 1 + 7.5;
  const sum = LANCZOS.reduce((total, coefficient, i) => total + (i === 0 ? coefficient : coefficient / (x - 1 + i)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/**
 * A continued fraction b0 + a1/(b1 + a2/(b2 + ...)) by the modified Lentz method.
 * SEE: W. Press et al., "Numerical Recipes", 3rd edition, section 5.2.
 */
function continuedFraction(b0, term) {
  const tiny = 1e-300;
  let value = b0 || tiny;
  let c = value;
  let d = 0;
  for (let i = 1; i <= 10000; i++) {
    const [a, b] = term(i);
    d = 1 / (b + a * d || tiny);
    c = b + a / c || tiny;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return value;
}

/** The regularised incomplete gamma functions [P(a, x), Q(a, x)], the smaller one exact. SEE: DLMF 8.11.4 and 8.9.2. */
function gammaPQ(a, x) {
  if (!(x > 0)) return [0, 1];
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x >= a + 1) {
    const above = front / continuedFraction(x + 1 - a, (i) => [-i * (i - a), x + 1 - a + 2 * i]);
    return [1 - above, above];
  }
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > sum * 1e-17; n++) sum += term *= x / (a + n);
  return [front * sum, 1 - front * sum];
}

/** The regularised incomplete beta function I(x; a, b). SEE: DLMF 8.17.22 and 8.17.4. */
export function betaI(x, a, b) {
  if (!(x > 0)) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaI(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b)) / a;
  const term = (i) => {
    const m = i >> 1;
    if (i === 1) return [1, 1];
    const odd = i % 2 === 0;
    const k = odd ? m - 1 : m;
    const top = odd ? -(a + k) * (a + b + k) * x : k * (b - k) * x;
    return [odd ? top / ((a + 2 * k) * (a + 2 * k + 1)) : top / ((a + 2 * k - 1) * (a + 2 * k)), 1];
  };
  return front * continuedFraction(0, term);
}

/** The probability that a standard normal value is at most z. */
export function normalCdf(z) {
  const [inside, outside] = gammaPQ(0.5, (z * z) / 2);
  return z < 0 ? outside / 2 : 0.5 + inside / 2;
}

/** The probability that Student's t with df degrees of freedom is at most t. */
export function tCdf(t, df) {
  const tail = betaI(df / (df + t * t), df / 2, 0.5) / 2;
  return t < 0 ? tail : 1 - tail;
}

/** The probability that chi-square with df degrees of freedom is at most x. */
export function chiSquareCdf(x, df) {
  return gammaPQ(df / 2, x / 2)[0];
}

/** The probability that chi-square with df degrees of freedom is above x. */
export function chiSquareTail(x, df) {
  return gammaPQ(df / 2, x / 2)[1];
}
