import { bad, good, type Read } from '../../src/core/read.js';
import { absolute, bitLength, exactly, halfEven, nearest, powerOf, roundTo, spelling } from './floats.js';

/** A number as Python has them: whole ones exact and of any size, floats with 53 bits. */
export type Value = bigint | number;

/** Why an expression has no value. Caught where expressions are read; never leaves this folder. */
export class Fault extends Error {}

/** NOTE: 4,300 digits is also the longest whole number that Python writes out. */
const MAX_BITS = 14_284;
const TOO_LONG = 'a whole number would have more than 4,300 digits';
const TOO_LARGE = 'the result is too large for a float';
const BY_ZERO = 'division by zero';

export function add(a: Value, b: Value): Value {
  return typeof a === 'bigint' && typeof b === 'bigint' ? bounded(a + b) : float(a) + float(b);
}

export function subtract(a: Value, b: Value): Value {
  return typeof a === 'bigint' && typeof b === 'bigint' ? bounded(a - b) : float(a) - float(b);
}

export function multiply(a: Value, b: Value): Value {
  return typeof a === 'bigint' && typeof b === 'bigint' ? bounded(a * b) : float(a) * float(b);
}

export function negate(a: Value): Value {
  return -a;
}

/** Always a float, the one nearest to the true quotient. */
export function divide(a: Value, b: Value): Value {
  if (Number(b) === 0) throw new Fault(BY_ZERO);
  if (typeof a !== 'bigint' || typeof b !== 'bigint') return float(a) / float(b);
  const quotient = nearest(a, b);
  if (!Number.isFinite(quotient)) throw new Fault(TOO_LARGE);
  return quotient;
}

/** The quotient rounded down. */
export function floorDivide(a: Value, b: Value): Value {
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    if (b === 0n) throw new Fault(BY_ZERO);
    const quotient = a / b;
    return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
  }
  return floatDivision(float(a), float(b)).quotient;
}

/** What `//` leaves; it has the sign of the divisor. */
export function modulo(a: Value, b: Value): Value {
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    if (b === 0n) throw new Fault(BY_ZERO);
    const rest = a % b;
    return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
  }
  return floatDivision(float(a), float(b)).rest;
}

/** NOTE: the remainder comes first and the quotient from it, as rounding x / y down can miss by one. */
function floatDivision(x: number, y: number): { quotient: number; rest: number } {
  if (y === 0) throw new Fault(BY_ZERO);
  const rest = x % y;
  const crosses = rest !== 0 && rest < 0 !== y < 0;
  const quotient = (x - rest) / y - (crosses ? 1 : 0);
  const floor = Math.floor(quotient);
  return { quotient: quotient - floor > 0.5 ? floor + 1 : floor, rest: crosses ? rest + y : rest };
}

/** Whole to a whole power of at least 0 is exact; everything else is a float. */
export function power(a: Value, b: Value): Value {
  if (typeof a === 'bigint' && typeof b === 'bigint' && b >= 0n) return wholePower(a, b);
  return floatPower(float(a), float(b));
}

function wholePower(a: bigint, b: bigint): bigint {
  if (a === 0n || a === 1n || a === -1n) return b === 0n ? 1n : b % 2n === 0n ? a * a : a;
  // NOTE: looked at before it is worked out, as 9 ** 9 ** 8 would never end.
  if (BigInt(bitLength(a) - 1) * b > BigInt(MAX_BITS)) throw new Fault(TOO_LONG);
  return bounded(a ** b);
}

function floatPower(x: number, y: number): number {
  if (y === 0 || x === 1 || (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY)) return 1;
  if (x === 0 && y < 0) throw new Fault('0 cannot be raised to a negative power');
  const finite = Number.isFinite(x) && Number.isFinite(y);
  if (finite && x < 0 && !Number.isInteger(y)) throw new Fault('a negative number has no real power with a fraction');
  const result = finite ? finitePower(x, y) : x ** y;
  if (finite && !Number.isFinite(result)) throw new Fault(TOO_LARGE);
  return result;
}

function finitePower(x: number, y: number): number {
  if (x !== 0 && Number.isInteger(y) && Math.abs(y) <= 256) return powerOf(x, y);
  return y === 0.5 ? Math.sqrt(x) : x ** y;
}

/** |a|. */
export function magnitudeOf(a: Value): Value {
  return typeof a === 'bigint' ? absolute(a) : Math.abs(a);
}

/** To the nearest whole number, or to `places` decimal places; halves to even. */
export function round(a: Value, places?: Value): Value {
  if (places === undefined) return typeof a === 'bigint' ? a : roundToWhole(a);
  if (typeof places !== 'bigint') throw new Fault('round takes a whole number of places');
  if (typeof a === 'number') return Number.isFinite(a) ? roundTo(a, Number(places)) : a;
  if (places >= 0n) return a;
  if (places < -4300n) return 0n;
  const ten = 10n ** -places;
  const rounded = halfEven(absolute(a), ten) * ten;
  return bounded(a < 0n ? -rounded : rounded);
}

function roundToWhole(a: number): bigint {
  if (!Number.isFinite(a)) throw new Fault(`${Number.isNaN(a) ? 'nan' : 'infinity'} has no whole number next to it`);
  const { m, e } = exactly(a);
  const whole = e >= 0 ? absolute(m) << BigInt(e) : halfEven(absolute(m), 1n << BigInt(-e));
  return a < 0 ? -whole : whole;
}

/** Whether a is below b. NOTE: a whole number and a float are compared exactly, however large. */
export function isBelow(a: Value, b: Value): boolean {
  return a < b;
}

/** A number as the calculator answers it: whole floats without a point, others as Python writes them. */
export function written(a: Value): string {
  if (typeof a === 'bigint') return a.toString();
  if (Number.isNaN(a)) return 'nan';
  if (!Number.isFinite(a)) throw new Fault(TOO_LARGE);
  return Number.isInteger(a) ? BigInt(a).toString() : spelling(a);
}

const FLOAT = /^[+-]?(?:(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:e[+-]?\d(?:_?\d)*)?|inf(?:inity)?|nan)$/i;

/** A number as Python's `float` reads it: "42", " 4.2e1 ", "1_000", "inf"; not "1,000" and not "$5". */
export function readFloat(text: string): Read<number> {
  const plain = text.trim();
  if (!FLOAT.test(plain)) return bad('unparsable', 'not a number');
  const word = /inf|nan/i.exec(plain)?.[0].toLowerCase();
  if (word === 'nan') return good(Number.NaN);
  if (word === 'inf') return good(plain.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
  return good(Number(plain.replaceAll('_', '')));
}

function float(a: Value): number {
  const x = Number(a);
  if (typeof a === 'bigint' && !Number.isFinite(x)) throw new Fault('a whole number is too large for a float');
  return x;
}

function bounded(n: bigint): bigint {
  if (bitLength(n) > MAX_BITS) throw new Fault(TOO_LONG);
  return n;
}
