import { stream } from '../../src/core/rng.js';
import { bareBundle } from './bundle.js';
import type { Coil } from './crick.js';
import { type Site, sitesOf } from './sites.js';

/**
 * The backbones that embedded proteins have: bundles of three and four helices whose radii and pitches lie about those
 * found in nature. SEE: P. B. Harbury et al., Science 262 (1993) 1401 (radius and pitch by number of strands).
 */
const COUNT = 48;

export const COILS: readonly Coil[] = Array.from({ length: COUNT }, (_, at) => coil(at));

function coil(at: number): Coil {
  const rng = stream('protein-stability', `backbone ${at}`);
  const helices = 3 + (at % 2);
  const between = (least: number, most: number) => least + rng.float() * (most - least);
  const antiparallel = rng.below(2) === 1;
  const sizes = helices === 3 ? ([6.3, 6.7, 165, 190, 26] as const) : ([7.4, 7.8, 195, 220, 22] as const);
  const [near, far, short, long, least] = sizes;
  return {
    ...{ helices, antiparallel, radius: rounded(between(near, far)), pitch: rounded(between(short, long)) },
    ...{ length: least + rng.below(7), register: rng.below(7), phase: rounded(between(3, 7)) },
  };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** NOTE: what a backbone offers is the same for all proteins on it, and takes longer to work out than all else. */
const sites: (readonly Site[])[] = [];

/** What each position of a backbone offers, by its number in `COILS`. */
export function sitesOn(backbone: number): readonly Site[] {
  const coil = COILS[backbone] as Coil;
  sites[backbone] ??= sitesOf(bareBundle(coil, 'A'.repeat(coil.helices * coil.length)));
  return sites[backbone];
}
