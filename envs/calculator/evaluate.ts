import { bad, good, type Read } from '../../src/core/read.js';
import * as numbers from './numbers.js';
import { Fault, type Value } from './numbers.js';
import { type Token, tokens } from './tokens.js';

/** NOTE: with these two bounds, and that on whole numbers, the worst expression takes milliseconds. */
export const MAX_LENGTH = 1000;
export const MAX_DEPTH = 100;

type Operation = (a: Value, b: Value) => Value;
const SUMS: { readonly [sign: string]: Operation } = { '+': numbers.add, '-': numbers.subtract };
const PRODUCTS: { readonly [sign: string]: Operation } = {
  '*': numbers.multiply,
  '/': numbers.divide,
  '//': numbers.floorDivide,
  '%': numbers.modulo,
};

/** What a function is called with: numbers, or a list in square brackets. */
type Argument = Value | readonly Value[];

const FUNCTIONS: { readonly [name: string]: (given: readonly Argument[]) => Value } = {
  abs: (given) => numbers.magnitudeOf(only('abs', given)),
  round: (given) => {
    const [a, places, ...more] = flat('round', given);
    if (a === undefined || more.length > 0) throw new Fault('round takes a number and perhaps a number of places');
    return numbers.round(a, places);
  },
  min: (given) => extreme('min', given, (a, b) => numbers.isBelow(a, b)),
  max: (given) => extreme('max', given, (a, b) => numbers.isBelow(b, a)),
  sum: (given) => {
    const [list, start, ...more] = given;
    const fine = Array.isArray(list) && !Array.isArray(start) && more.length === 0;
    if (!fine) throw new Fault('sum takes a list in square brackets, as in sum([1, 2, 3])');
    return (list as readonly Value[]).reduce(numbers.add, (start as Value | undefined) ?? 0n);
  },
};

/**
 * The value of an expression in Python 3 arithmetic, as the calculator writes it: + - * / // % **, unary + and -,
 * brackets, and the functions abs, round, min, max and sum. Gives the value in digits or the reason why there is none.
 * Never throws, never takes long.
 */
export function evaluate(expression: string): Read<string> {
  if (expression.length > MAX_LENGTH) {
    return bad('unparsable', `the expression has ${expression.length} characters; at most ${MAX_LENGTH} are read`);
  }
  try {
    return good(numbers.written(new Reader(tokens(expression.trim())).whole()));
  } catch (thrown) {
    if (thrown instanceof Fault) return bad('unparsable', thrown.message);
    throw thrown;
  }
}

/** Recursive descent that works the value out as it reads. SEE: the Python language reference, section 6.17. */
class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Value {
    const value = this.#sum();
    if (this.#token.kind !== 'end') throw this.#unexpected();
    return value;
  }

  get #token(): Token {
    return this.#tokens[this.#at] as Token;
  }

  #sum(): Value {
    return this.#chain(SUMS, () => this.#term());
  }

  #term(): Value {
    return this.#chain(PRODUCTS, () => this.#signed());
  }

  /** Operations of one strength, worked out from left to right. */
  #chain(operations: { readonly [sign: string]: Operation }, part: () => Value): Value {
    let value = part();
    for (;;) {
      const token = this.#token;
      const operation = token.kind === 'sign' ? operations[token.text] : undefined;
      if (operation === undefined) return value;
      this.#at++;
      value = operation(value, part());
    }
  }

  /** Every kind of nesting passes through here, so here its depth is bounded. */
  #signed(): Value {
    if (++this.#depth > MAX_DEPTH) throw new Fault(`the expression is nested more than ${MAX_DEPTH} deep`);
    const value = this.#takes('-') ? numbers.negate(this.#signed()) : this.#takes('+') ? this.#signed() : this.#power();
    this.#depth--;
    return value;
  }

  /** NOTE: `**` binds tighter than a sign on its left and looser than one on its right: -2 ** -1 is -(2 ** (-1)). */
  #power(): Value {
    const base = this.#primary();
    return this.#takes('**') ? numbers.power(base, this.#signed()) : base;
  }

  #primary(): Value {
    const token = this.#token;
    if (token.kind === 'number') {
      this.#at++;
      return token.value;
    }
    if (token.kind === 'name') return this.#call(token.text);
    if (!this.#takes('(')) throw this.#unexpected();
    const value = this.#sum();
    this.#close(')');
    return value;
  }

  #call(name: string): Value {
    const apply = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (apply === undefined) {
      throw new Fault(`"${name.slice(0, 20)}" is no function here; there are ${Object.keys(FUNCTIONS).join(', ')}`);
    }
    this.#at++;
    if (!this.#takes('(')) throw new Fault(`${name} wants its arguments in brackets`);
    return apply(this.#list(')', () => this.#argument()));
  }

  #argument(): Argument {
    return this.#takes('[') ? this.#list(']', () => this.#sum()) : this.#sum();
  }

  /** Items with commas between them, and perhaps one after the last, up to a closing bracket. */
  #list<T>(end: string, item: () => T): T[] {
    const items: T[] = [];
    while (!this.#takes(end)) {
      items.push(item());
      if (this.#takes(end)) break;
      this.#close(',');
    }
    return items;
  }

  #takes(sign: string): boolean {
    const token = this.#token;
    if (token.kind !== 'sign' || token.text !== sign) return false;
    this.#at++;
    return true;
  }

  #close(sign: string): void {
    if (!this.#takes(sign)) throw this.#unexpected();
  }

  #unexpected(): Fault {
    const token = this.#token;
    if (token.kind === 'end') return new Fault('the expression ends too early');
    if (token.kind === 'number') return new Fault(`unexpected number at character ${token.at}`);
    return new Fault(`unexpected "${token.text.slice(0, 20)}" at character ${token.at}`);
  }
}

function flat(name: string, given: readonly Argument[]): Value[] {
  return given.map((value) => {
    if (Array.isArray(value)) throw new Fault(`${name} takes numbers, not a list`);
    return value as Value;
  });
}

function only(name: string, given: readonly Argument[]): Value {
  const [value, ...more] = flat(name, given);
  if (value === undefined || more.length > 0) throw new Fault(`${name} takes one number`);
  return value;
}

/** The first of the values that none of the others beats. */
function extreme(name: string, given: readonly Argument[], beats: (a: Value, b: Value) => boolean): Value {
  const [first] = given;
  const values = given.length === 1 && Array.isArray(first) ? (first as readonly Value[]) : flat(name, given);
  const enough = values.length > (values === first ? 0 : 1);
  if (!enough) throw new Fault(`${name} takes two numbers or more, or a list`);
  return values.reduce((best, value) => (beats(value, best) ? value : best));
}
