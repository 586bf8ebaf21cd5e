import { UserError } from '../../../src/core/errors.js';
import type { Kind } from './sequence.js';

/**
 * The bases each letter stands for.
 * SEE: A. Cornish-Bowden, "Nomenclature for incompletely specified bases in nucleic acid sequences", Nucleic Acids Res.
 * 13 (1985) 3021, table 1.
 */
export const BASES: { readonly [letter: string]: string } = {
  A: 'A',
  C: 'C',
  G: 'G',
  T: 'T',
  R: 'AG',
  Y: 'CT',
  S: 'CG',
  W: 'AT',
  K: 'GT',
  M: 'AC',
  B: 'CGT',
  D: 'AGT',
  H: 'ACT',
  V: 'ACG',
  N: 'ACGT',
};

const PAIR: { readonly [base: string]: string } = { A: 'T', C: 'G', G: 'C', T: 'A' };

/** NOTE: the letter of the paired bases follows from the table, so the two cannot disagree. */
const COMPLEMENT = new Map(
  Object.entries(BASES).map(([letter, bases]) => {
    const paired = [...bases].map((base) => PAIR[base]).sort();
    return [letter, Object.entries(BASES).find(([, other]) => other === paired.join(''))?.[0] ?? 'N'];
  }),
);

/** The other strand from 5' to 3'. RNA (with U) gives RNA. */
export function reverseComplement(sequence: string): string {
  const isRna = sequence.includes('U');
  let result = '';
  for (let at = sequence.length - 1; at >= 0; at--) {
    const letter = sequence[at] as string;
    result += COMPLEMENT.get(letter === 'U' ? 'T' : letter) ?? 'N';
  }
  return isRna ? result.replaceAll('T', 'U') : result;
}

/** Whether whatever `letter` stands for is covered by `pattern`: A by R, R by R, N by N alone. */
export function covers(pattern: string, letter: string): boolean {
  const allowed = BASES[pattern] ?? '';
  const bases = BASES[letter];
  return bases !== undefined && [...bases].every((base) => allowed.includes(base));
}

/** A regular expression for a pattern of bases. A sequence's ambiguous letter matches only where it surely fits. */
export function regexOf(pattern: string): string {
  const letters = Object.keys(BASES);
  return [...pattern].map((wanted) => classOf(letters.filter((letter) => covers(wanted, letter)))).join('');
}

function classOf(letters: readonly string[]): string {
  return letters.length === 1 ? (letters[0] as string) : `[${letters.join('')}]`;
}

/** The first sequence of plain bases that fits a pattern: N gives A, Y gives C. */
export function plainest(pattern: string): string {
  return [...pattern].map((letter) => (BASES[letter] ?? letter)[0]).join('');
}

const ALPHABETS: { readonly [kind in Kind]: RegExp } = {
  dna: /[^ACGTRYSWKMBDHVN]/,
  rna: /[^ACGURYSWKMBDHVN]/,
  protein: /[^ACDEFGHIKLMNPQRSTVWYBZXJUO*]/,
};

const SAYS: { readonly [kind in Kind]: string } = {
  dna: 'DNA is written in A, C, G, T and the IUPAC letters R Y S W K M B D H V N',
  rna: 'RNA is written in A, C, G, U and the IUPAC letters R Y S W K M B D H V N',
  protein: 'protein is written in one-letter amino acids, with * for a stop',
};

/** A sequence as somebody wrote it, in capitals and without blanks or digits. @throws UserError naming a wrong letter */
export function readLetters(text: string, kind: Kind): string {
  const sequence = text.replace(/[\s\d]/g, '').toUpperCase();
  const wrong = ALPHABETS[kind].exec(sequence);
  if (wrong !== null)
    throw new UserError(`"${wrong[0]}" at position ${wrong.index + 1} is no letter here: ${SAYS[kind]}`);
  return sequence;
}

/** What a sequence most likely is: RNA where U stands among bases, DNA where only bases stand, else protein. */
export function kindOf(text: string): Kind {
  const sequence = text.replace(/[\s\d]/g, '').toUpperCase();
  if (!ALPHABETS.dna.test(sequence)) return 'dna';
  return ALPHABETS.rna.test(sequence) ? 'protein' : 'rna';
}
