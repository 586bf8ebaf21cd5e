import type { Tokenizer } from '../../nn/tokenizer/tokenizer.js';
import { Place, type Rule } from './grammar.js';

/** A token that is whole characters. */
interface Whole {
  readonly id: number;
  readonly text: string;
}

/** A vocabulary in the order in which rules ask for it. */
interface Sorted {
  readonly byFirst: ReadonlyMap<string, readonly Whole[]>;
  /** Tokens with bytes of a character that is not all there. */
  readonly broken: readonly number[];
  /** Those of them that are nothing else. */
  readonly parts: readonly number[];
  /** Those of them that end with the beginning of a character. */
  readonly begins: readonly number[];
}

/** What holding an answer takes of a tokenizer. */
export interface Coding {
  /** How many ids there are. */
  readonly size: number;
  /** The text of ids, special tokens left out; U+FFFD for each run of bytes that is no whole character. */
  readonly decode: (ids: readonly number[]) => string;
  readonly encode: (text: string) => readonly number[];
}

/** What a tokenizer of ours gives for it. */
export function codingOf(tokenizer: Tokenizer): Coding {
  return {
    size: tokenizer.size,
    decode: (ids) => tokenizer.decode(ids, { specials: false }),
    encode: (text) => tokenizer.encode(text),
  };
}

/** The tokens of a vocabulary by the texts they are. */
export class TokenTexts {
  readonly #coding: Coding;
  #sorted: Sorted | null = null;

  constructor(coding: Coding) {
    this.#coding = coding;
  }

  text(ids: readonly number[]): string {
    return this.#coding.decode(ids);
  }

  /** The tokens that a text at a place may go on with. @param begun tokens of a character that is not whole yet */
  following(place: Place, begun: readonly number[]): number[] {
    this.#sorted ??= sorted(this.#coding);
    const sort = this.#sorted;
    const { byFirst, broken, begins } = sort;
    if (begun.length > 0)
      return [...broken.filter((id) => this.#goesOn(place, [...begun, id], sort)), ...this.#spelt(place, begun)];
    const whole = [...byFirst].flatMap(([first, tokens]) =>
      place.takes(first) ? tokens.filter(({ text }) => place.after(text) !== null).map(({ id }) => id) : [],
    );
    return [...whole, ...begins.filter((id) => this.#goesOn(place, [id], sort)), ...this.#spelt(place, [])];
  }

  /** NOTE: bytes that can still become one character are a single U+FFFD at the end, others are several. */
  #goesOn(place: Place, ids: readonly number[], { parts }: Sorted): boolean {
    const { whole, rest } = cut(this.#coding.decode(ids));
    const after = whole.includes(BROKEN) ? null : place.after(whole);
    return after !== null && (rest === 0 || (rest === 1 && after.free && grows(this.#coding, parts, ids)));
  }

  /** The next tokens of characters that must come and take several. */
  #spelt(place: Place, begun: readonly number[]): number[] {
    const spellings = place.certain.map((char) => this.#coding.encode(char));
    const begunSo = spellings.filter((ids) => begun.every((id, at) => ids[at] === id));
    return begunSo.flatMap((ids) => (ids.length > 1 ? (ids[begun.length] ?? []) : []));
  }
}

function sorted(coding: Coding): Sorted {
  const { size, decode } = coding;
  const byFirst = new Map<string, Whole[]>();
  const broken: number[] = [];
  for (let id = 0; id < size; id++) {
    const text = decode([id]);
    const first = text[0];
    if (first === undefined) continue;
    if (text.includes(BROKEN)) broken.push(id);
    else if (byFirst.get(first)?.push({ id, text }) === undefined) byFirst.set(first, [{ id, text }]);
  }
  const parts = broken.filter((id) => decode([id]) === BROKEN);
  const begins = broken.filter((id) => cut(decode([id])).rest === 1 && grows(coding, parts, [id]));
  return { byFirst, broken, parts, begins };
}

/** NOTE: what is to become a character does not fall apart with some part behind it; what never will, always does. */
function grows({ decode }: Coding, parts: readonly number[], ids: readonly number[]): boolean {
  return parts.some((part) => decode([...ids, part]).split(BROKEN).length <= 2);
}

/** What stands for bytes that are no character. */
const BROKEN = '\ufffd';

/** A text up to the character that is not whole yet. */
function cut(text: string): { readonly whole: string; readonly rest: number } {
  const whole = text.replace(/\ufffd+$/, '');
  return { whole, rest: text.length - whole.length };
}

/** An answer held to a rule while it grows. */
export class Hold {
  readonly #tokens: TokenTexts;
  readonly #ends: readonly number[];
  #place: Place;
  #begun: readonly number[] = [];
  #read = 0;

  /** @param ends tokens that end an answer */
  constructor(tokens: TokenTexts, rule: Rule, ends: readonly number[]) {
    this.#tokens = tokens;
    this.#ends = ends;
    this.#place = Place.before(rule);
  }

  /**
   * The tokens that the answer may go on with; those that end it where it is complete.
   * @param soFar its tokens, no fewer than at the last call
   */
  allowed(soFar: readonly number[]): readonly number[] {
    for (const token of soFar.slice(this.#read)) this.#take(token);
    this.#read = soFar.length;
    const more = this.#tokens.following(this.#place, this.#begun);
    // NOTE: an answer that cannot go on ends, and is refused by whoever reads it.
    if (more.length === 0) return this.#ends;
    return this.#place.done && this.#begun.length === 0 ? [...more, ...this.#ends] : more;
  }

  #take(token: number): void {
    const begun = [...this.#begun, token];
    const text = this.#tokens.text(begun);
    const { whole, rest } = cut(text);
    if (rest > 0) {
      this.#begun = begun;
      return;
    }
    this.#begun = [];
    this.#place = this.#place.after(whole) ?? this.#place;
  }
}
