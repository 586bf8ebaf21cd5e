import { UserError } from '../../core/errors.js';
import { preview } from '../../core/json.js';
import { bytesOf, lettersOf, textOf, utf8Of } from './bytes.js';
import { joined, pairOf } from './pairs.js';
import { wordsOf } from './words.js';

/** A byte-level vocabulary: what a tokenizer is made of and what its file says. */
export interface Vocabulary {
  /** By id. Bytes as letters, or the text of a special token. */
  readonly tokens: readonly string[];
  /** Pairs of ids in the order in which they are joined. */
  readonly merges: readonly (readonly [left: number, right: number])[];
  /** Ids of the special tokens: marks that no text can spell unless the caller says so. */
  readonly specials: readonly number[];
}

const CACHED_WORDS = 65_536;

/**
 * A byte-level BPE tokenizer: any string becomes ids and comes back exactly as it was.
 * SEE: R. Sennrich, B. Haddow, A. Birch, "Neural Machine Translation of Rare Words with Subword Units", 2016,
 * algorithm 1; over bytes as in A. Radford et al., 2019, section 2.2.
 */
export class Tokenizer {
  readonly vocabulary: Vocabulary;
  /** How many ids there are: 0 to size - 1. */
  readonly size: number;
  readonly #bytes: readonly Uint8Array[];
  readonly #byteIds: readonly number[];
  readonly #rules: ReadonlyMap<number, Rule>;
  readonly #specials: ReadonlyMap<string, number>;
  readonly #marks: RegExp | null;
  readonly #cache = new Map<string, readonly number[]>();

  /** @throws UserError when a byte has no token, or a pair joins to none */
  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary;
    this.size = vocabulary.tokens.length;
    this.#specials = new Map(vocabulary.specials.map((id) => [tokenAt(vocabulary, id), id]));
    this.#marks = marksOf([...this.#specials.keys()]);
    this.#bytes = vocabulary.tokens.map((token, id) =>
      vocabulary.specials.includes(id)
        ? utf8Of(token)
        : (bytesOf(token) ?? refuse(`token ${preview(token)} is no bytes`)),
    );
    const ids = new Map(vocabulary.tokens.map((token, id) => [token, id]));
    if (ids.size < this.size) refuse('two ids have the same token');
    this.#byteIds = Array.from(
      { length: 256 },
      (_, byte) => ids.get(lettersOf([byte])) ?? refuse(`byte ${byte} has no token`),
    );
    this.#rules = rulesOf(vocabulary, ids);
  }

  /**
   * The ids of a text. A special token's name inside the text is plain text, so that nobody can write one into a
   * prompt; `specials: true` reads the names as the tokens, for text that the program itself made.
   */
  encode(text: string, { specials = false }: { readonly specials?: boolean } = {}): number[] {
    if (!specials || this.#marks === null) return this.#plain(text);
    // NOTE: the marks are one capturing group, so that every second piece is a mark.
    const pieces = text.split(this.#marks);
    return pieces.flatMap((piece, index) => (index % 2 === 1 ? [this.special(piece)] : this.#plain(piece)));
  }

  /** The text of ids, special tokens by name or left out. Bytes that are no UTF-8 become U+FFFD. @throws UserError */
  decode(ids: readonly number[], { specials = true }: { readonly specials?: boolean } = {}): string {
    const shown = specials ? ids : ids.filter((id) => !this.vocabulary.specials.includes(id));
    return textOf(
      Buffer.concat(
        shown.map((id) => this.#bytes[id] ?? refuse(`there is no token ${id}: ids are 0 to ${this.size - 1}`)),
      ),
    );
  }

  /** The id of a special token. @throws UserError when there is none of that name */
  special(name: string): number {
    const known = [...this.#specials.keys()].join(', ');
    return this.#specials.get(name) ?? refuse(`there is no special token ${preview(name)}; known: ${known || 'none'}`);
  }

  #plain(text: string): number[] {
    const ids: number[] = [];
    for (const word of wordsOf(text)) for (const id of this.#word(word)) ids.push(id);
    return ids;
  }

  #word(word: string): readonly number[] {
    const known = this.#cache.get(word);
    if (known !== undefined) return known;
    const ids = join(
      Array.from(utf8Of(word), (byte) => this.#byteIds[byte] as number),
      this.#rules,
    );
    if (this.#cache.size >= CACHED_WORDS) this.#cache.clear();
    this.#cache.set(word, ids);
    return ids;
  }
}

interface Rule {
  readonly rank: number;
  readonly whole: number;
}

/** Joins pairs, the earliest rule first and everywhere it applies, until no rule applies. */
function join(start: readonly number[], rules: ReadonlyMap<number, Rule>): readonly number[] {
  let tokens = start;
  for (;;) {
    let best: Rule | null = null;
    let at = 0;
    for (let i = 0; i + 1 < tokens.length; i++) {
      const rule = rules.get(pairOf(tokens[i] as number, tokens[i + 1] as number));
      if (rule === undefined || (best !== null && rule.rank >= best.rank)) continue;
      best = rule;
      at = i;
    }
    if (best === null) return tokens;
    tokens = joined(tokens, tokens[at] as number, tokens[at + 1] as number, best.whole);
  }
}

function rulesOf(vocabulary: Vocabulary, ids: ReadonlyMap<string, number>): Map<number, Rule> {
  const rules = vocabulary.merges.map(([left, right], rank): [number, Rule] => {
    const text = tokenAt(vocabulary, left) + tokenAt(vocabulary, right);
    const whole = ids.get(text) ?? refuse(`merge ${rank} makes ${preview(text)}, which is no token`);
    return [pairOf(left, right), { rank, whole }];
  });
  return new Map(rules);
}

function tokenAt({ tokens }: Vocabulary, id: number): string {
  return tokens[id] ?? refuse(`there is no token ${id}: ids are 0 to ${tokens.length - 1}`);
}

/** A pattern that splits a text at the special tokens, the longest name first; null where there are none. */
function marksOf(names: readonly string[]): RegExp | null {
  if (names.length === 0) return null;
  const longest = [...names].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return new RegExp(`(${longest.map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})`);
}

function refuse(reason: string): never {
  throw new UserError(`tokenizer: ${reason}`);
}
