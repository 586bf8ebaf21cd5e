/**
 * Bytes as letters, so that a vocabulary of byte strings can stand in JSON: printable Latin-1 letters stand for
 * themselves, the other bytes for the letters from U+0100 on, in order.
 * SEE: A. Radford et al., "Language Models are Unsupervised Multitask Learners", 2019, section 2.2; the letters are
 * those of the published GPT-2 vocabulary.
 */
const PRINTABLE = [...span(0x21, 0x7e), ...span(0xa1, 0xac), ...span(0xae, 0xff)];
const OTHERS = span(0x00, 0xff).filter((byte) => !PRINTABLE.includes(byte));

/** The 256 bytes in the order of their letters: the order in which the vocabulary lists them. */
export const BYTES_BY_LETTER: readonly number[] = [...PRINTABLE, ...OTHERS];

const LETTERS: readonly string[] = lettersByByte();
const BYTES: ReadonlyMap<string, number> = new Map(LETTERS.map((letter, byte) => [letter, byte]));

/** Each byte as its letter. */
export function lettersOf(bytes: Iterable<number>): string {
  let letters = '';
  for (const byte of bytes) letters += LETTERS[byte];
  return letters;
}

/** The bytes that letters stand for; null where one stands for none. */
export function bytesOf(letters: string): Uint8Array | null {
  const bytes = [...letters].map((letter) => BYTES.get(letter));
  return bytes.includes(undefined) ? null : Uint8Array.from(bytes as number[]);
}

/**
 * A text as UTF-8. Half a surrogate pair, which UTF-8 has no form for, becomes the three bytes of its number, so that
 * every string comes back from `textOf` as it was.
 * SEE: S. Sapin, "The WTF-8 encoding".
 */
export function utf8Of(text: string): Uint8Array {
  if (!HALF_PAIR.test(text)) return ENCODER.encode(text);
  return Buffer.concat(
    [...text].map((letter) => (HALF_PAIR.test(letter) ? halfBytes(letter) : ENCODER.encode(letter))),
  );
}

/** The text of UTF-8 bytes; bytes that are none become U+FFFD. */
export function textOf(bytes: Uint8Array): string {
  let text = '';
  let from = 0;
  for (let at = bytes.indexOf(0xed); at >= 0; at = bytes.indexOf(0xed, at + 1)) {
    const half = halfAt(bytes, at);
    if (half === null) continue;
    text += decode(bytes.subarray(from, at)) + String.fromCharCode(half);
    from = at + 3;
  }
  return text + decode(bytes.subarray(from));
}

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });
const HALF_PAIR = /\p{Surrogate}/u;

function decode(bytes: Uint8Array): string {
  return DECODER.decode(bytes);
}

function halfBytes(half: string): Uint8Array {
  const unit = half.charCodeAt(0);
  return Uint8Array.of(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
}

/** The half pair whose three bytes start at a place; null where other bytes stand. */
function halfAt(bytes: Uint8Array, at: number): number | null {
  const [second = 0, third = 0] = bytes.subarray(at + 1, at + 3);
  if (second < 0xa0 || second > 0xbf || third < 0x80 || third > 0xbf) return null;
  return 0xd000 | ((second & 0x3f) << 6) | (third & 0x3f);
}

function lettersByByte(): string[] {
  const letters: string[] = [];
  for (const byte of PRINTABLE) letters[byte] = String.fromCharCode(byte);
  OTHERS.forEach((byte, index) => {
    letters[byte] = String.fromCharCode(0x100 + index);
  });
  return letters;
}

function span(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
