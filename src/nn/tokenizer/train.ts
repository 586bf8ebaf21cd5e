import { UserError } from '../../core/errors.js';
import { BYTES_BY_LETTER, lettersOf, utf8Of } from './bytes.js';
import { joined, leftOf, PairQueue, pairOf, rightOf } from './pairs.js';
import { Tokenizer } from './tokenizer.js';
import { wordsOf } from './words.js';

/** The marks of a conversation, and padding. */
export const PAD = '<|pad|>';
export const END_OF_TEXT = '<|endoftext|>';
export const TURN_START = '<|im_start|>';
export const TURN_ROLE_END = '<|im_sep|>';
export const TURN_END = '<|im_end|>';
export const CHAT_SPECIALS: readonly string[] = [PAD, END_OF_TEXT, TURN_START, TURN_ROLE_END, TURN_END];

export interface TokenizerTraining {
  /** Ids in all: special tokens, 256 bytes and merges. Fewer come out when no pair is frequent enough. */
  readonly vocab: number;
  /** Special tokens, the first ids in this order; those of a conversation unless told otherwise. */
  readonly specials?: readonly string[];
  /** How often a pair must stand in the texts to be joined. 2 unless told otherwise. */
  readonly minCount?: number;
}

/**
 * Learns a vocabulary from texts: the most frequent pair of neighbours is joined, again and again. Equal counts go to
 * the pair of smaller ids, so that the same texts give the same vocabulary everywhere.
 * SEE: R. Sennrich, B. Haddow, A. Birch, 2016, algorithm 1.
 * @throws UserError when the vocabulary has no room for the bytes
 */
export function trainTokenizer(texts: Iterable<string>, options: TokenizerTraining): Tokenizer {
  const { vocab, specials = CHAT_SPECIALS, minCount = 2 } = options;
  const tokens = [...specials, ...BYTES_BY_LETTER.map((byte) => lettersOf([byte]))];
  if (!Number.isInteger(vocab) || vocab < tokens.length)
    throw new UserError(`vocab: ${vocab} has no room for 256 bytes and ${specials.length} special tokens`);
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const corpus = new Corpus(texts, specials.length);
  const merges: [number, number][] = [];
  while (tokens.length < vocab) {
    const pair = corpus.mostFrequent(minCount);
    if (pair === null) break;
    const [left, right] = [leftOf(pair), rightOf(pair)];
    const text = `${tokens[left]}${tokens[right]}`;
    // NOTE: two pairs can spell the same token ("ab" + "c", "a" + "bc"); it has one id.
    const id = ids.get(text) ?? tokens.push(text) - 1;
    ids.set(text, id);
    merges.push([left, right]);
    corpus.join(pair, id);
  }
  return new Tokenizer({ tokens, merges, specials: specials.map((_, id) => id) });
}

/** The different words of the texts with their counts, and for every pair how often and in which words it stands. */
class Corpus {
  readonly #words: { tokens: readonly number[]; readonly count: number }[];
  readonly #counts = new Map<number, number>();
  readonly #where = new Map<number, Set<number>>();
  readonly #queue = new PairQueue();

  constructor(texts: Iterable<string>, firstByte: number) {
    const idOfByte: number[] = [];
    BYTES_BY_LETTER.forEach((byte, index) => {
      idOfByte[byte] = firstByte + index;
    });
    this.#words = [...countWords(texts)].map(([word, count]) => ({
      tokens: Array.from(utf8Of(word), (byte) => idOfByte[byte] as number),
      count,
    }));
    for (const index of this.#words.keys()) this.#count(index, 1);
    for (const [pair, count] of this.#counts) this.#queue.push(pair, count);
  }

  /** The pair that stands most often, at least so often; null where there is none. */
  mostFrequent(atLeast: number): number | null {
    for (let top = this.#queue.pop(); top !== null; top = this.#queue.pop()) {
      const now = this.#counts.get(top.pair) ?? 0;
      if (now < Math.max(atLeast, 1)) continue;
      if (now === top.count) return top.pair;
      this.#queue.push(top.pair, now);
    }
    return null;
  }

  /** Makes every occurrence of a pair one token. */
  join(pair: number, id: number): void {
    const grown = new Set<number>();
    for (const index of this.#where.get(pair) ?? []) {
      const word = this.#words[index] as { tokens: readonly number[] };
      this.#count(index, -1);
      word.tokens = joined(word.tokens, leftOf(pair), rightOf(pair), id);
      this.#count(index, 1);
      for (const other of pairsIn(word.tokens)) if (leftOf(other) === id || rightOf(other) === id) grown.add(other);
    }
    this.#where.delete(pair);
    // NOTE: only pairs with the new token can have become more frequent; the queue finds out by itself about the others.
    for (const other of grown) this.#queue.push(other, this.#counts.get(other) as number);
  }

  /** Adds a word's pairs to the counts, or takes them out. */
  #count(index: number, sign: 1 | -1): void {
    const { tokens, count } = this.#words[index] as { tokens: readonly number[]; count: number };
    for (const pair of pairsIn(tokens)) {
      this.#counts.set(pair, (this.#counts.get(pair) ?? 0) + sign * count);
      if (sign < 0) continue;
      const words = this.#where.get(pair);
      if (words === undefined) this.#where.set(pair, new Set([index]));
      else words.add(index);
    }
  }
}

function pairsIn(tokens: readonly number[]): number[] {
  const pairs: number[] = [];
  for (let i = 0; i + 1 < tokens.length; i++) pairs.push(pairOf(tokens[i] as number, tokens[i + 1] as number));
  return pairs;
}

function countWords(texts: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
