/** Words too common to tell anything; asking by them finds nothing. */
const COMMON = new Set(
  'a an and are as at be been both by did do does for from had has have how in is it its not of on or than that the their them then these they this those to was were what when where which who whose why with would'.split(
    ' ',
  ),
);

/**
 * A text as the words that searches compare: lower case, marks above letters dropped, plural `s` cut off, common words
 * left out. A number keeps its point (`6.4`), and parts joined by a hyphen are words of their own.
 */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.match(/\d+(?:\.\d+)+|[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !COMMON.has(word)).map(singular);
}

function singular(word: string): string {
  return word.length > 3 && /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}
