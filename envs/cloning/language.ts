import type { Json } from '../../src/core/json.js';
import type { Config } from './config.js';
import { ENZYMES } from './dna/enzymes.js';
import { storeOf } from './store.js';
import type { CloningTask, Goal } from './tasks/task.js';
import { labelsOf } from './tasks/words.js';
import { brief, lineOf } from './words.js';
import { type Entry, isBundle, type World } from './world.js';

/** The whole store, a line an entry. */
export function view(task: CloningTask, world: World): Json {
  return { store: [...storeOf(task, world)].map(([key, entry]) => lineOf(key, undescribed(entry))) };
}

/** NOTE: what a search says of a molecule is told once, in its answer; the store is shown after every step. */
function undescribed(entry: Entry): Entry {
  if (isBundle(entry)) return { bundle: entry.bundle.map((member) => ({ ...member, description: '' })) };
  return { ...entry, description: '' };
}

export function show(seen: Json): string {
  if (seen === null) return '';
  const { store } = seen as { readonly store: readonly string[] };
  return store.length === 0 ? 'The store is empty.' : ['The store:', ...store].join('\n');
}

/** What is right, once it is over: the option as it is shown, the sequences, or what the molecule must be. */
export function solution(task: CloningTask): Json {
  const { gold, options } = task;
  if ('option' in gold) return { answer: `${labelsOf(task)[gold.option]}) ${options[gold.option]}` };
  return gold as unknown as Json;
}

export function saySolution(told: Json): string {
  const right = told as { readonly answer?: string; readonly sequences?: readonly string[]; readonly goal?: Goal };
  if (right.answer !== undefined) return `The right answer is ${right.answer}.`;
  if (right.sequences !== undefined) return `Right: ${right.sequences.map(brief).join(', ')}.`;
  return `Wanted: ${right.goal === undefined ? 'nothing' : goalIn(right.goal)}.`;
}

function goalIn({ circular, parts, frames, absent, minLength, maxLength }: Goal): string {
  const size = minLength === maxLength ? `${maxLength}` : `${minLength} to ${maxLength}`;
  const list = (names: readonly { readonly name: string }[]) => names.map(({ name }) => name).join(', ');
  return [
    `a ${circular ? 'circular' : 'linear'} molecule of ${size} bp`,
    ...(parts.length === 0 ? [] : [`with ${list(parts)}, in this order`]),
    ...(frames.length === 0 ? [] : [`that codes for ${list(frames)}`]),
    ...(absent.length === 0 ? [] : [`without ${list(absent)}`]),
  ].join(' ');
}

export function rules({ maxSteps, maxCalls, ownLibrary, weights }: Config): string {
  return [
    'You solve a task of molecular cloning by calling tools. Molecules lie in a store under keys; tools take keys, or bases written out, and put what they make into the store under new keys. The whole store is shown after each step.',
    "Positions count from 1 on the strand as written, both ends included; on a circle an end before the start goes across the origin. All sequences read from 5' to 3'. A sequence is the top strand of its molecule; what the bottom strand has beyond it is told as an overhang, whose bases read 5' to 3', too.",
    `Enzymes are named as in REBASE; ${ENZYMES.size} of them are known. Melting temperatures are for 500 nmol/l of oligonucleotide and 50 mmol/l of sodium.`,
    ownLibrary
      ? 'Searches look through your own sequence files, too.'
      : 'Searches look through a small embedded library.',
    `Up to ${maxCalls} calls are run in one step, in order; after ${maxSteps} steps without an end it is cut off. A call that goes wrong says what would be right and costs nothing.`,
    `The task says how to hand in, which ends it. It pays ${weights.correct} for a right result and ${weights.share} times the share of it that is right.`,
  ].join('\n');
}
