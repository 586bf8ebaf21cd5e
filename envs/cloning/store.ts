import { suggestion, UserError } from '../../src/core/errors.js';
import { kindOf, readLetters } from './dna/iupac.js';
import { molecule, type Sequence } from './dna/sequence.js';
import type { CloningTask, Material } from './tasks/task.js';
import { lineOf } from './words.js';
import { type CloningJob, type Entry, isBundle, type World } from './world.js';

/** The most keys and letters a store holds, so that no loop of calls can grow it without end. */
const MOST_KEYS = 400;
const MOST_LETTERS = 3_000_000;

type Store = ReadonlyMap<string, Entry>;

/** NOTE: every call looks into the store; what a task brings is read once. */
const brought = new WeakMap<CloningTask, Store>();

/** Everything that is in the store by its key: what the task brings, then what was made. */
export function storeOf(task: CloningTask, world: World): Map<string, Entry> {
  let materials = brought.get(task);
  if (materials === undefined) {
    materials = new Map(task.materials.map((material) => [material.key, sequenceOf(material)]));
    brought.set(task, materials);
  }
  return new Map([...materials, ...Object.entries(world.made)]);
}

function sequenceOf({ name, sequence, type, circular, features }: Material): Sequence {
  const letters = readLetters(sequence, type);
  const placed = features.map(({ start, end, ...rest }) => {
    return { ...rest, start: start - 1, end: end < start ? end + letters.length : end };
  });
  return molecule(letters, { name, type, circular, features: placed });
}

/** What a key stands for. @throws UserError that names the keys near to it */
export function entryAt({ task, world }: CloningJob, key: string): Entry {
  const store = storeOf(task, world);
  const found = store.get(key) ?? spelt(key);
  if (found === undefined)
    throw new UserError(`there is no "${key.slice(0, 60)}" in the store; ${suggestion(key, [...store.keys()])}`);
  return found;
}

/** NOTE: who writes out bases where a key is wanted means these bases; nothing else is as long and of these letters. */
function spelt(text: string): Sequence | undefined {
  const isBases = text.length >= 6 && /^[ACGTU]+$/i.test(text);
  return isBases ? molecule(readLetters(text, kindOf(text)), { type: kindOf(text) }) : undefined;
}

/** The one molecule under a key. @throws UserError for a bundle of several */
export function oneAt(job: CloningJob, key: string): Sequence {
  const entry = entryAt(job, key);
  if (!isBundle(entry)) return entry;
  const [only, ...more] = entry.bundle;
  if (only !== undefined && more.length === 0) return only;
  throw new UserError(
    `${key} is a bundle of ${entry.bundle.length} sequences, and one is wanted: take them apart with separate`,
  );
}

/** The one molecule of DNA under a key. */
export function dnaAt(job: CloningJob, key: string): Sequence {
  const found = oneAt(job, key);
  if (found.type !== 'dna') throw new UserError(`${key} is ${nameOf(found.type)}, and DNA is wanted`);
  return found;
}

export function nameOf(type: Sequence['type']): string {
  return type === 'protein' ? 'a protein' : type.toUpperCase();
}

/** All molecules under a key or several; bundles give all of theirs. Each has a name: its own, or its key. */
export function allAt(job: CloningJob, keys: string | readonly string[]): Sequence[] {
  const list = typeof keys === 'string' ? [keys] : keys;
  return list.flatMap((key) => {
    const entry = entryAt(job, key);
    if (isBundle(entry)) return entry.bundle;
    return [entry.name === '' ? { ...entry, name: key.slice(0, 60) } : entry];
  });
}

/** A molecule by its key or by its name, also within bundles. @throws UserError when there is none or more than one */
export function named(job: CloningJob, name: string): Sequence {
  const store = storeOf(job.task, job.world);
  const entry = store.get(name);
  if (entry !== undefined) return oneAt(job, name);
  const wanted = name.trim().toLowerCase();
  const found = [...store].flatMap(([key, each]) =>
    (isBundle(each) ? each.bundle : [each])
      .filter((one) => one.name.toLowerCase() === wanted)
      .map((one) => ({ key, one })),
  );
  const letters = new Set(found.map(({ one }) => one.sequence));
  if (letters.size === 1) return (found[0] as { one: Sequence }).one;
  if (letters.size > 1)
    throw new UserError(
      `"${name}" is the name of different sequences: ${found.map(({ key }) => key).join(', ')}; give the key`,
    );
  throw new UserError(`no sequence in the store is called "${name}"; ${suggestion(name, [...store.keys()])}`);
}

/** What was put into the store, and a line about each. */
export interface Stored {
  readonly world: World;
  readonly keys: readonly string[];
  readonly text: string;
}

/** Puts entries into the store under fresh keys. @param prefix what the key begins with, told from the entry's number */
export function stored(job: CloningJob, entries: readonly Entry[], prefix: (at: number) => string): Stored {
  const made: { [key: string]: Entry } = { ...job.world.made };
  const keys = entries.map((entry, at) => {
    const key = job.key(prefix(at));
    made[key] = entry;
    return key;
  });
  const store = storeOf(job.task, { made });
  const letters = [...store.values()].reduce((sum, entry) => sum + lettersOf(entry), 0);
  if (store.size > MOST_KEYS || letters > MOST_LETTERS) {
    throw new UserError(`the store is full: it holds ${MOST_KEYS} keys and ${MOST_LETTERS} letters at most`);
  }
  return { world: { made }, keys, text: entries.map((entry, at) => lineOf(keys[at] as string, entry)).join('\n') };
}

function lettersOf(entry: Entry): number {
  return isBundle(entry) ? entry.bundle.reduce((sum, { sequence }) => sum + sequence.length, 0) : entry.sequence.length;
}
