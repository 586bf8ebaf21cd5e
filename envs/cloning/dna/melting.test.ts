import { describe, expect, it } from 'vitest';
import { type Conditions, meltingTemperature, PCR } from './melting.js';

const OLD: Conditions = { strands: 50, sodium: 50, salt: 'santalucia' };

// SEE: Biopython 1.88, Bio.SeqUtils.MeltingTemp.Tm_NN(nn_table=DNA_NN3, dnac1=dnac2=half of the strands, Na): saltcorr=5 at
// 500 nM and 50 mM, saltcorr=6 (Owczarzy 2004) at 500 nM and 50 mM, saltcorr=0 at 500 nM and 1 M, saltcorr=5 at 50 nM and
// 50 mM. The last column is also primer3-py 2 (calc_tm, tm_method and salt_corrections_method "santalucia", 50 nM, 50 mM).
// The oligonucleotides are common sequencing primers, the example of Biopython's manual, the one of primer3-py's, the
// Dickerson dodecamer, and a few extremes.
const OLIGOS: readonly (readonly [oligo: string, pcr: number, owczarzy: number, molar: number, old: number])[] = [
  ['GTAAAACGACGGCCAGT', 52.77, 52.49, 67.42, 49.17],
  ['CAGGAAACAGCTATGAC', 47.18, 46.52, 61.74, 43.6],
  ['TAATACGACTCACTATAGGG', 47.73, 46.65, 62.91, 44.59],
  ['ATTTAGGTGACACTATAG', 42.37, 40.68, 57.26, 38.93],
  ['AATTAACCCTCACTAAAGGG', 49.45, 48.48, 64.93, 46.26],
  ['GCTAGTTATTGCTCAGCGG', 53.84, 53.55, 68.63, 50.61],
  ['CGTTCCAAAGATGTGGGCATGAGCTTAC', 62.62, 62.07, 78.38, 60.32],
  ['TATTTCTAGATTTAAATGAA', 39.48, 35.95, 54.53, 36.38],
  ['GGCCGCGGCGCCATGGCC', 70.43, 74.52, 85.55, 66.93],
  ['CGCGAATTCGCG', 48.37, 48.66, 61.25, 43.76],
  ['TTTTTTTTTTTTTTTTTTTT', 39.0, 33.38, 53.68, 35.96],
  ['AGCGGATAACAATTTCACACAGGA', 57.53, 56.26, 73.28, 54.84],
  ['CGCCAGGGTTTTCCCAGTCACGAC', 64.63, 65.6, 80.25, 61.96],
  ['TCACACAGGAAACAGCTATGAC', 55.39, 54.54, 70.8, 52.5],
];

describe('melting temperatures', () => {
  it.each(OLIGOS)('%s', (oligo, pcr, owczarzy, molar, old) => {
    const found = [
      meltingTemperature(oligo, PCR),
      meltingTemperature(oligo, { ...PCR, salt: 'owczarzy' }),
      meltingTemperature(oligo, { strands: 500, sodium: 1000, salt: 'none' }),
      meltingTemperature(oligo, OLD),
    ];
    for (const [at, wanted] of [pcr, owczarzy, molar, old].entries()) expect(found[at]).toBeCloseTo(wanted, 1);
  });

  // SEE: R. Owczarzy et al., Biochemistry 43 (2004) 3537: at 1 mol/l of sodium no correction is left.
  it('meet at 1 mol/l, whatever the correction', () => {
    const [a, b, c] = (['santalucia', 'owczarzy', 'none'] as const).map((salt) =>
      meltingTemperature('GTAAAACGACGGCCAGT', { strands: 500, sodium: 1000, salt }),
    ) as [number, number, number];
    expect(a).toBeCloseTo(c, 9);
    expect(b).toBeCloseTo(c, 9);
  });

  it('refuse what is no oligonucleotide', () => {
    expect(() => meltingTemperature('A')).toThrow(/2 or more/);
    expect(() => meltingTemperature('ACGN')).toThrow(/ACGN/);
  });
});
