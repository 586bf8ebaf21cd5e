import { type Feature, wrapped } from './sequence.js';

/** The feature moved by so many bases. */
export function shifted(feature: Feature, by: number): Feature {
  return { ...feature, start: feature.start + by, end: feature.end + by };
}

/** What is left of a feature within bases `from` to `to`; null where nothing is. Positions stay as they are. */
export function clipped(feature: Feature, from: number, to: number): Feature | null {
  const start = Math.max(feature.start, from);
  const end = Math.min(feature.end, to);
  if (start >= end) return null;
  if (start === feature.start && end === feature.end) return feature;
  const cut = feature.strand === 1 ? start - feature.start : feature.end - end;
  const part = { from: (feature.part?.from ?? 0) + cut, of: feature.part?.of ?? feature.end - feature.start };
  return { ...feature, start, end, part };
}

/** The features within a window of a molecule, positions counted from the window's start; on a circle, of every turn. */
export function within(features: readonly Feature[], from: number, to: number, turn: number | null): Feature[] {
  const shifts = turn === null ? [0] : turnsOf(from, to, turn);
  return features.flatMap((feature) =>
    shifts.flatMap((by) => {
      const left = clipped(shifted(feature, by), from, to);
      return left === null ? [] : [shifted(left, -from)];
    }),
  );
}

function turnsOf(from: number, to: number, turn: number): number[] {
  const first = Math.floor(from / turn) - 1;
  const last = Math.ceil(to / turn);
  return Array.from({ length: last - first + 1 }, (_, at) => (first + at) * turn);
}

/** The feature as it stands on the other strand of a molecule whose bottom strand begins at top position `edge`. */
export function flipped(feature: Feature, edge: number): Feature {
  const strand = feature.strand === 1 ? -1 : 1;
  return { ...feature, start: edge - feature.end, end: edge - feature.start, strand };
}

/**
 * Joins pieces of the same feature that lie where they would in the whole, drops copies of what is there already, and
 * puts features in order. `turn` is the length of a circle, null on a line.
 */
export function merged(features: readonly Feature[], turn: number | null): Feature[] {
  const groups = new Map<string, Feature[]>();
  for (const feature of features) {
    const name = identityOf(feature, turn);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [feature]);
    else group.push(feature);
  }
  return [...groups.values()]
    .flatMap((group) => union(group, turn))
    .sort((a, b) => a.start - b.start || b.end - a.end || (a.name < b.name ? -1 : 1));
}

/** Where the whole feature would begin on its own strand, which pieces of one feature have in common. */
function originOf({ start, end, strand, part }: Feature): number {
  const from = part?.from ?? 0;
  return strand === 1 ? start - from : end + from;
}

function lengthOf({ start, end, part }: Feature): number {
  return part?.of ?? end - start;
}

function identityOf(feature: Feature, turn: number | null): string {
  const origin = turn === null ? originOf(feature) : wrapped(originOf(feature), turn);
  return JSON.stringify([feature.name, feature.type, feature.strand, lengthOf(feature), origin]);
}

function union(group: readonly Feature[], turn: number | null): Feature[] {
  const spans = group
    .map(({ start, end, part }) => ({ from: part?.from ?? 0, to: (part?.from ?? 0) + end - start }))
    .sort((a, b) => a.from - b.from);
  const joined: { from: number; to: number }[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last === undefined || span.from > last.to) joined.push({ ...span });
    else last.to = Math.max(last.to, span.to);
  }
  return joined.map((span) => placed(group[0] as Feature, span, turn));
}

function placed(feature: Feature, { from, to }: { from: number; to: number }, turn: number | null): Feature {
  const { name, type, strand } = feature;
  const of = lengthOf(feature);
  const origin = originOf(feature);
  const start = strand === 1 ? origin + from : origin - to;
  const first = turn === null ? start : wrapped(start, turn);
  const whole = { start: first, end: first + to - from, strand, type, name };
  return from === 0 && to === of ? whole : { ...whole, part: { from, of } };
}
