import type { Item } from './design.js';
import type { Reach } from './reach.js';

export interface Anchor {
  readonly agent: string;
  /** Where it stands, in points. */
  readonly rating: number;
}

/** What the ratings of items that compare with each other are measured from. Results tell distances only. */
export interface Frame {
  /** Number of the part of the results: agents of different parts never met, not even through others. */
  readonly part: number;
  /** Items whose mean is held still when the spread of ratings is judged. */
  readonly still: readonly number[];
  /** Every item from which chains of wins lead to an item and back have finite distances to it. */
  readonly core: number;
  /** The item that stands where it is told to, if it is here. */
  readonly anchor: number | null;
}

/**
 * One frame for each item: those of one part and one group share it.
 * @param reference `field`: the middle of the largest set whose distances are all finite is held still; `anchor`: the anchor
 */
export function framesOf(
  items: readonly Item[],
  reach: Reach,
  anchor: Anchor | undefined,
  reference: 'field' | 'anchor',
): Frame[] {
  const parts = reach.parts();
  const known = new Map<string, Frame>();
  return items.map(({ group }, index) => {
    const part = parts[index] as number;
    const key = JSON.stringify([part, group]);
    const frame = known.get(key) ?? frameOf(items, parts, reach, { part, group, anchor, reference });
    known.set(key, frame);
    return frame;
  });
}

interface Asked {
  readonly part: number;
  readonly group: string | null;
  readonly anchor: Anchor | undefined;
  readonly reference: 'field' | 'anchor';
}

function frameOf(
  items: readonly Item[],
  parts: readonly number[],
  reach: Reach,
  { part, group, anchor, reference }: Asked,
): Frame {
  const here = items.map((_, index) => index).filter((index) => parts[index] === part);
  const own = here.filter((index) => items[index]?.group === group);
  const anchored = own.find((index) => items[index]?.agent === anchor?.agent) ?? null;
  const core = reference === 'anchor' && anchored !== null ? anchored : largest(here, reach);
  const mutual = own.filter((index) => reach.both(index, core));
  const still = reference === 'anchor' && anchored !== null ? [anchored] : mutual.length > 0 ? mutual : own;
  return { part, still, core, anchor: anchored };
}

/** A member of the largest set whose members all reach each other; of equals, the first. */
function largest(here: readonly number[], reach: Reach): number {
  const sizes = here.map((index) => here.filter((other) => reach.both(index, other)).length);
  return here[sizes.indexOf(Math.max(...sizes))] as number;
}
