import { lanes } from '../../src/core/json.js';
import type { EpisodeRecord } from '../schema.js';

export type Side = 'train' | 'validation';

/** How rows were divided, for the manifest. */
export function splitRule(share: number): string {
  return `a game goes whole to train or validation, all its seats and forks together, by a hash of environment, version, configuration and seed (${share} train); rows of validation whose position or prompt also stands in train are left out`;
}

/** The side of a game. Forks go with what they were forked from, as far as their seeds tell. */
export function sideOf({ environment, seed, parent }: EpisodeRecord, share: number): Side {
  const { id, version, config } = environment;
  const root = parent === undefined ? seed : seed.replace(/~.*$/s, '');
  const [lane] = lanes(JSON.stringify(['split', id, version, config, root]));
  return (lane >>> 0) / 2 ** 32 < share ? 'train' : 'validation';
}
