import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import type { Environment } from '../../src/core/environment.js';
import type { JsonObject } from '../../src/core/json.js';
import { stream } from '../../src/core/rng.js';
import { Belief } from './determinise.js';
import { type Situation, situations, some } from './situations.testing.js';
import { pays, tiny } from './tiny.testing.js';

/** Draws of an environment's own `resample` that the seat could rule out, found by playing the game again. */
function wrongDraws(environment: Environment, config: JsonObject, all: readonly Situation[]): string[] {
  const { resample: _, ...slow } = environment;
  return all.flatMap(({ seat, known, at }) => {
    const rng = stream(1, 'resample');
    const [fast, plain] = [environment, slow].map((one) => new Belief(one, config, seat, { rng, most: 5000 }));
    for (const belief of [fast, plain]) belief?.learn(known);
    if (plain?.isExact !== true) throw new RangeError('this is for games whose hidden states can be listed');
    const possible = new Set(plain.states.map(({ state }) => JSON.stringify(state)));
    const drawn = Array.from({ length: 20 }, () => JSON.stringify(fast?.draw(rng)));
    return drawn.filter((state) => !possible.has(state)).map((state) => `${at}: ${state}`);
  });
}

const catalogue = new Catalogue({ environments: [], agents: [] });
const quick = (await catalogue.all()).filter(({ resample }) => resample !== undefined);

describe('environments that draw hidden states themselves', () => {
  it.skipIf(quick.length === 0)('draw only what the seat cannot rule out (skipped where none does)', () => {
    for (const environment of quick) {
      const config = readConfig(environment.spec);
      expect(wrongDraws(environment, config, some(situations(environment, config, 30), 20, stream(1, 'some')))).toEqual(
        [],
      );
    }
  });

  const last = { asks: [0, 1], options: ['on'], next: { 'on on': pays(0, 0) } };
  const hidden = { asks: [0], options: ['heads', 'tails'], next: { heads: last, tails: last } };
  const plain = tiny(hidden, { information: 'imperfect', dynamics: 'simultaneous' }, true);
  const all = situations(plain, {}, 20);
  /** Draws rightly, unless the seat that hid the coin is asked about it: then it forgets what it did if told to. */
  const drawing = (forgets: boolean): Environment => ({
    ...plain,
    resample: (_, { seat, moves }, rng) => {
      if (seat === 0 && moves.length === 0) return { path: [] };
      return { path: [seat === 0 && !forgets ? (moves[0] as string) : rng.pick(['heads', 'tails'])] };
    },
  });

  it('pass when they are right', () => expect(wrongDraws(drawing(false), {}, all)).toEqual([]));
  it('are caught when they are wrong', () => expect(wrongDraws(drawing(true), {}, all)).not.toEqual([]));
});
