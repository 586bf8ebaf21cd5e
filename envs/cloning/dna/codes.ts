import { UserError } from '../../../src/core/errors.js';

/** A genetic code: the amino acid of each codon, and the codons that may begin a protein. */
export interface Code {
  readonly id: number;
  readonly name: string;
  readonly acids: ReadonlyMap<string, string>;
  readonly starts: ReadonlySet<string>;
  /** Codons that end a protein, whatever stands around them. Empty for codes that read every stop as an amino acid, too. */
  readonly stops: ReadonlySet<string>;
}

const ORDER = 'TCAG';

/** Every codon in the order of NCBI's tables: TTT, TTC, TTA, TTG, TCT, ... */
export const CODONS: readonly string[] = [...ORDER].flatMap((first) =>
  [...ORDER].flatMap((second) => [...ORDER].map((third) => first + second + third)),
);

/**
 * Number, name, amino acids in NCBI's order, start codons. In 27, 28 and 31 stop codons stand for amino acids where no
 * messenger ends.
 * SEE: A. Elzanowski, J. Ostell, "The genetic codes", NCBI taxonomy, tables as of 2024.
 */
const TABLE = `
 1 Standard: FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG TTG CTG ATG
 2 Vertebrate mitochondrial: FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIMMTTTTNNKKSS**VVVVAAAADDEEGGGG ATT ATC ATA ATG GTG
 3 Yeast mitochondrial: FFLLSSSSYY**CCWWTTTTPPPPHHQQRRRRIIMMTTTTNNKKSSRRVVVVAAAADDEEGGGG ATA ATG GTG
 4 Mould, protozoan and coelenterate mitochondrial, Mycoplasma: FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG TTA TTG CTG ATT ATC ATA ATG GTG
 5 Invertebrate mitochondrial: FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIMMTTTTNNKKSSSSVVVVAAAADDEEGGGG TTG ATT ATC ATA ATG GTG
 6 Ciliate, dasycladacean and Hexamita nuclear: FFLLSSSSYYQQCC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG ATG
 9 Echinoderm and flatworm mitochondrial: FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIIMTTTTNNNKSSSSVVVVAAAADDEEGGGG ATG GTG
10 Euplotid nuclear: FFLLSSSSYY**CCCWLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG ATG
11 Bacterial, archaeal and plant plastid: FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG TTG CTG ATT ATC ATA ATG GTG
12 Alternative yeast nuclear: FFLLSSSSYY**CC*WLLLSPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG CTG ATG
13 Ascidian mitochondrial: FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIMMTTTTNNKKSSGGVVVVAAAADDEEGGGG TTG ATA ATG GTG
14 Alternative flatworm mitochondrial: FFLLSSSSYYY*CCWWLLLLPPPPHHQQRRRRIIIMTTTTNNNKSSSSVVVVAAAADDEEGGGG ATG
15 Blepharisma nuclear: FFLLSSSSYY*QCC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG ATG
16 Chlorophycean mitochondrial: FFLLSSSSYY*LCC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG ATG
21 Trematode mitochondrial: FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIMMTTTTNNNKSSSSVVVVAAAADDEEGGGG ATG GTG
22 Scenedesmus obliquus mitochondrial: FFLLSS*SYY*LCC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG ATG
23 Thraustochytrium mitochondrial: FF*LSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG ATT ATG GTG
24 Rhabdopleuridae mitochondrial: FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSSKVVVVAAAADDEEGGGG TTG CTG ATG GTG
25 Candidate division SR1 and Gracilibacteria: FFLLSSSSYY**CCGWLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG TTG ATG GTG
26 Pachysolen tannophilus nuclear: FFLLSSSSYY**CC*WLLLAPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG CTG ATG
27 Karyorelict nuclear: FFLLSSSSYYQQCCWWLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG ATG
28 Condylostoma nuclear: FFLLSSSSYYQQCCWWLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG ATG
29 Mesodinium nuclear: FFLLSSSSYYYYCC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG ATG
30 Peritrich nuclear: FFLLSSSSYYEECC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG ATG
31 Blastocrithidia nuclear: FFLLSSSSYYEECCWWLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG ATG
32 Balanophoraceae plastid: FFLLSSSSYY*WCC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG TTG CTG ATT ATC ATA ATG GTG
33 Cephalodiscidae mitochondrial: FFLLSSSSYYY*CCWWLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSSKVVVVAAAADDEEGGGG TTG CTG ATG GTG`;

/** Every code by its NCBI number; 0 is the standard code that begins with ATG alone. */
export const CODES: ReadonlyMap<number, Code> = new Map(
  TABLE.trim()
    .split('\n')
    .flatMap((line) => {
      const code = codeOf(line);
      return code.id === 1 ? [{ ...code, id: 0, name: 'Standard, ATG alone', starts: new Set(['ATG']) }, code] : [code];
    })
    .map((code) => [code.id, code]),
);

function codeOf(line: string): Code {
  const [, id, name, acids, starts] = /^\s*(\d+) ([^:]+): (\S{64}) (.+)$/.exec(line) as unknown as [
    string,
    string,
    string,
    string,
    string,
  ];
  const of = new Map(CODONS.map((codon, at) => [codon, acids[at] as string]));
  const stops = CODONS.filter((codon) => of.get(codon) === '*');
  return { id: Number(id), name, acids: of, starts: new Set(starts.split(' ')), stops: new Set(stops) };
}

/** @throws UserError that lists the numbers there are */
export function code(id: number): Code {
  const found = CODES.get(id);
  if (found === undefined)
    throw new UserError(`there is no codon table ${id}; the tables are ${[...CODES.keys()].join(', ')}`);
  return found;
}

/** The amino acids of a reading frame, from its first base on; stops are *, codons with ambiguous bases X. RNA is read too. */
export function translate(sequence: string, { acids }: Code = code(1)): string {
  const dna = sequence.replaceAll('U', 'T');
  let protein = '';
  for (let at = 0; at + 3 <= dna.length; at += 3) protein += acids.get(dna.slice(at, at + 3)) ?? 'X';
  return protein;
}
