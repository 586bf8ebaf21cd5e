/** Floats taken apart and put together exactly, so that every result is the float nearest to the true value. */

const bytes = new DataView(new ArrayBuffer(8));

/** A finite float as `m * 2 ** e`, exactly. */
export function exactly(x: number): { readonly m: bigint; readonly e: number } {
  bytes.setFloat64(0, x);
  const bits = bytes.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const m = exponent === 0 ? fraction : fraction | 0x10000000000000n;
  return { m: x < 0 ? -m : m, e: Math.max(exponent, 1) - 1075 };
}

/** Binary digits of |n|; 0 for 0. */
export function bitLength(n: bigint): number {
  const hex = absolute(n).toString(16);
  return hex.length * 4 - (Math.clz32(Number.parseInt(hex[0] as string, 16)) - 28);
}

export function absolute(n: bigint): bigint {
  return n < 0n ? -n : n;
}

/** `x / y` rounded to a whole number, halves to the even one; `x` not negative, `y` positive. */
export function halfEven(x: bigint, y: bigint): bigint {
  const whole = x / y;
  const twice = 2n * (x % y);
  return twice > y || (twice === y && whole % 2n === 1n) ? whole + 1n : whole;
}

/** The float nearest to `n / d` (halves to even); infinite when that is beyond the largest float. */
export function nearest(n: bigint, d: bigint): number {
  if (n === 0n) return 0;
  const size = magnitude(absolute(n), absolute(d));
  return n < 0n === d < 0n ? size : -size;
}

function magnitude(a: bigint, b: bigint): number {
  let top = bitLength(a) - bitLength(b);
  if (top >= 0 ? a < b << BigInt(top) : a << BigInt(-top) < b) top--;
  if (top > 1023) return Number.POSITIVE_INFINITY;
  const ulp = Math.max(top - 52, -1074);
  const whole = ulp >= 0 ? halfEven(a, b << BigInt(ulp)) : halfEven(a << BigInt(-ulp), b);
  return Number(whole) * 2 ** ulp;
}

/** `x` to the whole power `n`, the float nearest to the true value; `x` finite and not 0, |n| up to 256. */
export function powerOf(x: number, n: number): number {
  const rough = x ** n;
  if (rough === 0 || !Number.isFinite(rough)) return rough;
  const { m, e } = exactly(x);
  const power = m ** BigInt(Math.abs(n));
  const shift = e * Math.abs(n);
  const [top, bottom] = shift >= 0 ? [power << BigInt(shift), 1n] : [power, 1n << BigInt(-shift)];
  return n >= 0 ? nearest(top, bottom) : nearest(bottom, top);
}

/** `x` rounded to `places` decimal places (negative: tens, hundreds, ...), halves of the exact value to even. */
export function roundTo(x: number, places: number): number {
  if (places > 323) return x;
  if (places < -308) return 0 * x;
  const { m, e } = exactly(x);
  const ten = 10n ** BigInt(Math.abs(places));
  const top = absolute(m) * (e > 0 ? 1n << BigInt(e) : 1n) * (places > 0 ? ten : 1n);
  const bottom = (e < 0 ? 1n << BigInt(-e) : 1n) * (places < 0 ? ten : 1n);
  const whole = halfEven(top, bottom);
  const rounded = places >= 0 ? nearest(whole, ten) : nearest(whole * ten, 1n);
  return x < 0 ? -rounded : rounded;
}

/** A float in Python's shortest spelling, not whole and finite: `0.1`, `1e-05`. */
export function spelling(x: number): string {
  if (Math.abs(x) >= 1e-4) return String(x);
  const [digits, exponent] = x.toExponential().split('e-') as [string, string];
  return `${digits}e-${exponent.padStart(2, '0')}`;
}
