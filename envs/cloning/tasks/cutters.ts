import { otherStrand, places } from './bases.js';

/** A restriction enzyme: its site in IUPAC letters, and how many bases after its start each strand is cut. */
export interface Cutter {
  readonly name: string;
  readonly site: string;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Name, site and cuts. `^` is the cut of the strand as written in a site that reads the same on both; `(a/b)` cuts a and
 * b bases after the site. SEE: R. J. Roberts et al., "REBASE - a database for DNA restriction and modification", NAR 43
 * (2015) D298; rebase.neb.com.
 */
const TABLE = `EcoRI G^AATTC;BamHI G^GATCC;HindIII A^AGCTT;KpnI GGTAC^C;SacI GAGCT^C;XbaI T^CTAGA;SalI G^TCGAC;
PstI CTGCA^G;SphI GCATG^C;XmaI C^CCGGG;SmaI CCC^GGG;NdeI CA^TATG;NcoI C^CATGG;XhoI C^TCGAG;NotI GC^GGCCGC;NheI G^CTAGC;
SpeI A^CTAGT;BglII A^GATCT;EcoRV GAT^ATC;PvuII CAG^CTG;ScaI AGT^ACT;StuI AGG^CCT;HpaI GTT^AAC;ClaI AT^CGAT;MluI A^CGCGT;
AluI AG^CT;HaeIII GG^CC;RsaI GT^AC;MspI C^CGG;TaqI T^CGA;MboI ^GATC;HhaI GCG^C;MseI T^TAA;HinfI G^ANTC;DdeI C^TNAG;
AvaI C^YCGRG;BanI G^GYRCC;StyI C^CWWGG;HincII GTY^RAC;AccI GT^MKAC;BsaI GGTCTC(1/5);BbsI GAAGAC(2/6);BsmBI CGTCTC(1/5)`;

function read(line: string): Cutter {
  const [name = '', cut = ''] = line.trim().split(' ');
  const outside = /^([A-Z]+)\((\d+)\/(\d+)\)$/.exec(cut);
  if (outside !== null) {
    const site = outside[1] as string;
    return { name, site, top: site.length + Number(outside[2]), bottom: site.length + Number(outside[3]) };
  }
  const site = cut.replace('^', '');
  const top = cut.indexOf('^');
  return { name, site, top, bottom: site.length - top };
}

const ALL: ReadonlyMap<string, Cutter> = new Map(TABLE.split(';').map((line) => [read(line).name, read(line)]));

export const CUTTERS: readonly Cutter[] = [...ALL.values()];

/** @throws RangeError for a name that is not in the table */
export function cutter(name: string): Cutter {
  const found = ALL.get(name);
  if (found === undefined) throw new RangeError(`no enzyme ${name} in the table`);
  return found;
}

/** Whether the site reads the same on both strands. */
export function isSymmetric({ site }: Cutter): boolean {
  return otherStrand(site) === site;
}

export function isBlunt({ top, bottom }: Cutter): boolean {
  return top === bottom;
}

/**
 * Before which bases, from 0, the strand as written is cut, lowest first. On a line, cuts at or beyond its ends are
 * none.
 */
export function cutsOf(dna: string, enzymes: readonly Cutter[], circular: boolean): number[] {
  const cuts = new Set<number>();
  for (const enzyme of enzymes) {
    const { site, top, bottom } = enzyme;
    for (const at of places(dna, site, circular)) cuts.add(at + top);
    if (isSymmetric(enzyme)) continue;
    for (const at of places(dna, otherStrand(site), circular)) cuts.add(at + site.length - bottom);
  }
  const all = [...cuts].map((cut) => (circular ? (cut + dna.length) % dna.length : cut));
  return [...new Set(all)].filter((cut) => circular || (cut > 0 && cut < dna.length)).sort((a, b) => a - b);
}

/** The fragments of the strand as written, from the first cut on; the piece itself where nothing cuts. */
export function piecesOf(dna: string, enzymes: readonly Cutter[], circular: boolean): string[] {
  const cuts = cutsOf(dna, enzymes, circular);
  if (cuts.length === 0) return [dna];
  if (!circular) return [0, ...cuts].map((from, index) => dna.slice(from, cuts[index]));
  const turned = dna + dna;
  return cuts.map((from, index) => turned.slice(from, cuts[index + 1] ?? (cuts[0] as number) + dna.length));
}
