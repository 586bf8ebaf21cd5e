/** What a molecule is made of. RNA and protein are single chains; DNA is double-stranded unless an end says otherwise. */
export type Kind = 'dna' | 'rna' | 'protein';

export type Strand = 1 | -1;

/**
 * A named stretch: bases `start` to `end`, counted from 0, `end` not included. On a circle `end` may pass the length:
 * the stretch then crosses the origin. `part` is there when only bases `from` on of a feature `of` bases long are left,
 * counted along the feature's own strand, so that joining the pieces gives the whole again.
 */
export type Feature = {
  readonly start: number;
  readonly end: number;
  readonly strand: Strand;
  readonly type: string;
  readonly name: string;
  readonly part?: { readonly from: number; readonly of: number };
};

/** An end at which one strand is longer: which of its ends sticks out, and its bases from 5' to 3'. */
export type Overhang = { readonly kind: "5'" | "3'"; readonly bases: string };

/**
 * A molecule. `sequence` is its top strand from 5' to 3', in capitals, exactly as long as that strand is: lengths of
 * fragments add up. What the bottom strand has beyond it stands in the overhangs; null is a blunt end.
 */
export type Sequence = {
  readonly name: string;
  readonly description: string;
  readonly type: Kind;
  readonly circular: boolean;
  readonly sequence: string;
  readonly features: readonly Feature[];
  readonly left: Overhang | null;
  readonly right: Overhang | null;
};

/** A linear, blunt piece of DNA without features, with whatever is given over that. */
export function molecule(sequence: string, over: Partial<Omit<Sequence, 'sequence'>> = {}): Sequence {
  return {
    name: '',
    description: '',
    type: 'dna',
    circular: false,
    sequence: sequence.toUpperCase(),
    features: [],
    left: null,
    right: null,
    ...over,
  };
}

/** A position brought into 0 to `length` - 1 of a circle. */
export function wrapped(position: number, length: number): number {
  return ((position % length) + length) % length;
}

/** `length` letters from `start` on; a circle is read on past its origin, as often as it takes. */
export function letters({ sequence, circular }: Sequence, start: number, length: number): string {
  if (!circular) return sequence.slice(Math.max(0, start), Math.max(0, start + length));
  const from = wrapped(start, sequence.length);
  const turns = Math.ceil((from + length) / sequence.length);
  return sequence.repeat(turns).slice(from, from + length);
}
