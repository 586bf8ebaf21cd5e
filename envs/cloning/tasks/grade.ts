import { gcOf, occurrences, otherStrand, places } from './bases.js';
import { frameAt } from './codons.js';
import type { CloningTask, Goal } from './task.js';
import { readChoice } from './words.js';

/** A molecule that was handed in. */
export interface Molecule {
  readonly sequence: string;
  readonly circular: boolean;
}

/** What was handed in: an answer in words, or molecules; for a `goal` everything that is in the store. */
export type Handed = { readonly answer: string } | { readonly molecules: readonly Molecule[] };

/** `share`: how much of it is right, 0 to 1; 1 exactly where it is correct. */
export interface Grade {
  readonly correct: boolean;
  readonly share: number;
}

/**
 * Grades what was handed in by what it is. An answer counts as the one option it names, so that naming two is wrong.
 * Sequences are compared one by one, and a plasmid with the points of its goal. What is handed in by another door than
 * the task's own is wrong.
 */
export function grade(task: CloningTask, handed: Handed): Grade {
  const { gold } = task;
  if ('answer' in handed) return allOrNothing('option' in gold && readChoice(task, handed.answer) === gold.option);
  if ('sequences' in gold) return gradeSequences(gold.sequences, handed.molecules);
  if ('goal' in gold) return gradeGoal(gold.goal, task.materials, handed.molecules);
  return allOrNothing(false);
}

function allOrNothing(correct: boolean): Grade {
  return { correct, share: correct ? 1 : 0 };
}

/** The mean identity over the sequences wanted, in their order; one too many or too few is not correct. */
function gradeSequences(wanted: readonly string[], given: readonly Molecule[]): Grade {
  const count = Math.max(wanted.length, given.length);
  let sum = 0;
  for (const [index, sequence] of wanted.entries()) sum += identity(sequence, given[index]?.sequence ?? '');
  const lines = given.every(({ circular }) => !circular);
  const share = sum / count;
  return lines && share === 1 ? { correct: true, share } : { correct: false, share: Math.min(share, 0.99) };
}

/**
 * The share of identical bases: the best of both strands, laid end to end at the left or at the right, over the longer
 * of the two.
 */
export function identity(one: string, other: string): number {
  const longer = Math.max(one.length, other.length);
  if (longer === 0) return 0;
  const a = one.toUpperCase();
  const b = other.toUpperCase();
  const same = [b, otherStrand(b)].flatMap((strand) => [
    matches(a, strand, 0),
    matches(a, strand, a.length - b.length),
  ]);
  return Math.max(...same) / longer;
}

/** Equal letters when `b` is laid on `a` from a place of `a` on, which may lie before its start. */
function matches(a: string, b: string, from: number): number {
  let count = 0;
  for (let at = Math.max(0, -from); at < b.length && at + from < a.length; at++) if (a[at + from] === b[at]) count++;
  return count;
}

/**
 * The best of the molecules. NOTE: what lay in the store from the start meets some points already; the share counts from
 * there, so that handing back what was given is worth nothing.
 */
function gradeGoal(goal: Goal, materials: readonly Molecule[], molecules: readonly Molecule[]): Grade {
  const [start, reached] = [bestShare(goal, materials), bestShare(goal, molecules)];
  if (reached === 1) return { correct: true, share: 1 };
  return { correct: false, share: Math.max(0, (reached - start) / (1 - start)) };
}

function bestShare(goal: Goal, molecules: readonly Molecule[]): number {
  const shares = molecules.map((molecule) => {
    const points = pointsOf(goal, molecule);
    return points.filter(Boolean).length / points.length;
  });
  return Math.max(0, ...shares);
}

/** The points of a goal in turn, and whether the molecule meets them, on its better strand. */
function pointsOf(goal: Goal, { sequence, circular }: Molecule): boolean[] {
  const dna = sequence.toUpperCase().replaceAll('U', 'T');
  const gc = gcOf(dna);
  const whole = [
    circular === goal.circular,
    dna.length >= goal.minLength && dna.length <= goal.maxLength,
    gc >= goal.minGc && gc <= goal.maxGc,
    ...goal.absent.map((motif) => occurrences(dna, motif.dna, circular) === 0),
  ];
  const strands = [dna, otherStrand(dna)].map((strand) => strandPoints(goal, strand, circular));
  const [here, there] = strands as [boolean[], boolean[]];
  return [...whole, ...(there.filter(Boolean).length > here.filter(Boolean).length ? there : here)];
}

function strandPoints({ parts, frames }: Goal, strand: string, circular: boolean): boolean[] {
  const placed = partsInOrder(parts, strand, circular);
  return [
    ...parts.map((_, index) => index < placed),
    ...frames.map(({ protein }) => frameStarts(strand, protein, circular).length > 0),
  ];
}

/** How many of the parts, from the first on, follow each other in one turn. */
function partsInOrder(parts: Goal['parts'], strand: string, circular: boolean): number {
  const [first, ...rest] = parts;
  if (first === undefined) return 0;
  let most = 0;
  for (const [start] of hits(first, strand, circular)) {
    const turned = circular ? strand.slice(start) + strand.slice(0, start) : strand;
    let end = circular ? 0 : start;
    let placed = 0;
    for (const part of [first, ...rest]) {
      const next = hits(part, turned, false).find(([from]) => from >= end);
      if (next === undefined) break;
      end = next[1];
      placed++;
    }
    most = Math.max(most, placed);
  }
  return most;
}

type Hit = readonly [start: number, end: number];

function hits({ dna, protein }: Goal['parts'][number], strand: string, circular: boolean): Hit[] {
  if (dna !== null) return places(strand, dna, circular).map((start) => [start, start + dna.length]);
  if (protein === null) return [];
  return frameStarts(strand, protein, circular).map((start) => [start, start + 3 * (protein.length + 1)]);
}

/** Where a protein is read from its ATG to a stop. */
function frameStarts(strand: string, protein: string, circular: boolean): number[] {
  const read = circular ? strand + strand.slice(0, 3 * (protein.length + 1) - 1) : strand;
  return places(read, 'ATG').filter((start) => start < strand.length && frameAt(read, start)?.protein === protein);
}
