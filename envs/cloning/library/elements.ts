import { reverseComplement } from '../dna/iupac.js';
import { type Element, GENES } from './genes.js';
import { PUC19 } from './puc19.js';

/** Bases `from` to `to` of pUC19 read on its bottom strand, on which its genes lie. */
function ofPuc19(from: number, to: number): string {
  return reverseComplement(PUC19.slice(from - 1, to));
}

const YANISCH_PERRON = 'C. Yanisch-Perron, J. Vieira, J. Messing, Gene 33 (1985) 103; GenBank L09137.2';

/** Short control regions, sites and primers, and the parts of pUC19. */
const SHORT: readonly Element[] = [
  part(
    'AmpR',
    'CDS',
    'TEM-116 beta-lactamase (bla); resistance to ampicillin and carbenicillin',
    ofPuc19(1626, 2486),
    YANISCH_PERRON,
  ),
  part('AmpR promoter', 'promoter', 'promoter of the beta-lactamase gene', ofPuc19(2487, 2591), YANISCH_PERRON),
  part(
    'ori',
    'rep_origin',
    'high-copy origin of replication of the pUC plasmids (ColE1, pMB1)',
    ofPuc19(867, 1455),
    YANISCH_PERRON,
  ),
  part(
    'lacZ alpha',
    'CDS',
    'alpha peptide of beta-galactosidase with the cloning sites of pUC19; blue-white screening',
    ofPuc19(146, 469),
    YANISCH_PERRON,
  ),
  part(
    'lac promoter',
    'promoter',
    'promoter of the lac operon of Escherichia coli',
    'TTTACACTTTATGCTTCCGGCTCGTATGTTG',
    'R. C. Dickson et al., Science 187 (1975) 27',
  ),
  part(
    'lac operator',
    'protein_bind',
    'where the lac repressor binds; freed by IPTG',
    'TTGTGAGCGGATAACAA',
    'W. Gilbert, A. Maxam, PNAS 70 (1973) 3581',
  ),
  part(
    'T7 promoter',
    'promoter',
    'promoter of the RNA polymerase of phage T7',
    'TAATACGACTCACTATAGG',
    'J. J. Dunn, F. W. Studier, J. Mol. Biol. 166 (1983) 477',
  ),
  part(
    'T7 terminator',
    'terminator',
    'terminator of the RNA polymerase of phage T7',
    'CTAGCATAACCCCTTGGGGCCTCTAAACGGGTCTTGAGGGGTTTTTTG',
    'J. J. Dunn, F. W. Studier, J. Mol. Biol. 166 (1983) 477',
  ),
  part(
    'T3 promoter',
    'promoter',
    'promoter of the RNA polymerase of phage T3',
    'AATTAACCCTCACTAAAGG',
    'C. E. Morris et al., Gene 41 (1986) 193',
  ),
  part(
    'SP6 promoter',
    'promoter',
    'promoter of the RNA polymerase of phage SP6',
    'ATTTAGGTGACACTATAG',
    'D. A. Melton et al., Nucleic Acids Res. 12 (1984) 7035',
  ),
  part(
    'RBS',
    'RBS',
    'ribosome binding site of gene 10 of phage T7, strong in Escherichia coli',
    'TTTGTTTAACTTTAAGAAGGAGA',
    'P. O. Olins et al., Gene 73 (1988) 227',
  ),
  part(
    'loxP',
    'protein_bind',
    'site of the recombinase Cre',
    'ATAACTTCGTATAGCATACATTATACGAAGTTAT',
    'R. H. Hoess, M. Ziese, N. Sternberg, PNAS 79 (1982) 3398',
  ),
  part(
    'FRT',
    'protein_bind',
    'site of the recombinase FLP',
    'GAAGTTCCTATTCTCTAGAAAGTATAGGAACTTC',
    'J. F. Senecoff, R. C. Bruckner, M. M. Cox, PNAS 82 (1985) 7270',
  ),
  part(
    'M13 forward',
    'primer_bind',
    'M13 forward (-20) sequencing primer',
    'GTAAAACGACGGCCAGT',
    'J. Messing, Methods in Enzymology 101 (1983) 20',
  ),
  part(
    'M13 reverse',
    'primer_bind',
    'M13 reverse sequencing primer',
    'CAGGAAACAGCTATGAC',
    'J. Messing, Methods in Enzymology 101 (1983) 20',
  ),
  part(
    'T7 terminator primer',
    'primer_bind',
    'sequencing primer in the T7 terminator',
    'GCTAGTTATTGCTCAGCGG',
    'F. W. Studier et al., Methods in Enzymology 185 (1990) 60',
  ),
];

function part(name: string, type: string, says: string, dna: string, source: string): Element {
  return { name, type, says, dna, source };
}

/** Every element that the library knows by its bases. */
export const ELEMENTS: readonly Element[] = [...SHORT, ...GENES];

/** A tag or short signal that is known by its amino acids, whatever codons it is written in. */
export interface Tag {
  readonly name: string;
  readonly acids: string;
}

/** SEE: K. Terpe, Appl. Microbiol. Biotechnol. 60 (2003) 523, table 1; A. L. Szymczak et al., Nat. Biotechnol. 22 (2004) 589. */
export const TAGS: readonly Tag[] = [
  { name: '6xHis', acids: 'HHHHHH' },
  { name: 'FLAG', acids: 'DYKDDDDK' },
  { name: 'HA', acids: 'YPYDVPDYA' },
  { name: 'Myc', acids: 'EQKLISEEDL' },
  { name: 'V5', acids: 'GKPIPNPLLGLDST' },
  { name: 'Strep-tag II', acids: 'WSHPQFEK' },
  { name: 'S-tag', acids: 'KETAAAKFERQHMDS' },
  { name: 'thrombin site', acids: 'LVPRGS' },
  { name: 'TEV site', acids: 'ENLYFQG' },
  { name: 'SV40 NLS', acids: 'PKKKRKV' },
  { name: 'T2A', acids: 'EGRGSLLTCGDVEENPGP' },
  { name: 'P2A', acids: 'ATNFSLLKQAGDVEENPGP' },
];

/** @throws RangeError for a name that is not there: a fault of the library */
export function element(name: string): Element {
  const found = ELEMENTS.find((each) => each.name === name);
  if (found === undefined) throw new RangeError(`the library has no element ${name}`);
  return found;
}
