import { otherStrand, places } from '../bases.js';
import { CUTTERS, type Cutter, cutsOf, isSymmetric, piecesOf } from '../cutters.js';
import { between, crossed, randomDna, some, wrongNumbers } from '../make.js';
import type { Make } from './kind.js';

interface Digest {
  readonly dna: string;
  readonly circular: boolean;
  readonly enzymes: readonly Cutter[];
  readonly cuts: readonly number[];
}

/** How near a site may come to another or to an end: an enzyme needs bases beside its site. */
const ROOM = 14;

/** A molecule and one or two enzymes that cut it from `least` to 7 times, no two sites close together. */
function drawn(rng: Parameters<Make>[0], least: number, circular: boolean): Digest | undefined {
  const dna = randomDna(rng, between(rng, 500, 1200));
  const enzymes = some(rng, CUTTERS, between(rng, 1, 2)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const sites = enzymes.flatMap((enzyme) => sitesOf(dna, enzyme, circular)).sort((a, b) => a - b);
  const cuts = cutsOf(dna, enzymes, circular);
  if (cuts.length !== sites.length || cuts.length < least || cuts.length > 7) return undefined;
  if (enzymes.some((enzyme) => sitesOf(dna, enzyme, circular).length === 0)) return undefined;
  const ends = circular ? [...sites, (sites[0] as number) + dna.length] : [0, ...sites, dna.length];
  const isClose = ends.some((at, index) => index > 0 && at - (ends[index - 1] as number) < ROOM);
  return isClose ? undefined : { dna, circular, enzymes, cuts };
}

function sitesOf(dna: string, enzyme: Cutter, circular: boolean): number[] {
  const here = places(dna, enzyme.site, circular);
  return isSymmetric(enzyme) ? here : [...here, ...places(dna, otherStrand(enzyme.site), circular)];
}

function named({ circular, enzymes }: Digest, key: string): string {
  const names = enzymes.map(({ name }) => name);
  return `the ${circular ? 'circular' : 'linear'} sequence ${key} with ${names.join(' and ')}`;
}

const numfrags: Make = (rng, shelf) => {
  const circular = rng.below(3) === 0;
  const digest = drawn(rng, circular ? 4 : 3, circular);
  if (digest === undefined) return undefined;
  const { dna, enzymes } = digest;
  const count = piecesOf(dna, enzymes, circular).length;
  const question = `How many fragments does a complete digest of ${named(digest, shelf.add(dna, { circular }))} give?`;
  return { question, right: String(count), wrong: wrongNumbers(rng, count, 1, 4) };
};

const lenfrags: Make = (rng, shelf) => {
  const digest = drawn(rng, 2, rng.below(3) === 0);
  if (digest === undefined) return undefined;
  const { dna, circular, cuts } = digest;
  const [one, two] = some(rng, [...cuts.keys()], 2) as [number, number];
  const moved = [one, two].map((at) => (cuts[at] as number) + between(rng, 3, 12) * rng.pick([1, -1]));
  const write = (first: string, second: string) =>
    written(
      cuts.map((cut, at) => (at === one ? Number(first) : at === two ? Number(second) : cut)),
      dna.length,
      circular,
    );
  const halves = [one, two].map((at, index) => [String(cuts[at]), String(moved[index])] as const);
  const { right, wrong } = crossed(write, halves[0] as [string, string], halves[1] as [string, string]);
  if (new Set([right, ...wrong]).size < 4) return undefined;
  const question = `What fragment lengths does a complete digest of ${named(digest, shelf.add(dna, { circular }))} give? Lengths are in bases of the strand as written, shortest first.`;
  return { question, right, wrong };
};

/** The lengths between cuts, shortest first. */
function written(cuts: readonly number[], length: number, circular: boolean): string {
  const sorted = [...cuts].sort((a, b) => a - b);
  const ends = circular ? [...sorted, (sorted[0] as number) + length] : [0, ...sorted, length];
  const lengths = ends.slice(1).map((end, index) => end - (ends[index] as number));
  return lengths.sort((a, b) => a - b).join(', ');
}

/** The fragments themselves, as one would cut them out of a gel, in their order on the sequence. */
const digest: Make = (rng, shelf) => {
  const made = drawn(rng, 1, false);
  if (made === undefined || made.cuts.length > 3 || made.enzymes.length > 1) return undefined;
  const question = `Digest ${named(made, shelf.add(made.dna))}. Hand in all fragments, in the order in which they lie on it from left to right. Each is compared as its strand as written.`;
  return { question, submit: 'sequences', gold: { sequences: piecesOf(made.dna, made.enzymes, false) } };
};

export const digests = {
  'RE-seq-numfrags': numfrags,
  'RE-seq-lenfrags': lenfrags,
  'digest-fragments': digest,
};
