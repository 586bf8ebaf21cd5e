import type { Game, Overheard } from './overheard.js';

/** A short word is not a secret: it may stand in anything. */
const SHORTEST = 12;

/** What viewers of one game were sent that they may not know. */
export function leaks({ viewers, secrets }: Game): string[] {
  return viewers.flatMap(({ looker, frames, hidden, items }) => {
    const all = frames.join('\n');
    const told = items.join('\n');
    const events = hidden.filter((event) => !told.includes(event) && all.includes(event));
    const words = hidden.flatMap(wordsOf).filter((word) => !told.includes(word) && all.includes(word));
    const kept = secrets.filter((secret) => all.includes(secret));
    return [...events, ...words, ...kept].map((found) => `${looker} was sent ${found}`);
  });
}

/** Texts within an event. */
function wordsOf(event: string): string[] {
  const words: string[] = [];
  JSON.parse(event, (_, value: unknown) => {
    if (typeof value === 'string' && value.length >= SHORTEST) words.push(value);
    return value;
  });
  return words;
}

/** A viewer of two games who could tell them apart although it was told the same, and how long it was. */
export interface Compared {
  readonly differences: readonly string[];
  /** Viewers who were told the same in both for at least a while, while not the same was played. */
  readonly twins: number;
}

/** Looks for what is different in two games to viewers as long as they were told the same and did the same. */
export function compare(one: Game, other: Game): Compared {
  const differences: string[] = [];
  let twins = 0;
  for (const [at, viewer] of one.viewers.entries()) {
    const twin = other.viewers[at] as Overheard;
    const [a, b] = [until(viewer, twin), until(twin, viewer)];
    if (a.length > 0) twins++;
    const difference = differenceOf(viewer, twin, a, b);
    if (difference !== null) differences.push(`${viewer.looker}: ${difference}`);
  }
  for (const [at, said] of one.lobby.entries()) {
    if (other.lobby[at] !== said) differences.push(`the lobby said ${said} and ${other.lobby[at]}`);
  }
  if (one.lobby.length > 1) differences.push(`the lobby said ${one.lobby.join(' and then ')}`);
  return { differences, twins };
}

/** The frames up to the step that tells a viewer, or has it do, what its twin is not told or does not do. */
function until(viewer: Overheard, twin: Overheard): readonly string[] {
  const common = sharedItems(viewer, twin);
  const before = viewer.marks.filter(({ items }) => items <= common);
  return viewer.frames.slice(0, before.at(-1)?.frames ?? 0);
}

function sharedItems({ items }: Overheard, twin: Overheard): number {
  const at = items.findIndex((item, index) => twin.items[index] !== item);
  return at < 0 ? items.length : at;
}

/**
 * NOTE: where the next thing differs, one of the two may be asked while the other is told something first. That one
 * frame more is what it did next, and it knows that.
 */
function differenceOf(viewer: Overheard, twin: Overheard, a: readonly string[], b: readonly string[]): string | null {
  const shorter = Math.min(a.length, b.length);
  const at = a.slice(0, shorter).findIndex((frame, index) => frame !== b[index]);
  if (at >= 0) return `frame ${at} is ${a[at]} or ${b[at]}`;
  const [longer, frames] = a.length > shorter ? [viewer, a] : [twin, b];
  const extra = frames.slice(shorter);
  if (extra.length === 0) return null;
  const next = longer.items[sharedItems(viewer, twin)];
  const isAsked = extra.length === 1 && extra[0]?.includes('"/G/asked"') === true;
  if (isAsked && next?.startsWith('move ') === true) return null;
  return `${a.length} frames or ${b.length}; one more is ${extra[0]}`;
}
