import type { JsonObject } from '../../../src/core/json.js';
import { toOnnx } from '../../../src/nn/export.js';
import type { Learning } from '../../learner.js';
import type { SavedPolicy } from '../../saved.js';
import type { Game } from '../../solver.js';
import { trainedPolicy } from '../../trained.js';
import type { Engine } from './engine.js';

/** What a policy says about where it came from. */
interface Origin {
  readonly id: string;
  readonly game: Game;
  readonly options: JsonObject;
}

/** A learner whose policy is the networks of all iterations. */
export function mixtureLearning(engine: Engine, origin: Origin): Learning {
  return {
    get iterations() {
      return engine.iterations;
    },
    iterate: () => engine.iterate(),
    policy: async () => mixture(engine, origin),
    save: () => engine.save(),
    restore: (state) => engine.restore(state),
    close: () => engine.close(),
  };
}

/** Every network of every seat, weighted by its iteration. */
function mixture(engine: Engine, { id, game, options }: Origin): SavedPolicy {
  const files: { [name: string]: Uint8Array } = {};
  const networks = engine.networks.flatMap((own, seat) =>
    own.map((params, at) => {
      const file = `player-${seat}-iteration-${at + 1}.onnx`;
      files[file] = toOnnx(engine.net, params);
      return { file, seat, weight: at + 1, output: 'advantages' };
    }),
  );
  const { seats, width, vocabulary } = engine.shape;
  const { exploitability = null } = engine.average?.exploited() ?? {};
  return trainedPolicy(game, {
    kind: 'mixture',
    learner: id,
    options,
    iterations: engine.iterations,
    metrics: exploitability === null ? {} : { exploitability },
    details: { seats, length: width, actions: vocabulary, networks },
    files,
  });
}
