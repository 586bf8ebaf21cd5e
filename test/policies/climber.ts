import { z } from 'zod';
import { Evaluator } from '../../policies/grading/evaluator.js';
import { savedTable } from '../../policies/kinds/table.js';
import type { Learner, Learning } from '../../policies/learner.js';
import { pack, unpack } from '../../policies/pack.js';
import type { Game } from '../../policies/solver.js';
import { strategyOf } from '../../policies/table.js';
import { type Profile, uniformProfile } from '../../policies/tree/game-tree.js';
import { readFields } from '../../src/core/config.js';
import type { Rng, RngState } from '../../src/core/rng.js';

/** The smallest learner there can be: moves one state's probabilities at random, and keeps what lowers NashConv. */
const climber: Learner = {
  id: 'climber',
  title: 'Random ascent',
  paper: 'of our own, for tests',
  options: z.strictObject({ rate: z.number().min(0).max(1).default(0.3), tries: z.number().int().default(20) }),
  presets: { bold: { says: 'large steps', options: { rate: 0.9 } } },
  async open(game, options, rng) {
    const read = readFields(climber.options, options, 'option') as { rate: number; tries: number };
    return climbing(game, read, rng);
  },
};

export default climber;

function climbing(game: Game, options: { rate: number; tries: number }, rng: Rng): Learning {
  const evaluator = new Evaluator(game.tree());
  let profile: Profile = uniformProfile(game.tree());
  let best = evaluator.nashConv(profile).nashConv;
  let iterations = 0;
  return {
    get iterations() {
      return iterations;
    },
    async iterate() {
      let kept = 0;
      for (let one = 0; one < options.tries; one++) {
        const moved = step(game, profile, options.rate, rng);
        const { nashConv } = evaluator.nashConv(moved);
        if (nashConv >= best) continue;
        [profile, best] = [moved, nashConv];
        kept++;
      }
      iterations++;
      return { NashConv: best, kept };
    },
    async policy() {
      const { spec } = game.environment;
      return savedTable(strategyOf(game.tree(), profile), {
        environment: { id: spec.id, version: spec.version, config: game.config },
        algorithm: { id: climber.id, options, seed: '', iterations },
        metrics: {},
      });
    },
    async save() {
      return {
        numbers: { iterations, best, rng: rng.state() },
        files: { profile: pack({ kind: 'profile', about: {}, arrays: { profile } }) },
      };
    },
    async restore({ numbers, files }) {
      iterations = numbers.iterations as number;
      best = numbers.best as number;
      rng.restore(numbers.rng as unknown as RngState);
      profile = unpack(files.profile as Uint8Array, 'profile', 'the checkpoint').arrays.profile as Profile;
    },
    async close() {},
  };
}

/** Mixes one state's row with one of its options. */
function step(game: Game, profile: Profile, rate: number, rng: Rng): Profile {
  const { count, offset } = game.tree().states;
  const state = rng.below(count);
  const [from, to] = [offset[state] as number, offset[state + 1] as number];
  const option = from + rng.below(to - from);
  const moved = profile.slice();
  for (let at = from; at < to; at++) moved[at] = (moved[at] as number) * (1 - rate) + (at === option ? rate : 0);
  return moved;
}
