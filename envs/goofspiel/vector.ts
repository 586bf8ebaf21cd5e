import type { VectorForm } from '../../src/core/environment.js';
import { BIDS, type Config, type View } from './rounds.js';

/**
 * Hands, own first and then the other seats in turn order (zeros where hidden); the prize that is up; the prizes still
 * to come; points as shares of all there are. With secret bids also every round so far: its prize, the own bid and who
 * won.
 */
export function vectorForm({ cards, players, reveal }: Config): VectorForm {
  const now = (players + 2) * cards + players;
  const round = 2 * cards + players;
  const length = now + (reveal === 'winner' ? cards * round : 0);
  const worth = (cards * (cards + 1)) / 2;

  const encode = ({ you, prize, rounds, hands, points }: View): Float32Array => {
    const vector = new Float32Array(length);
    const own = you ?? 0;
    for (let place = 0; place < players; place++) {
      const seat = (own + place) % players;
      for (const card of hands[seat] ?? []) vector[place * cards + card - 1] = 1;
      vector[(players + 2) * cards + place] = (points[seat] as number) / worth;
    }
    const up = players * cards;
    if (prize !== null) vector[up + prize - 1] = 1;
    vector.fill(1, up + cards, up + 2 * cards);
    for (const gone of [...rounds.map((past) => past.prize), ...(prize === null ? [] : [prize])]) {
      vector[up + cards + gone - 1] = 0;
    }
    if (reveal === 'winner') for (const [at, past] of rounds.entries()) remember(vector, now + at * round, own, past);
    return vector;
  };

  const remember = (vector: Float32Array, at: number, own: number, { prize, bids, winner }: View['rounds'][number]) => {
    vector[at + prize - 1] = 1;
    const card = bids[own] ?? null;
    if (card !== null) vector[at + cards + card - 1] = 1;
    if (winner !== null) vector[at + 2 * cards + ((winner - own + players) % players)] = 1;
  };

  return { length, actions: BIDS.slice(1, cards + 1), encode: (view) => encode(view as View) };
}
