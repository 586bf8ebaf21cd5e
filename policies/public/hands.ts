/** The hands of one seat in one situation. */
export interface Laid {
  /** How many entries its vectors have. */
  readonly count: number;
  /** For each entry the one before that it comes from; null where each comes from its own. */
  readonly from: Int32Array | null;
  /** For each pair that was given: its entry. */
  readonly at: readonly number[];
}

/**
 * Gives each thing a seat can know a vector entry, next to those that come from the same entry before.
 *
 *
 * @param pairs by history: a number for what the seat knows, and the entry before that this comes from
 * @param before how many entries there were before
 * @param keep whether hands keep their entries where others only fall away (a card on the table is nobody's) and at
 *   most half stand empty then; else the others close ranks
 * @returns null if one thing known comes from two entries: the seat has forgotten something
 */
export function lay(
  pairs: readonly (readonly [known: number, from: number])[],
  before: number,
  keep: boolean,
): Laid | null {
  const fromOf = new Map<number, number>();
  for (const [known, from] of pairs) {
    if ((fromOf.get(known) ?? from) !== from) return null;
    fromOf.set(known, from);
  }
  const froms = [...fromOf.values()];
  if (new Set(froms).size === froms.length && (froms.length === before || (keep && 2 * froms.length >= before))) {
    return { count: before, from: null, at: pairs.map(([, from]) => from) };
  }
  const ordered = [...fromOf].sort(([, x], [, y]) => x - y);
  const entry = new Map(ordered.map(([known], index) => [known, index]));
  return {
    count: ordered.length,
    from: Int32Array.from(ordered, ([, from]) => from),
    at: pairs.map(([known]) => entry.get(known) as number),
  };
}
