import { angle, minus } from './geometry.js';
import { backboneBonds } from './hydrogen-bonds.js';
import { atom, isBonded, type Residue, type Structure } from './structure.js';

/** What the letters say; `-` is none of them. */
export const LETTERS: { readonly [letter: string]: string } = {
  H: 'alpha helix',
  B: 'isolated bridge',
  E: 'strand of a sheet',
  G: '3-10 helix',
  I: 'pi helix',
  T: 'turn',
  S: 'bend',
  '-': 'none of these',
};

type Bridge = { readonly one: number; readonly other: number; readonly parallel: boolean };

/**
 * The letter of each residue's secondary structure, in order.
 * SEE: W. Kabsch, C. Sander, Biopolymers 22 (1983) 2577: turns, helices, bridges, ladders and bends; where two fit, H goes
 * before B and E, these before G, I, T and S, as there.
 */
export function secondaryStructure(structure: Structure): string {
  const bonds = new Set(backboneBonds(structure).map(({ donor, acceptor }) => keyOf(donor, acceptor)));
  const letters: string[] = structure.map(() => NONE);
  markHelix(structure, bonds, 4, 'H', letters);
  markSheets(structure, bonds, letters);
  markHelix(structure, bonds, 3, 'G', letters);
  markHelix(structure, bonds, 5, 'I', letters);
  for (const size of [3, 4, 5]) markTurns(structure, bonds, size, letters);
  for (const at of structure.keys()) if (bends(structure, at)) mark(letters, 'S', at, at);
  return letters.join('');
}

const NONE = '-';

/** Sets a stretch, its last residue included, where nothing that goes before stands. */
function mark(letters: string[], letter: string, first: number, last: number): void {
  for (let at = first; at <= last; at++) if (letters[at] === NONE) letters[at] = letter;
}

function keyOf(donor: number, acceptor: number): string {
  return `${donor}>${acceptor}`;
}

/** Whether the residues of a stretch follow each other on one chain. */
function unbroken(structure: Structure, from: number, to: number): boolean {
  if (from < 0 || to >= structure.length) return false;
  for (let at = from; at < to; at++) if (!isBonded(structure[at], structure[at + 1])) return false;
  return true;
}

/** A turn of a size at a residue: its C=O is bonded to the N-H that many residues on. */
function isTurn(structure: Structure, bonds: ReadonlySet<string>, at: number, size: number): boolean {
  return bonds.has(keyOf(at + size, at)) && unbroken(structure, at, at + size);
}

function markTurns(structure: Structure, bonds: ReadonlySet<string>, size: number, letters: string[]): void {
  for (let at = 0; at < structure.length; at++) {
    if (isTurn(structure, bonds, at, size)) mark(letters, 'T', at + 1, at + size - 1);
  }
}

/** Two turns in a row make a helix of the residues they have in common, if all of those are still free for it. */
function markHelix(
  structure: Structure,
  bonds: ReadonlySet<string>,
  size: number,
  letter: string,
  letters: string[],
): void {
  for (let at = 1; at + size < structure.length; at++) {
    if (!isTurn(structure, bonds, at - 1, size) || !isTurn(structure, bonds, at, size)) continue;
    const stretch = letters.slice(at, at + size);
    if (stretch.every((there) => there === letter || there === NONE)) mark(letters, letter, at, at + size - 1);
  }
}

function markSheets(structure: Structure, bonds: ReadonlySet<string>, letters: string[]): void {
  const bridges = bridgesOf(structure, bonds);
  for (const bridge of bridges) {
    const letter = bridges.some((next) => follows(bridge, next) || follows(next, bridge)) ? 'E' : 'B';
    for (const at of [bridge.one, bridge.other]) markStrand(letters, letter, at, at);
  }
  for (const bridge of bridges) for (const next of bridges) fillBulge(bridge, next, letters);
}

/** Sets a stretch of bridges or strand; a strand goes before a bridge, a helix before both. */
function markStrand(letters: string[], letter: string, first: number, last: number): void {
  for (let at = first; at <= last; at++) if (letters[at] !== 'H' && letters[at] !== 'E') letters[at] = letter;
}

/** SEE: the paper's tables of the two kinds of bridges between residues i and j. */
function bridgesOf(structure: Structure, bonds: ReadonlySet<string>): Bridge[] {
  const bonded = (acceptor: number, donor: number) => bonds.has(keyOf(donor, acceptor));
  const found: Bridge[] = [];
  for (let one = 1; one < structure.length - 1; one++) {
    if (!unbroken(structure, one - 1, one + 1)) continue;
    for (let other = one + 3; other < structure.length - 1; other++) {
      if (!unbroken(structure, other - 1, other + 1)) continue;
      const parallel =
        (bonded(one - 1, other) && bonded(other, one + 1)) || (bonded(other - 1, one) && bonded(one, other + 1));
      const anti =
        (bonded(one, other) && bonded(other, one)) || (bonded(one - 1, other + 1) && bonded(other - 1, one + 1));
      if (parallel || anti) found.push({ one, other, parallel });
    }
  }
  return found;
}

/** Whether two bridges are rungs of one ladder with nothing between. */
function follows(bridge: Bridge, next: Bridge): boolean {
  const step = bridge.parallel ? 1 : -1;
  return next.parallel === bridge.parallel && next.one === bridge.one + 1 && next.other === bridge.other + step;
}

/** Two ladders with at most one residue extra on one strand and four on the other are one: what lies between is strand. */
function fillBulge(bridge: Bridge, next: Bridge, letters: string[]): void {
  if (next.parallel !== bridge.parallel) return;
  const gap = next.one - bridge.one;
  const across = bridge.parallel ? next.other - bridge.other : bridge.other - next.other;
  const near = gap > 0 && across > 0 && ((gap <= 2 && across <= 5) || (gap <= 5 && across <= 2));
  if (!near || gap + across === 2) return;
  markStrand(letters, 'E', bridge.one, next.one);
  markStrand(letters, 'E', Math.min(bridge.other, next.other), Math.max(bridge.other, next.other));
}

/** A bend: the chain turns by more than 70 degrees over two residues on either side. */
function bends(structure: Structure, at: number): boolean {
  if (!unbroken(structure, at - 2, at + 2)) return false;
  const alpha = (position: number) => atom(structure[position] as Residue, 'CA');
  return angle(minus(alpha(at), alpha(at - 2)), minus(alpha(at + 2), alpha(at))) > 70;
}

/** A helix: positions of its first and last residue with the letter H. */
export interface HelixSpan {
  readonly first: number;
  readonly last: number;
}

/** The alpha helices of a structure. @param letters as `secondaryStructure` gives them */
export function helicesOf(structure: Structure, letters: string): HelixSpan[] {
  const spans: HelixSpan[] = [];
  for (let at = 0; at < letters.length; at++) {
    if (letters[at] !== 'H') continue;
    const open = spans.at(-1);
    const goesOn = open !== undefined && open.last === at - 1 && isBonded(structure[at - 1], structure[at]);
    if (goesOn) spans[spans.length - 1] = { first: open.first, last: at };
    else spans.push({ first: at, last: at });
  }
  return spans;
}
