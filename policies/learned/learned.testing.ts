import { readNet } from '../../src/nn/export.js';
import { MLP } from '../../src/nn/mlp.js';
import { plainMlp } from '../../src/nn/plain.js';
import { actionsOf, type Profile } from '../tree/game-tree.js';
import type { TreeWalk } from './deep/tree-walk.js';

/** What an exported network of logits plays at each information state of a compiled game. */
export function networkProfile({ tree, informations }: TreeWalk, file: Uint8Array): Profile {
  const { net, params } = readNet(MLP, file);
  const run = plainMlp(net, params);
  const profile = new Float64Array(actionsOf(tree));
  for (const [state, { features, actions }] of informations.entries()) {
    const logits = run(features);
    const weights = actions.map((action) => Math.exp(logits[action] as number));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    profile.set(
      weights.map((weight) => weight / sum),
      tree.states.offset[state],
    );
  }
  return profile;
}
