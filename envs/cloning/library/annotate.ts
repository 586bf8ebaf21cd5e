import { code, translate } from '../dna/codes.js';
import { merged } from '../dna/features.js';
import { reverseComplement } from '../dna/iupac.js';
import { type Feature, letters, type Sequence, type Strand } from '../dna/sequence.js';
import { ELEMENTS, TAGS } from './elements.js';

/** Something to look for on a molecule: bases, exactly as they are. */
export type Wanted = { readonly name: string; readonly type: string; readonly dna: string };

/**
 * The molecule with every known element and tag that lies on it whole, on either strand and across the origin of a
 * circle, added to the features it has. What lies exactly where a feature is already is not added again.
 */
export function annotated(sequence: Sequence, more: readonly Wanted[] = []): Sequence {
  const found = [...ELEMENTS, ...more].flatMap((wanted) => elementsOn(sequence, wanted));
  const all = [...found, ...TAGS.flatMap(({ name, acids }) => tagOn(sequence, name, acids))];
  const { length } = sequence.sequence;
  const taken = new Set(sequence.features.map(placeOf));
  const fresh = all.filter((feature) => !taken.has(placeOf(feature)));
  return { ...sequence, features: merged([...sequence.features, ...fresh], sequence.circular ? length : null) };
}

function placeOf({ start, end, strand }: Feature): string {
  return `${start} ${end} ${strand}`;
}

function elementsOn(sequence: Sequence, { name, type, dna }: Wanted): Feature[] {
  const strands: [string, Strand][] = [
    [dna, 1],
    [reverseComplement(dna), -1],
  ];
  return strands.flatMap(([bases, strand]) =>
    placesOf(textOf(sequence, bases.length), bases)
      .filter((start) => start < sequence.sequence.length)
      .map((start) => ({ start, end: start + bases.length, strand, type, name })),
  );
}

/** The top strand with as much of the start again, on a circle, as a stretch across the origin needs. */
function textOf({ circular, sequence }: Sequence, needed: number): string {
  return circular && needed <= sequence.length ? sequence + sequence.slice(0, needed - 1) : sequence;
}

function placesOf(text: string, bases: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(bases); at >= 0; at = text.indexOf(bases, at + 1)) places.push(at);
  return places;
}

/** NOTE: a tag counts wherever its codons lie; whether they are in frame with a gene is for the reader to see. */
function tagOn(sequence: Sequence, name: string, acids: string): Feature[] {
  const needed = 3 * acids.length;
  const { length } = sequence.sequence;
  const text = sequence.circular ? letters(sequence, 0, length + needed - 1) : sequence.sequence;
  const strands: Strand[] = [1, -1];
  return strands.flatMap((strand) => {
    const read = strand === 1 ? text : reverseComplement(text);
    return [0, 1, 2].flatMap((offset) =>
      placesOf(translate(read.slice(offset), code(1)), acids)
        .map((at) => (strand === 1 ? offset + 3 * at : read.length - offset - 3 * at - needed))
        .filter((start) => start < length)
        .map((start) => ({ start, end: start + needed, strand, type: 'CDS', name })),
    );
  });
}
