import type { Paper } from './types.js';

/** What is known of the stability of proteins in general, each with where it was shown. */
const GENERAL: readonly Paper[] = [
  {
    title: 'Helix propensities (Pace and Scholtz, 1998)',
    text: 'Inside an alpha helix alanine is best, then leucine, arginine, methionine, lysine, glutamine and glutamate within 0.4 kcal/mol. Glycine costs 1 kcal/mol and proline more than 3.',
  },
  {
    title: 'Helix capping (Aurora and Rose, 1998)',
    text: 'The residue before the first turn of a helix is most often serine, threonine, aspartate or asparagine, whose side chains bind the free amides. Glutamate and aspartate are common in the first turn, lysine and arginine in the last, glycine just behind the end.',
  },
  {
    title: 'Cavities in T4 lysozyme (Eriksson et al., 1992)',
    text: 'Replacing a large buried side chain by a small one costs 1.9 kcal/mol and 24 to 33 cal/mol for each cubic angstrom of cavity left behind.',
  },
  {
    title: 'Hydrophobic side chains (Fauchere and Pliska, 1983)',
    text: 'From water to octanol tryptophan, isoleucine, phenylalanine and leucine gain most, 2.3 to 3.1 kcal/mol; arginine, lysine, aspartate and glutamate lose about 1.',
  },
  {
    title: 'Coiled coils (Crick, 1953; Lupas and Gruber, 2005)',
    text: 'In a repeat of seven residues called a to g, positions a and d face the other helices and are hydrophobic, e and g flank them and are often of unlike charge, b, c and f look into the water.',
  },
  {
    title: 'Contacts between residues (Miyazawa and Jernigan, 1996)',
    text: 'In known structures like seeks like: hydrophobic residues touch each other, and charges those of the other sign, more often than by chance. Aspartate or lysine among leucines is rare.',
  },
  {
    title: 'Sticky surfaces (Chennamsetty et al., 2009)',
    text: 'Hydrophobic patches on the surface make proteins aggregate. Exchanging one residue of a patch for lysine or glutamate kept antibodies in solution and did not unfold them.',
  },
  {
    title: 'Charges in salt water (Debye and Huckel, 1923; Schutz and Warshel, 2001)',
    text: 'At 0.15 mol/l of salt a charge is felt over about 8 angstroms. On the surface of a protein opposite charges side by side bring some tenths of a kcal/mol, like charges cost as much.',
  },
  {
    title: 'Entropy of the unfolded chain (Matthews, Nicholson and Becktel, 1987)',
    text: 'Glycine gives an unfolded chain more freedom than other residues. Outside of helices replacing it, or putting in proline where the backbone allows it, can stabilise a protein by up to 1 kcal/mol.',
  },
  {
    title: 'What conservation tells (Steipe et al., 1994)',
    text: 'The commonest residue of a family is often the more stable one, but residues kept for binding or catalysis are conserved too, and many of those cost stability.',
  },
];

/** Words that say nothing of what is asked. */
const EMPTY = new Set(
  'a an the of to in on at by for from with as and or not but is are was were be been can does do did has have had how what which when where who why it its this that these than there about into much more most'.split(
    ' ',
  ),
);

/** NOTE: four letters make helix and helices, charge and charged the same word, which is as much grammar as is needed. */
function stemsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.filter((word) => !EMPTY.has(word)).map((word) => word.slice(0, 4));
}

const SATURATION = 1.2;
const LENGTHS = 0.75;

/**
 * The papers that fit a question best, best first; none that shares no word with it.
 * SEE: S. Robertson, H. Zaragoza, "The probabilistic relevance framework: BM25 and beyond" (2009), equation 3.15.
 */
export function found(question: string, about: readonly Paper[], most = 3): Paper[] {
  const papers = [...about, ...GENERAL].map((paper) => ({ paper, stems: stemsOf(`${paper.title} ${paper.text}`) }));
  const usual = papers.reduce((sum, { stems }) => sum + stems.length, 0) / papers.length;
  const asked = [...new Set(stemsOf(question))].map((stem) => ({
    stem,
    weight: rarity(papers.length, papers.filter(({ stems }) => countOf(stem, stems) > 0).length),
  }));
  return papers
    .map(({ paper, stems }) => {
      const norm = SATURATION * (1 - LENGTHS + (LENGTHS * stems.length) / usual);
      const scores = asked.map(({ stem, weight }) => {
        const count = countOf(stem, stems);
        return (weight * count) / (count + norm);
      });
      return { paper, score: scores.reduce((sum, score) => sum + score, 0) };
    })
    .filter(({ score }) => score > 0)
    .sort((x, y) => y.score - x.score)
    .slice(0, most)
    .map(({ paper }) => paper);
}

function rarity(all: number, having: number): number {
  return Math.log(1 + (all - having + 0.5) / (having + 0.5));
}

/** How many words begin like one that is asked for. */
function countOf(stem: string, stems: readonly string[]): number {
  return stems.filter((other) => other.startsWith(stem)).length;
}
