import { UserError } from '../../../src/core/errors.js';
import { reverseComplement } from './iupac.js';
import { meltingTemperature } from './melting.js';

const SHORTEST = 15;
const LONGEST = 60;
/** How far from the wanted temperature the nearest primer may be. */
const TOLERANCE = 5;

/** A designed primer: its tail, the bases that pair with the template, and their melting temperature. */
export interface Primer {
  readonly tail: string;
  readonly annealing: string;
  readonly tm: number;
}

/** Primers that amplify a stretch from its first base to its last, each annealing as near to `tm` degrees as it can. */
export function primersFor(
  target: string,
  tm: number,
  tails: { readonly forward: string; readonly reverse: string },
): { readonly forward: Primer; readonly reverse: Primer } {
  if (target.length < SHORTEST)
    throw new UserError(`a target of ${target.length} bases is too short; ${SHORTEST} are needed`);
  return {
    forward: { tail: tails.forward, ...nearest(target, tm, 'forward') },
    reverse: { tail: tails.reverse, ...nearest(reverseComplement(target), tm, 'reverse') },
  };
}

/** The start of a strand whose temperature is nearest to the wanted one; the shorter of two equally near. */
function nearest(strand: string, wanted: number, which: string): { readonly annealing: string; readonly tm: number } {
  let best: { annealing: string; tm: number } | null = null;
  for (let length = SHORTEST; length <= Math.min(LONGEST, strand.length); length++) {
    const annealing = strand.slice(0, length);
    const tm = meltingTemperature(annealing);
    if (best === null || Math.abs(tm - wanted) < Math.abs(best.tm - wanted)) best = { annealing, tm };
  }
  const found = best as { annealing: string; tm: number };
  if (Math.abs(found.tm - wanted) <= TOLERANCE) return found;
  throw new UserError(
    `no ${which} primer of ${SHORTEST} to ${LONGEST} bases anneals within ${TOLERANCE} degrees of ${wanted}; the nearest, ${found.annealing}, melts at ${found.tm.toFixed(1)}`,
  );
}
