import { gcOf, occurrences } from './bases.js';
import { codonsFor } from './codons.js';

/**
 * Codons for a protein, chosen one by one: each the first that keeps the sites out on both strands and the share of G and
 * C near one half; goes back where none does.
 * @param protein with `*` where a stop is to stand
 * @returns null where no choice of codons keeps the sites out
 */
export function withoutSites(protein: string, sites: readonly string[]): string | null {
  return extended('', Array.from(protein, codonsFor), sites);
}

function extended(dna: string, choices: readonly string[][], sites: readonly string[]): string | null {
  const [next, ...rest] = choices;
  if (next === undefined) return dna;
  const gc = dna === '' ? 50 : gcOf(dna);
  const off = (codon: string) => Math.abs(gcOf(codon) - (100 - gc));
  for (const codon of [...next].sort((a, b) => off(a) - off(b))) {
    const longer = dna + codon;
    if (sites.some((site) => occurrences(longer.slice(-site.length - 2), site) > 0)) continue;
    const whole = extended(longer, rest, sites);
    if (whole !== null) return whole;
  }
  return null;
}
