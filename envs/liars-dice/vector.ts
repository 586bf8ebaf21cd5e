import type { VectorForm } from '../../src/core/environment.js';
import { bidCount, numberOf, written } from './bids.js';
import type { Config, View } from './types.js';

/** The own seat, each own die (one entry a face, in the order rolled), every bid made so far, and whether it was called. */
export function vectorOf(config: Config): VectorForm {
  const { seats, dice, faces } = config;
  const bids = bidCount(config);
  const firstBid = seats + dice * faces;
  const length = firstBid + bids + 1;
  const ids = Array.from({ length: bids }, (_, number) => `bid ${written(number, faces)}`);
  return {
    length,
    actions: [...ids, 'liar'],
    encode(view) {
      const { you, dice: hands, bids: made, called } = view as View;
      const vector = new Float32Array(length);
      if (you !== null) vector[you] = 1;
      const own = you === null ? [] : (hands[you] ?? []);
      for (const [die, face] of own.entries()) vector[seats + die * faces + face - 1] = 1;
      for (const bid of made) vector[firstBid + numberOf(bid, faces)] = 1;
      if (called) vector[length - 1] = 1;
      return vector;
    },
  };
}
