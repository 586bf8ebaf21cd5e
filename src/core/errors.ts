/** An error whose message is meant for the person at the terminal: what was wrong, where, and what is right. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** What no further try and no further game can mend: a wrong key, a spent budget. It ends the run; what is finished stays. */
export class Hopeless extends UserError {}

/** A budget allows no further call. */
export class Spent extends Hopeless {}

/** An agent that is asked a turn of the past again says so where its answer then was no longer awaited. */
export class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
}

/** A move that the rules do not take, with the reason. The state is as it was. */
export class MoveRefused extends Error {
  override readonly name = 'MoveRefused';
}

/** The message of anything that was thrown, never empty. Never throws itself. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message || thrown.name;
  return typeof thrown === 'string' && thrown !== '' ? thrown : `something that is no error (${typeof thrown})`;
}

/** The names closest to a misspelt one, best first; empty when none is near. */
export function nearest(name: string, known: readonly string[], most = 3): string[] {
  const limit = Math.max(2, Math.ceil(name.length / 3));
  return known
    .map((candidate) => ({ candidate, distance: distanceOf(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= limit || (name.length > 2 && candidate.includes(name)))
    .sort((x, y) => x.distance - y.distance || (x.candidate < y.candidate ? -1 : 1))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** "Did you mean ...?" or, when nothing is near, the whole list. */
export function suggestion(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  if (near.length > 0) return `did you mean ${near.join(' or ')}?`;
  return known.length > 0 ? `known: ${[...known].sort().join(', ')}` : 'none is known';
}

/** Edit distance (Levenshtein) in one row. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
