import { UserError } from '../../../src/core/errors.js';
import { type Rng, stream } from '../../../src/core/rng.js';
import { CODONS, type Code } from './codes.js';
import { shareOfGc } from './melting.js';

/**
 * How often E. coli K-12 uses each codon for its amino acid, in percent, in the order of `CODONS`.
 * SEE: Y. Nakamura, T. Gojobori, T. Ikemura, Nucleic Acids Res. 28 (2000) 292: Codon Usage Database, species 316407.
 */
const USAGE = `57 43 13 13 15 15 12 15 57 43 64 7 44 56 29 100 10 10 4 50 16 12 19 53 57 43 35 65 38 40 6 10
  51 42 7 100 16 44 13 27 45 55 76 24 15 28 4 2 26 22 15 37 16 27 21 36 63 37 69 31 34 41 11 15`
  .split(/\s+/)
  .map(Number);

const usage = new Map(CODONS.map((codon, at) => [codon, USAGE[at] as number]));

/** Codons used less often than this are not chosen where there is another. */
const RARE = 10;

/** What optimised DNA must be like. */
export interface Wishes {
  /** The most G and C, in percent. */
  readonly gc: number;
  /** No stretch of this many bases occurs twice. */
  readonly repeat: number;
}

/**
 * DNA for a protein with the codons E. coli uses, drawn as often as it uses them, then changed codon by codon until no
 * wish is broken. The same protein always gives the same DNA.
 * @param protein one-letter amino acids; `*` is a stop
 * @throws UserError when a letter has no codon, or the wishes cannot be met
 */
export function backTranslated(protein: string, code: Code, wishes: Wishes): string {
  const rng = stream('cloning: codons', protein);
  return settled(
    [...protein].map((acid) => drawn(synonyms(acid, code), rng)),
    code,
    wishes,
  );
}

/** DNA for the same protein as a reading frame, with as few codons changed as it takes. @throws UserError */
export function mended(dna: string, code: Code, wishes: Wishes): string {
  if (dna.length % 3 !== 0) throw new UserError(`a reading frame has a multiple of 3 bases; this has ${dna.length}`);
  const codons = dna.match(/.{3}/g) ?? [];
  const odd = codons.findIndex((codon) => !code.acids.has(codon));
  if (odd >= 0) throw new UserError(`codon ${odd + 1} is ${codons[odd]}; only A, C, G and T can be changed for others`);
  return settled(codons, code, wishes);
}

function synonyms(acid: string, { acids, id }: Code): readonly string[] {
  const all = CODONS.filter((codon) => acids.get(codon) === acid);
  if (all.length === 0) throw new UserError(`codon table ${id} has no codon for "${acid}"`);
  const common = all.filter((codon) => (usage.get(codon) as number) >= RARE);
  return [...(common.length > 0 ? common : all)].sort((a, b) => (usage.get(b) as number) - (usage.get(a) as number));
}

function drawn(codons: readonly string[], rng: Rng): string {
  const total = codons.reduce((sum, codon) => sum + (usage.get(codon) as number), 0);
  return rng.weighted(codons.map((codon) => [codon, (usage.get(codon) as number) / total] as const));
}

const ROUNDS = 4;
/** Repeats that are broken before a sequence is given up: it would be nothing but repeats. */
const PATIENCE = 1000;
const MOST_CODONS = 3000;

function settled(codons: readonly string[], code: Code, wishes: Wishes): string {
  if (codons.length > MOST_CODONS)
    throw new UserError(`at most ${MOST_CODONS} codons are worked on at once; here are ${codons.length}`);
  let now = [...codons];
  for (let round = 0; round < ROUNDS; round++) {
    now = lowered(now, code, wishes.gc);
    const repeat = repeatIn(now.join(''), wishes.repeat);
    if (repeat === null) return now.join('');
    now = parted(now, code, wishes);
  }
  throw hopeless(wishes);
}

function hopeless({ repeat, gc }: Wishes): UserError {
  return new UserError(
    `repeats of ${repeat} bases and at most ${gc} % G and C do not go together here; allow longer repeats or more G and C`,
  );
}

/** Codons exchanged for synonyms poorer in G and C, those that are used nearly as often first, until there are few enough. */
function lowered(codons: readonly string[], code: Code, ceiling: number): string[] {
  const now = [...codons];
  const most = Math.floor((ceiling / 100) * codons.length * 3);
  let count = gcOf(now.join(''));
  while (count > most) {
    const swaps = now.flatMap((codon, at) => swapsAt(codon, at, code)).sort((a, b) => a.loss - b.loss || a.at - b.at);
    if (swaps.length === 0)
      throw new UserError(
        `this protein needs ${percent(count, codons.length * 3)} % G and C at least; ${ceiling} % is too low`,
      );
    const touched = new Set<number>();
    for (const { at, codon, saved } of swaps) {
      if (count <= most || touched.has(at)) continue;
      touched.add(at);
      now[at] = codon;
      count -= saved;
    }
  }
  return now;
}

interface Swap {
  readonly at: number;
  readonly codon: string;
  readonly saved: number;
  readonly loss: number;
}

function swapsAt(codon: string, at: number, code: Code): Swap[] {
  return others(codon, code).flatMap((other) => {
    const saved = gcOf(codon) - gcOf(other);
    const loss = Math.log((usage.get(codon) as number) / (usage.get(other) as number)) / saved;
    return saved > 0 ? [{ at, codon: other, saved, loss }] : [];
  });
}

function others(codon: string, code: Code): readonly string[] {
  return CODONS.filter((other) => other !== codon && code.acids.get(other) === code.acids.get(codon));
}

/** Every repeat broken by one synonym in its second copy, in order. A codon without a fitting synonym is left as it is. */
function parted(codons: readonly string[], code: Code, wishes: Wishes): string[] {
  const { repeat, gc } = wishes;
  const now = [...codons];
  const most = Math.floor((gc / 100) * codons.length * 3);
  let met = 0;
  for (let from = 0; ; ) {
    if (++met > PATIENCE) throw hopeless(wishes);
    const text = now.join('');
    const at = repeatIn(text, repeat, from);
    if (at === null) return now;
    const change = breaking(now, code, at, repeat, most - gcOf(text));
    if (change !== null) now[change.at] = change.codon;
    from = change === null ? at + 1 : at;
  }
}

function breaking(
  codons: readonly string[],
  code: Code,
  at: number,
  length: number,
  room: number,
): { at: number; codon: string } | null {
  const first = Math.floor(at / 3);
  const last = Math.min(codons.length - 1, Math.floor((at + length - 1) / 3));
  for (let index = last; index >= first; index--) {
    const codon = codons[index] as string;
    for (const other of [...others(codon, code)].sort((a, b) => (usage.get(b) as number) - (usage.get(a) as number))) {
      if (gcOf(other) - gcOf(codon) > room) continue;
      if (isUnique(codons.with(index, other).join(''), index * 3, length)) return { at: index, codon: other };
    }
  }
  return null;
}

/** Whether no stretch that holds the codon at a base occurs elsewhere. */
function isUnique(text: string, base: number, length: number): boolean {
  for (let at = Math.max(0, base - length + 1); at <= base + 2 && at + length <= text.length; at++) {
    const stretch = text.slice(at, at + length);
    if (text.indexOf(stretch) !== text.lastIndexOf(stretch)) return false;
  }
  return true;
}

/** Where a stretch of so many bases occurs for the second time, from a base on; null where none does. */
export function repeatIn(text: string, length: number, from = 0): number | null {
  const seen = new Set<string>();
  for (let at = 0; at + length <= text.length; at++) {
    const stretch = text.slice(at, at + length);
    if (at >= from && seen.has(stretch)) return at;
    seen.add(stretch);
  }
  return null;
}

function gcOf(text: string): number {
  return Math.round(shareOfGc(text) * text.length);
}

function percent(count: number, length: number): string {
  return ((100 * count) / length).toFixed(1);
}
