import type { Scripted, ScriptTurn } from '../../src/core/environment.js';
import type { ChoiceSpace } from '../../src/core/space.js';
import { RANKS, rankOf, strength } from './cards.js';
import type { Config, View } from './types.js';

/** How often a hand raises, by how strong it is. A weak one does it as a bluff, and only before anybody else raised. */
const RAISE = { strong: 0.85, middling: 0.1, weak: 0.15 };
/** How often a weak hand folds to a raise. */
const FOLD = 0.85;
/** Shares of the pot above which a hand counts as strong, and below which as weak. */
const STRONG = 0.65;
const WEAK = 0.35;

/** The share of the pot to expect at a showdown against a card drawn evenly from those not seen; 0 to 1. */
export function equity(own: number, board: number | null): number {
  const ranks = [...RANKS].map((_, rank) => rank);
  if (board !== null) return mean(ranks.map((other) => [score(own, other, board), unseen(other, [own, board])]));
  return mean(ranks.map((next) => [equity(own, next), unseen(next, [own])]));
}

function score(own: number, other: number, board: number): number {
  if (own === other) return 0.5;
  return strength(own, board) > strength(other, board) ? 1 : 0;
}

function unseen(rank: number, seen: readonly number[]): number {
  return 2 - seen.filter((card) => card === rank).length;
}

function mean(weighted: readonly (readonly [value: number, weight: number])[]): number {
  const weight = weighted.reduce((sum, [, count]) => sum + count, 0);
  return weighted.reduce((sum, [value, count]) => sum + (value * count) / weight, 0);
}

/** How the sensible player mixes its options: one probability each, in order. */
export function chances({ you, hands, board }: View, options: readonly string[]): number[] {
  const share = equity(rankOf(hands[you as number] as string), board === null ? null : rankOf(board));
  const hand = share > STRONG ? 'strong' : share < WEAK ? 'weak' : 'middling';
  const hopeless = hand === 'weak' && options.includes('fold');
  const fold = hopeless ? FOLD : 0;
  const raise = options.includes('raise') && !hopeless ? RAISE[hand] : 0;
  return options.map((id) => (id === 'fold' ? fold : id === 'raise' ? raise : 1 - fold - raise));
}

export const scripted: Scripted<Config> = {
  styles: { sensible: 'raises strong hands, bluffs now and then, gives up most weak hands after a raise' },
  seat: () => sensible,
};

function sensible({ space, view, rng }: ScriptTurn): { move: string } {
  const options = (space as ChoiceSpace).options.map(({ id }) => id);
  const odds = chances(view as View, options);
  return { move: rng.weighted(options.map((id, index) => [id, odds[index] as number] as const)) };
}
