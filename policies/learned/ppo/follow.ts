import { UserError } from '../../../src/core/errors.js';
import type { Params } from '../../../src/nn/params.js';

/** How much more an advised action weighs than others at first: e^2 to 1. */
const PULL = 2;

/**
 * Changes fresh weights of an actor-critic so that it mostly does as it is advised: the first units of every hidden layer
 * carry the advice, the last numbers that go in, to the logits. All stay free to learn.
 * @throws UserError when a hidden layer is narrower than there are actions
 */
export function followAdvice(params: Params, hidden: readonly number[], width: number, actions: number): void {
  const narrow = hidden.find((units) => units < actions);
  if (narrow !== undefined) {
    throw new UserError(`with advice each hidden layer needs a unit for each of the ${actions} actions, not ${narrow}`);
  }
  let first = width - actions;
  for (const [layer, units] of hidden.entries()) {
    const weights = params.get(`h${layer}.w`);
    for (let action = 0; action < actions; action++) {
      for (let at = action; at < weights.length; at += units) weights[at] = 0;
      weights[(first + action) * units + action] = 1;
    }
    first = 0;
  }
  const weights = params.get('logits.w');
  for (let action = 0; action < actions; action++) {
    const row = (first + action) * actions;
    weights.fill(0, row, row + actions);
    weights[row + action] = PULL;
  }
}
