/**
 * Single Deep CFR: the average strategy is the networks of all iterations themselves, one drawn for each episode with
 * a probability in proportion to its iteration.
 * SEE: Steinberger, "Single Deep Counterfactual Regret Minimization", arXiv 1901.07621, 2019.
 */
import { readFields } from '../../src/core/config.js';
import { toOnnx } from '../../src/nn/export.js';
import type { Learner, Learning } from '../learner.js';
import type { SavedPolicy } from '../saved.js';
import type { Game } from '../solver.js';
import { Engine } from './deep/engine.js';
import { LEDUC, type Settings, SMALL, settings } from './deep/settings.js';

const learner: Learner = {
  id: 'sd-cfr',
  title: 'single Deep CFR',
  paper: 'Steinberger, arXiv 1901.07621, 2019',
  options: settings as unknown as Learner['options'],
  presets: { leduc: LEDUC, small: SMALL },
  async open(game, options, rng): Promise<Learning> {
    const read = readFields(settings, options, 'option') as unknown as Settings;
    const engine = new Engine(game, read, rng);
    return {
      get iterations() {
        return engine.iterations;
      },
      iterate: () => engine.iterate(),
      policy: async () => mixture(engine, game, options),
      save: async () => engine.save(),
      restore: async (state) => engine.restore(state),
      close: async () => {},
    };
  },
};

export default learner;

/** Every network of every seat, weighted by its iteration. */
function mixture(
  engine: Engine,
  { environment, config }: Game,
  options: SavedPolicy['manifest']['details'],
): SavedPolicy {
  const files: { [name: string]: Uint8Array } = {};
  const networks = engine.networks.flatMap((own, seat) =>
    own.map((params, at) => {
      const file = `player-${seat}-iteration-${at + 1}.onnx`;
      files[file] = toOnnx(engine.net, params);
      return { file, seat, weight: at + 1, output: 'advantages' };
    }),
  );
  const { seats, width, vocabulary } = engine.field.walk;
  const { exploitability = null } = engine.field.average?.exploited() ?? {};
  const manifest = {
    format: 1,
    kind: 'mixture',
    environment: { id: environment.spec.id, version: environment.spec.version, config },
    algorithm: { id: learner.id, options, seed: '', iterations: engine.iterations },
    metrics: exploitability === null ? {} : { exploitability },
    files: {},
    details: { seats, length: width, actions: vocabulary, networks },
  } as const;
  return { manifest, files };
}
