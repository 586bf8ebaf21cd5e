import type { Enzyme } from './enzymes.js';
import { merged, within } from './features.js';
import { regexOf, reverseComplement } from './iupac.js';
import { letters, molecule, type Overhang, type Sequence, type Strand } from './sequence.js';
import { doubled } from './shape.js';

/** Where an enzyme binds: the site's first base on the top strand, counted from 0, and the strand that reads as its site. */
export interface Site {
  readonly at: number;
  readonly strand: Strand;
}

/** Where both strands are cut: before these bases of the top strand. */
export interface Cut {
  readonly top: number;
  readonly bottom: number;
  readonly enzyme: string;
}

/** Every site of an enzyme in order, across the origin of a circle too; both strands must be there. */
export function sitesOf(sequence: Sequence, { site }: Enzyme): Site[] {
  const other = reverseComplement(site);
  const strands: [string, Strand][] =
    other === site
      ? [[site, 1]]
      : [
          [site, 1],
          [other, -1],
        ];
  return strands
    .flatMap(([pattern, strand]) => matches(sequence, pattern).map((at) => ({ at, strand })))
    .sort((a, b) => a.at - b.at || b.strand - a.strand);
}

function matches(sequence: Sequence, pattern: string): number[] {
  const { start, end } = doubled(sequence);
  const length = end - start;
  if (length < pattern.length) return [];
  const text = sequence.circular
    ? letters(sequence, 0, length + pattern.length - 1)
    : sequence.sequence.slice(start, end);
  return [...text.matchAll(new RegExp(`(?=${regexOf(pattern)})`, 'g'))].map(({ index }) => index + start);
}

/** The cut of one site. */
function cutAt({ at, strand }: Site, { name, site, top, bottom }: Enzyme): Cut {
  return strand === 1
    ? { top: at + top, bottom: at + bottom, enzyme: name }
    : { top: at + site.length - bottom, bottom: at + site.length - top, enzyme: name };
}

/**
 * The cuts of several enzymes at once, in order of the top strand. A cut that falls off the end of a linear molecule, or
 * into a single-stranded end, is not made.
 */
export function cutsOf(sequence: Sequence, enzymes: readonly Enzyme[]): Cut[] {
  const { length } = sequence.sequence;
  const all = enzymes.flatMap((enzyme) => sitesOf(sequence, enzyme).map((site) => cutAt(site, enzyme)));
  const { start, end } = doubled(sequence);
  const made = sequence.circular
    ? all.map((cut) => turnedBack(cut, length))
    : all.filter(({ top, bottom }) => Math.min(top, bottom) > start && Math.max(top, bottom) < end);
  made.sort((a, b) => a.top - b.top || a.bottom - b.bottom);
  return made.filter(({ top }, at) => at === 0 || top !== made[at - 1]?.top);
}

/** The cut with its top brought within the first turn. */
function turnedBack({ top, bottom, enzyme }: Cut, length: number): Cut {
  const by = Math.floor(top / length) * length;
  return { top: top - by, bottom: bottom - by, enzyme };
}

/**
 * The fragments of a digest, in order along the top strand, each with its overhangs; a circle cut once is one linear
 * fragment. A molecule that is not cut is given back as it is. Between cuts so close that no base pair is left the two
 * strands fall apart: such a piece is given without overhangs, so that lengths still add up.
 */
export function digest(sequence: Sequence, enzymes: readonly Enzyme[]): Sequence[] {
  const cuts = cutsOf(sequence, enzymes);
  if (cuts.length === 0) return [sequence];
  const { length } = sequence.sequence;
  if (sequence.circular) {
    return cuts.map((cut, at) => {
      const next = cuts[at + 1];
      const first = cuts[0] as Cut;
      return fragment(sequence, cut, next ?? { ...first, top: first.top + length, bottom: first.bottom + length });
    });
  }
  return [null, ...cuts].map((cut, at) => fragment(sequence, cut, cuts[at] ?? null));
}

/** The piece from one cut to the next; null is the molecule's own end. */
function fragment(sequence: Sequence, from: Cut | null, to: Cut | null): Sequence {
  const { circular, features, name, type } = sequence;
  const { length } = sequence.sequence;
  const [start, end] = [from?.top ?? 0, to?.top ?? length];
  const isPaired = Math.max(start, from?.bottom ?? 0) < Math.min(end, to?.bottom ?? end);
  return molecule(letters(sequence, start, end - start), {
    name:
      name === '' ? '' : `${name.replace(/ \(\d+-\d+\)$/, '')} (${(start % length) + 1}-${((end - 1) % length) + 1})`,
    type,
    features: merged(within(features, start, end, circular ? length : null), null),
    left: isPaired ? leftOf(sequence, from) : null,
    right: isPaired ? rightOf(sequence, to) : null,
  });
}

function leftOf(sequence: Sequence, cut: Cut | null): Overhang | null {
  if (cut === null) return sequence.left;
  const { top, bottom } = cut;
  if (top === bottom) return null;
  const bases = letters(sequence, Math.min(top, bottom), Math.abs(bottom - top));
  return top < bottom ? { kind: "5'", bases } : { kind: "3'", bases: reverseComplement(bases) };
}

function rightOf(sequence: Sequence, cut: Cut | null): Overhang | null {
  if (cut === null) return sequence.right;
  const { top, bottom } = cut;
  if (top === bottom) return null;
  const bases = letters(sequence, Math.min(top, bottom), Math.abs(bottom - top));
  return top < bottom ? { kind: "5'", bases: reverseComplement(bases) } : { kind: "3'", bases };
}
