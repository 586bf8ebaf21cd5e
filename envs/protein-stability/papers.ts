import type { Rng } from '../../src/core/rng.js';
import { type Amino, nameOf } from './amino.js';
import { COILS } from './library.js';
import type { Mutation } from './stability.js';
import type { Flaw, Paper } from './types.js';

/** What papers on a protein speak of. */
interface Subject {
  readonly name: string;
  readonly backbone: number;
  readonly sequence: string;
}

type Words = (at: string, name: string, rng: Rng) => Paper;

/** What is reported of each kind of weakness. `at` is a residue as `Ser18 of chain A`. */
const HINTS: { readonly [kind: string]: Words } = {
  'buried polar': (at, name, rng) => ({
    title: `A polar residue between the helices of ${name}`,
    text: `${at} is shut off from water in ${name} and meets no partner there. With an aliphatic residue in its place the protein melted ${4 + rng.below(9)} degrees later.`,
  }),
  cavity: (at, name, rng) => ({
    title: `Empty space in the core of ${name}`,
    text: `The structure of ${name} has a hole of about ${40 + rng.below(50)} cubic angstroms beside ${at}. A larger aliphatic side chain closes it.`,
  }),
  'exposed hydrophobic': (at, name, rng) => ({
    title: `Why ${name} clumps`,
    text: `${name} precipitates above ${1 + rng.below(5)} mg/ml. ${at} points into the water; with a charged residue there the solution stays clear and the protein is the more stable.`,
  }),
  'helix breaker': (at, name, rng) => ({
    title: `A soft spot in a helix of ${name}`,
    text: `Amide hydrogens about ${at} exchange ${10 + rng.below(90)} times faster than in the rest of ${name}. Residues that favour helices slow them down again.`,
  }),
  'like charges': (at, name, rng) => ({
    title: `${name} and salt`,
    text: `${name} melts ${3 + rng.below(6)} degrees later in 1 M salt than in water. The charge of ${at} faces others of its sign; the effect goes when it is reversed.`,
  }),
  'missing cap': (at, name) => ({
    title: `An open helix end in ${name}`,
    text: `The first turn of a helix of ${name} is frayed: ${at} stands before it and cannot bind its free amides, as Ser, Thr, Asp or Asn would.`,
  }),
  'weak end': (at, name, rng) => ({
    title: `Fraying of helices in ${name}`,
    text: `In solution the end of the helix at ${at} of ${name} is formed only ${30 + rng.below(40)} % of the time. A residue that is common in such a turn of a helix holds it together.`,
  }),
};

/** Reports that sound alike but do not bear on the stability of this protein in water at pH 7. */
const MISLEADING: readonly ((change: string, name: string, rng: Rng) => Paper)[] = [
  (change, name) => ({
    title: `Variants of ${name} in strong acid`,
    text: `At pH 2, where acids carry no charge and the helices come apart as single chains, ${change} raised the melting point. At pH 7 it was not measured.`,
  }),
  (change, name, rng) => ({
    title: `Better yields of ${name}`,
    text: `${change} made bacteria give ${2 + rng.below(4)} times as much ${name}, nearly all of it as inclusion bodies. The folded protein was not studied.`,
  }),
  (change, name) => ({
    title: `A relative of ${name} that binds zinc`,
    text: `In a zinc-bound relative of ${name} the change ${change} holds the metal and makes that protein more stable. ${name} itself binds no metal.`,
  }),
  (change, name) => ({
    title: `Conserved residues in the family of ${name}`,
    text: `Nearly all relatives of ${name} agree with ${change}. The residue is needed for binding their partner; what it does to stability is not known.`,
  }),
  (change, name) => ({
    title: `A peptide of ${name} in alcohol`,
    text: `In trifluoroethanol a short piece of ${name} with ${change} was more helical. In water neither piece was folded.`,
  }),
];

/** Papers on a generated protein: on some of its weaknesses, some that mislead, and what it is. */
export function papersOn(subject: Subject, planted: readonly Flaw[], wrong: readonly Mutation[], rng: Rng): Paper[] {
  const { name } = subject;
  const hints = rng
    .shuffled(planted)
    .slice(0, 3 + rng.below(2))
    .map(({ position, kind }) => (HINTS[kind] as Words)(residueAt(subject, position), name, rng));
  const odd = rng.shuffled(MISLEADING).slice(0, 3);
  const misleading = rng
    .shuffled(wrong)
    .slice(0, odd.length)
    .map((mutation, at) => (odd[at] as (typeof MISLEADING)[number])(changeOf(subject, mutation), name, rng));
  return rng.shuffled([...hints, ...misleading, overview(subject)]);
}

const NUMBERS = ['', '', '', 'three', 'four'];

function overview({ name, backbone }: Subject): Paper {
  const { helices, antiparallel, length } = COILS[backbone] as (typeof COILS)[number];
  const way = antiparallel ? 'neighbours running opposite ways' : 'all running the same way';
  return {
    title: `The fold of ${name}`,
    text: `${name} is a bundle of ${NUMBERS[helices]} helices of ${length} residues, ${way}, one a chain. Papers count the residues of each chain from 1.`,
  };
}

/** A residue as papers write it: `Ser18 of chain A`, counted from 1 in its chain. */
function residueAt({ backbone, sequence }: Subject, position: number): string {
  const { length } = COILS[backbone] as (typeof COILS)[number];
  const chain = 'ABCD'[Math.floor(position / length)];
  return `${called(sequence[position] as Amino)}${(position % length) + 1} of chain ${chain}`;
}

function changeOf(subject: Subject, { position, amino }: Mutation): string {
  return `${called(amino)} in place of ${residueAt(subject, position)}`;
}

function called(amino: Amino): string {
  const name = nameOf(amino);
  return name.slice(0, 1) + name.slice(1).toLowerCase();
}
