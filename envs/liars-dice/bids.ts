import type { Config } from './types.js';

/**
 * Bids are numbered from 0 in the order in which they beat each other: by quantity, then by face. A bid of number n is
 * for quantity 1 + floor(n / faces) of face 1 + n mod faces.
 */
export type Bid = { readonly quantity: number; readonly face: number };

/** How many different bids there are: up to every die on the table. */
export function bidCount({ seats, dice, faces }: Config): number {
  return seats * dice * faces;
}

export function bidOf(number: number, faces: number): Bid {
  return { quantity: 1 + Math.floor(number / faces), face: 1 + (number % faces) };
}

/** A bid as it is written: `2x5` for two fives. */
export function written(number: number, faces: number): string {
  const { quantity, face } = bidOf(number, faces);
  return `${quantity}x${face}`;
}

/** The number of a written bid. */
export function numberOf(text: string, faces: number): number {
  const [quantity, face] = text.split('x').map(Number) as [number, number];
  return (quantity - 1) * faces + face - 1;
}

/** How many dice count towards a face. */
export function matches(dice: readonly number[], face: number, { faces, wild }: Config): number {
  let count = 0;
  for (const shown of dice) if (shown === face || (wild && shown === faces)) count++;
  return count;
}
