import type { Scripted, ScriptTurn } from '../../src/core/environment.js';
import type { ChoiceSpace } from '../../src/core/space.js';
import { bidOf, matches, numberOf } from './bids.js';
import type { Config, View } from './types.js';

/** How sharply the likelier option is preferred: weights are powers of the chance to win. */
const SHARPNESS = 2;
/** How much less each step above the lowest bid is liked: a higher bid tells more and leaves less room. */
const MODESTY = 0.8;

/** The chance that a bid is true, given the own dice and fair dice elsewhere. */
export function chanceOf(bid: string, own: readonly number[], config: Config): number {
  const { seats, dice, faces, wild } = config;
  const { quantity, face } = bidOf(numberOf(bid, faces), faces);
  const each = (wild && face !== faces ? 2 : 1) / faces;
  return atLeast(quantity - matches(own, face, config), (seats - 1) * dice, each);
}

const tails = new Map<string, number>();

/** The chance of at least `wanted` successes in `tries`, each with chance `each`. */
function atLeast(wanted: number, tries: number, each: number): number {
  if (wanted <= 0) return 1;
  if (wanted > tries) return 0;
  const name = `${wanted} ${tries} ${each}`;
  let chance = tails.get(name);
  if (chance === undefined) {
    chance = each * atLeast(wanted - 1, tries - 1, each) + (1 - each) * atLeast(wanted, tries - 1, each);
    tails.set(name, chance);
  }
  return chance;
}

/** How the sensible player mixes its options: one probability each, in order. */
export function chances(config: Config, { you, dice, bids }: View, options: readonly string[]): number[] {
  const own = dice[you as number] ?? [];
  const weights = options.map((id, step) =>
    id === 'liar'
      ? (1 - chanceOf(bids[bids.length - 1] as string, own, config)) ** SHARPNESS
      : chanceOf(id.slice('bid '.length), own, config) ** SHARPNESS * MODESTY ** step,
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (total === 0 ? 1 / weights.length : weight / total));
}

export const scripted: Scripted<Config> = {
  styles: { sensible: 'weighs each bid by how likely it is given its own dice, and calls what it does not believe' },
  seat:
    ({ config }) =>
    ({ space, view, rng }: ScriptTurn) => {
      const options = (space as ChoiceSpace).options.map(({ id }) => id);
      const odds = chances(config, view as View, options);
      return { move: rng.weighted(options.map((id, index) => [id, odds[index] as number] as const)) };
    },
};
