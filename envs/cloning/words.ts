import type { Feature, Overhang, Sequence } from './dna/sequence.js';
import { type Entry, isBundle } from './world.js';

/** How much of a long sequence is shown at either end. */
const SHOWN = 25;
const MOST_FEATURES = 12;

/** One entry of the store in a line. Positions count from 1, both ends included. */
export function lineOf(key: string, entry: Entry): string {
  if (!isBundle(entry)) return `${key}: ${about(entry.name === key ? { ...entry, name: '' } : entry)}`;
  const members = entry.bundle.map((member) => `\n  - ${about(member)}`);
  return `${key}: bundle of ${entry.bundle.length}${members.join('')}`;
}

/** A molecule in a line: name, length, shape, ends, letters, features. */
export function about(sequence: Sequence): string {
  const { name, description, type, circular, features, left, right } = sequence;
  const unit = type === 'protein' ? 'aa' : type === 'dna' ? 'bp' : 'nt';
  const shape = type === 'protein' ? 'protein' : `${circular ? 'circular' : 'linear'} ${type.toUpperCase()}`;
  const ends = [endOf('left', left), endOf('right', right)].filter((end) => end !== '');
  const notes = description === '' ? [] : [`(${description})`];
  const facts = [`${sequence.sequence.length} ${unit} ${shape}`, ...ends].join(', ');
  const head = [...(name === '' ? [] : [name]), [facts, ...notes].join(' ')].join(', ');
  return `${head}; ${brief(sequence.sequence)}${features.length === 0 ? '' : `; features: ${featuresIn(features, sequence.sequence.length)}`}`;
}

function endOf(side: string, overhang: Overhang | null): string {
  return overhang === null ? '' : `${side} end ${overhang.kind} overhang ${overhang.bases}`;
}

/** A sequence whole where it is short, else its first and last 25 letters. */
export function brief(letters: string): string {
  return letters.length <= 2 * SHOWN ? letters : `${letters.slice(0, SHOWN)} ... ${letters.slice(-SHOWN)}`;
}

/** Features in words: `AmpR (CDS 1626-2486, bottom strand)`. */
export function featuresIn(features: readonly Feature[], length: number): string {
  const told = features.slice(0, MOST_FEATURES).map((feature) => featureIn(feature, length));
  const rest = features.length - told.length;
  return [...told, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}

function featureIn({ start, end, strand, type, name, part }: Feature, length: number): string {
  const share = part === undefined ? '' : `, bases ${part.from + 1}-${part.from + end - start} of its ${part.of}`;
  return `${name} (${type} ${placeOf(start, end, length)}${strand === 1 ? '' : ', bottom strand'}${share})`;
}

/** A stretch as it is told: `start` from 0 and `end` not included become first and last base, counted from 1. */
export function placeOf(start: number, end: number, length: number): string {
  const last = end > length ? end - length : end;
  return `${start + 1}-${last}`;
}

/** A number with its noun: `1 fragment`, `2 fragments`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
