import type { Outcomes } from '../../src/core/environment.js';
import type { Config } from './types.js';

/** From low to high; each rank is there in two suits. */
export const RANKS = 'JQK';
const DECKS: { readonly [suits in Config['suits']]: readonly string[] } = {
  apart: ['Js', 'Jh', 'Qs', 'Qh', 'Ks', 'Kh'],
  merged: ['J', 'J', 'Q', 'Q', 'K', 'K'],
};

/** The names cards can have, each once. */
export function cardNames(suits: Config['suits']): string[] {
  return [...new Set(DECKS[suits])];
}

/** Position of a card's rank, from 0. */
export function rankOf(card: string): number {
  return RANKS.indexOf(card.charAt(0));
}

/** What may be dealt next, with probabilities. */
export function dealable(suits: Config['suits'], dealt: readonly string[]): Outcomes {
  const left = [...DECKS[suits]];
  for (const card of dealt) left.splice(left.indexOf(card), 1);
  const copies = (name: string) => left.filter((card) => card === name).length;
  return [...new Set(left)].map((name) => [name, copies(name) / left.length] as const);
}

/** How good a rank is with a board of another: a pair beats all, then the higher rank. */
export function strength(rank: number, board: number): number {
  return rank === board ? RANKS.length : rank;
}
