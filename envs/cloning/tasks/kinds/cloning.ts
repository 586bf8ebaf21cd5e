import { occurrences, otherStrand } from '../bases.js';
import { type Cutter, cutsOf, cutter } from '../cutters.js';
import { crossed, randomDna, some } from '../make.js';
import { annealing } from '../pcr.js';
import type { Shelf } from '../shelf.js';
import { CLONING_SITES, gene, plasmidName, region, type Vector, vector } from '../vectors.js';
import type { Make } from './kind.js';

type Rng = Parameters<Make>[0];

/** How much of a vector's arm a primer takes. */
const ARM = 20;

/** Bases before a site, for an enzyme cuts badly at the very end of a molecule. */
const PAD = 'GCGC';

/** Two enzymes of a vector that are not side by side, in the order of the promoter, and a third one. */
function enzymesOf(rng: Rng, { enzymes }: Vector): [Cutter, Cutter, Cutter] | undefined {
  const picked = some(rng, enzymes, 3);
  const [one, two, other] = picked as [Cutter, Cutter, Cutter];
  const [first, second] = enzymes.indexOf(one) < enzymes.indexOf(two) ? [one, two] : [two, one];
  return enzymes.indexOf(second) - enzymes.indexOf(first) < 2 ? undefined : [first, second, other];
}

/** Whether a gene with these sites at its ends has each once; a site and the first bases of a gene can make another. */
function isCleanBetween(first: Cutter, dna: string, second: Cutter): boolean {
  const product = PAD + first.site + dna + second.site + PAD;
  return [first, second].every(({ site }) => occurrences(product, site) === 1);
}

function starting(tail: string, dna: string): string {
  return tail + annealing(dna);
}

function ending(tail: string, dna: string): string {
  return tail + annealing(otherStrand(dna));
}

/** A reverse primer that somebody forgot to read from the other strand; as long as the right one. */
function unturned(tail: string, dna: string): string {
  return tail + dna.slice(-annealing(otherStrand(dna)).length);
}

function pair(shelf: Shelf): (first: string, second: string) => string {
  return (first, second) => `${shelf.add(first)}, ${shelf.add(second)}`;
}

function placed(rng: Rng, shelf: Shelf, { sequence, features }: Vector): string {
  return shelf.add(sequence, { name: plasmidName(rng), circular: true, features });
}

const WHICH = 'Which primer pair (forward, reverse) should I use?';

const seqEnzprimers: Make = (rng, shelf) => {
  const [plasmid, dna] = [vector(rng), gene(rng, CLONING_SITES)];
  if (plasmid === undefined || dna === undefined) return undefined;
  const enzymes = enzymesOf(rng, plasmid);
  if (enzymes === undefined) return undefined;
  const [first, second, other] = enzymes;
  if (!isCleanBetween(first, dna, second)) return undefined;
  const forwards = [
    starting(PAD + first.site, dna),
    rng.pick([starting(PAD + other.site, dna), starting(PAD + first.site, dna.slice(7))]),
  ] as const;
  const reverses = [
    ending(PAD + second.site, dna),
    rng.pick([ending(PAD + other.site, dna), unturned(PAD + second.site, dna)]),
  ] as const;
  const question = `I want to clone the gene ${shelf.add(dna)}, from its start codon to its stop codon, into the plasmid ${placed(rng, shelf, plasmid)} by restriction cloning, with ${first.name} at its start and ${second.name} at its end. ${WHICH}`;
  return { question, ...crossed(pair(shelf), forwards, reverses) };
};

const geneEnzprimers: Make = (rng, shelf) => {
  const [plasmid, genome] = [vector(rng), region(rng, CLONING_SITES)];
  if (plasmid === undefined || genome === undefined) return undefined;
  const enzymes = enzymesOf(rng, plasmid);
  if (enzymes === undefined) return undefined;
  const [first, second] = enzymes;
  const [wanted, neighbour] = genome.genes as [Gene, Gene];
  if (!isCleanBetween(first, wanted.dna, second)) return undefined;
  const forwards = [starting(PAD + first.site, wanted.dna), starting(PAD + first.site, neighbour.dna)] as const;
  const reverses = [ending(PAD + second.site, wanted.dna), ending(PAD + second.site, neighbour.dna)] as const;
  const from = shelf.add(genome.sequence, { name: 'genome region', features: genome.features });
  const question = `I want to clone the gene ${wanted.name}, from its start codon to its stop codon, out of the genome region ${from}, on which it is annotated, into the plasmid ${placed(rng, shelf, plasmid)} by restriction cloning, with ${first.name} at its start and ${second.name} at its end. ${WHICH}`;
  return { question, ...crossed(pair(shelf), forwards, reverses) };
};

type Gene = { readonly name: string; readonly dna: string };

const geneprimersEnz: Make = (rng, shelf) => {
  const [plasmid, genome] = [vector(rng), region(rng, CLONING_SITES)];
  if (plasmid === undefined || genome === undefined) return undefined;
  const enzymes = enzymesOf(rng, plasmid);
  if (enzymes === undefined) return undefined;
  const [first, second] = enzymes;
  const [wanted] = genome.genes as [Gene];
  if (!isCleanBetween(first, wanted.dna, second)) return undefined;
  const others = plasmid.enzymes.filter((one) => one !== first && one !== second);
  const [third, fourth] = some(rng, others, 2) as [Cutter, Cutter];
  const primers = [starting(PAD + first.site, wanted.dna), ending(PAD + second.site, wanted.dna)].map((dna) =>
    shelf.add(dna),
  );
  const from = shelf.add(genome.sequence, { name: 'genome region', features: genome.features });
  const question = `I want to clone the gene ${wanted.name} out of the genome region ${from}, on which it is annotated, into the plasmid ${placed(rng, shelf, plasmid)}. I have the primers ${primers[0]} (forward) and ${primers[1]} (reverse). Which enzymes should I digest the PCR product and the plasmid with?`;
  const write = (one: string, two: string) => `${one}, ${two}`;
  return { question, ...crossed(write, [first.name, third.name], [second.name, fourth.name]) };
};

/** A circle cut open by an enzyme that cuts it once, from the cut round to the cut. */
export function opened(circle: string, enzyme: Cutter): string {
  const [at] = cutsOf(circle, [enzyme], true) as [number];
  return circle.slice(at) + circle.slice(0, at);
}

/** Primers with arms of the vector, for a Gibson assembly into a plasmid that one enzyme opened. */
function gibsonPrimers(enzyme: Cutter): Make {
  return (rng, shelf) => {
    const [plasmid, genome] = [vector(rng), region(rng, [])];
    if (plasmid === undefined || genome === undefined) return undefined;
    const [wanted, neighbour] = genome.genes as [Gene, Gene];
    const line = opened(plasmid.sequence, enzyme);
    const [left, right] = [line.slice(-ARM), otherStrand(line.slice(0, ARM))];
    const forwards = [
      starting(left, wanted.dna),
      rng.pick([
        starting(left, neighbour.dna),
        starting(line.slice(0, ARM), wanted.dna),
        starting(randomDna(rng, ARM), wanted.dna),
      ]),
    ] as const;
    const reverses = [
      ending(right, wanted.dna),
      rng.pick([ending(right, neighbour.dna), ending(otherStrand(left), wanted.dna), unturned(right, wanted.dna)]),
    ] as const;
    const from = shelf.add(genome.sequence, { name: 'genome region', features: genome.features });
    const question = `I want to clone the gene ${wanted.name}, from its start codon to its stop codon, out of the genome region ${from}, on which it is annotated, into the plasmid ${placed(rng, shelf, plasmid)}, so that it is read in the direction of the T7 promoter. I am going to linearize the plasmid with ${enzyme.name}. Which primer pair (forward, reverse) amplifies the gene for a Gibson assembly into it?`;
    return { question, ...crossed(pair(shelf), forwards, reverses) };
  };
}

export const cloning = {
  'PCR-seq-enzprimers': seqEnzprimers,
  'PCR-gene-enzprimers': geneEnzprimers,
  'PCR-geneprimers-enz': geneprimersEnz,
  'PCR-gene-gibshindprimers': gibsonPrimers(cutter('HindIII')),
  'PCR-gene-gibssmaprimers': gibsonPrimers(cutter('SmaI')),
};
