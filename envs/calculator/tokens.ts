import { Fault, type Value } from './numbers.js';

/** A number, the name of a function, or a sign; `at` is where it begins, from 1. */
export type Token = { readonly at: number } & (
  | { readonly kind: 'number'; readonly value: Value }
  | { readonly kind: 'name' | 'sign' | 'end'; readonly text: string }
);

const DIGITS = String.raw`\d(?:_?\d)*`;
const BASED = /0[xX](?:_?[\da-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+/y;
const DECIMAL = new RegExp(`(?:${DIGITS}\\.(?:${DIGITS})?|\\.${DIGITS}|${DIGITS})(?:[eE][+-]?${DIGITS})?`, 'y');
const NAME = /[A-Za-z_]\w*/y;
const SIGN = /\*\*|\/\/|[-+*/%(),[\]]/y;
const SPACE = /(?:[ \t\f\r\n]|#[^\r\n]*)+/y;

/**
 * Splits an expression as Python does: whole numbers also in base 16, 8 and 2, underscores between digits, no leading
 * zeros, line breaks only inside brackets, a comment after #. @throws Fault
 */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  let open = 0;
  for (let at = 0; at < text.length; ) {
    const space = match(SPACE, text, at);
    if (space !== null) {
      if (open <= 0 && /[\r\n]/.test(space)) throw new Fault('the expression has more than one line');
      at += space.length;
      continue;
    }
    const { token, length } = tokenAt(text, at);
    if (token.kind === 'sign') open += '(['.includes(token.text) ? 1 : ')]'.includes(token.text) ? -1 : 0;
    found.push(token);
    at += length;
  }
  found.push({ kind: 'end', text: 'the end', at: text.length + 1 });
  return found;
}

function tokenAt(text: string, at: number): { token: Token; length: number } {
  const number = match(BASED, text, at) ?? match(DECIMAL, text, at);
  if (number !== null) {
    if (/[\w.]/.test(text[at + number.length] ?? '')) throw new Fault(`${textFrom(text, at)} is not a number`);
    return { token: { kind: 'number', value: literalValue(number), at: at + 1 }, length: number.length };
  }
  const name = match(NAME, text, at);
  if (name !== null) return { token: { kind: 'name', text: name, at: at + 1 }, length: name.length };
  const sign = match(SIGN, text, at);
  if (sign !== null) return { token: { kind: 'sign', text: sign, at: at + 1 }, length: sign.length };
  throw new Fault(`unexpected "${String.fromCodePoint(text.codePointAt(at) ?? 63)}" at character ${at + 1}`);
}

function literalValue(literal: string): Value {
  const digits = literal.replaceAll('_', '');
  if (/^0[xXbBoO]/.test(digits)) return BigInt(digits);
  if (/[.eE]/.test(digits)) return Number(digits);
  if (/^0+[1-9]/.test(digits)) throw new Fault(`${literal} begins with 0; write it without`);
  return BigInt(digits);
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function textFrom(text: string, at: number): string {
  return /^[\w.]{1,20}/.exec(text.slice(at))?.[0] ?? '';
}
