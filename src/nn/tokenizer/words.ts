/**
 * The pieces a text is cut into before any pair is joined: English contractions, then words, numbers, and runs of other
 * signs, each with at most one space before it, and the white space that is left. Together they are the text.
 * SEE: the published GPT-2 tokenizer. NOTE: `\s` of JavaScript takes U+FEFF and leaves out U+0085, other languages do not;
 * the Unicode property is the same everywhere.
 */
const WORD =
  /'(?:[stmd]|re|ve|ll)| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

export function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}
