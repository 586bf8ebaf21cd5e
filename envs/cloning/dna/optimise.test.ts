import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { element } from '../library/elements.js';
import { CODES, code, translate } from './codes.js';
import { shareOfGc } from './melting.js';
import { backTranslated, mended, repeatIn } from './optimise.js';

const options = { seed: 6, numRuns: 60 };
const proteins = fc.string({ unit: fc.constantFrom(...'ACDEFGHIKLMNPQRSTVWY'), minLength: 1, maxLength: 150 });

describe('DNA for a protein', () => {
  it('codes for it, in any code, and meets the wishes', () => {
    const codes = fc.constantFrom(...[...CODES.values()].filter(({ id }) => id !== 0));
    fc.assert(
      fc.property(proteins, codes, fc.integer({ min: 52, max: 75 }), (protein, table, gc) => {
        const fewest = [...protein].reduce((sum, acid) => sum + least(acid, table.id), 0) / (3 * protein.length);
        fc.pre(fewest < gc / 100 - 0.1);
        const dna = backTranslated(`M${protein}`, table, { gc, repeat: 15 });
        expect(translate(dna, table)).toBe(`M${protein}`);
        expect(shareOfGc(dna)).toBeLessThanOrEqual(gc / 100);
        expect(repeatIn(dna, 15)).toBeNull();
        expect(backTranslated(`M${protein}`, table, { gc, repeat: 15 })).toBe(dna);
      }),
      options,
    );
  });

  // SEE: P. M. Sharp, W.-H. Li, Nucleic Acids Res. 15 (1987) 1281, table 1: codons that E. coli avoids.
  it('leaves out the codons that Escherichia coli avoids', () => {
    const dna = backTranslated('LIVRGSTAP'.repeat(40).slice(0, 300), code(11), { gc: 70, repeat: 15 });
    const codons = dna.match(/.{3}/g) ?? [];
    for (const rare of ['AGA', 'AGG', 'CGA', 'ATA', 'CTA'])
      expect(codons.filter((codon) => codon === rare).length).toBeLessThan(4);
  });

  it('of a reading frame changes only what it must', () => {
    const egfp = element('EGFP').dna;
    expect(mended(egfp, code(1), { gc: 90, repeat: 30 })).toBe(egfp);
    const lower = mended(egfp, code(1), { gc: 50, repeat: 12 });
    expect([translate(lower), shareOfGc(lower) <= 0.5, repeatIn(lower, 12)]).toEqual([translate(egfp), true, null]);
    const changed = [...lower].filter((base, at) => base !== egfp[at]).length;
    expect(changed).toBeLessThan(140);
  });

  it('is refused where it cannot be', () => {
    expect(() => mended('ATGA', code(1), { gc: 60, repeat: 15 })).toThrow(/multiple of 3/);
    expect(() => mended('ATGNNN', code(1), { gc: 60, repeat: 15 })).toThrow(/codon 2 is NNN/);
    expect(() => backTranslated('MXX', code(1), { gc: 60, repeat: 15 })).toThrow(/no codon for "X"/);
    expect(() => backTranslated('GAPGAPGAP', code(1), { gc: 20, repeat: 15 })).toThrow(/needs 66.7 % G and C/);
    expect(() => backTranslated('MWMWMWMWMWMW', code(1), { gc: 90, repeat: 12 })).toThrow(/repeats of 12 bases/);
  });
});

/** The fewest G and C that an amino acid's codons have. */
function least(acid: string, id: number): number {
  const codons = [...code(id).acids].filter(([, of]) => of === acid).map(([codon]) => codon);
  return codons.length === 0 ? 99 : Math.min(...codons.map((codon) => codon.replace(/[AT]/g, '').length));
}
