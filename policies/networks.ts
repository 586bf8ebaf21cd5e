import { z } from 'zod';
import type { ActRequest, Place } from '../src/core/agent.js';
import { UserError } from '../src/core/errors.js';
import type { Move } from '../src/core/space.js';
import { type Encoder, encoderOf, type Information } from './encoding.js';
import { matchRegrets } from './regrets.js';

/** What the numbers a network gives for each action of the vocabulary are. */
export const output = z.enum(['logits', 'advantages']);
export type Output = z.infer<typeof output>;

/** What manifests say of networks over an environment's vector form. */
export const shape = z.object({
  seats: z.int(),
  /** Numbers that go in: a seat one-hot, the vector form of the seat's view, and an advised action one-hot, if any is. */
  length: z.int(),
  /** Every option id, in the order of the numbers that come out. */
  actions: z.array(z.string()),
});
export type NetworkShape = z.infer<typeof shape>;

/** A network's numbers for the offered options as probabilities. Options that are not offered get none. */
export function probabilitiesOf(kind: Output, numbers: Float32Array, { actions }: Information): Float64Array {
  const offered = actions.map((action) => numbers[action] as number);
  return kind === 'advantages' ? matchRegrets(offered) : softmax(offered);
}

/**
 * What a place's seat sees, for a network that was made for such places.
 * @param advised whether it is shown what somebody else would play
 * @throws UserError when the environment's vector form is another one now
 */
export function placeEncoder({ environment, config }: Place, shape: NetworkShape, advised = false): Encoder {
  const { length, actions } = shape;
  const encoder = encoderOf(environment, config, advised);
  if (encoder.width !== length) {
    const { id } = environment.spec;
    throw new UserError(`the network takes ${length} numbers, but the vector form of ${id} has ${encoder.width} here`);
  }
  const most = Math.max(actions.length, encoder.vocabulary.length);
  for (let at = 0; at < most; at++) {
    const [was, is] = [actions[at] ?? 'nothing', encoder.vocabulary[at] ?? 'nothing'];
    if (was === is) continue;
    throw new UserError(`the network's actions are not those of ${environment.spec.id}: "${was}" where "${is}" is`);
  }
  return encoder;
}

/** What a request's seat sees. @throws when it is no choice, which counts as a crash of the agent */
export function informationOf(encoder: Encoder, { seat, view, space }: ActRequest, advice?: Move): Information {
  if (space.kind !== 'choice') throw new Error(`a network chooses among options; here a ${space.kind} is wanted`);
  return encoder.information(
    seat,
    view,
    space.options.map(({ id }) => id),
    advice,
  );
}

function softmax(logits: readonly number[]): Float64Array {
  const most = logits.reduce((max, logit) => Math.max(max, logit), Number.NEGATIVE_INFINITY);
  const weights = Float64Array.from(logits, (logit) => Math.exp(logit - most));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
