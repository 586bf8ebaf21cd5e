import type { Environment, VectorForm } from '../src/core/environment.js';
import { UserError } from '../src/core/errors.js';
import type { Json, JsonObject } from '../src/core/json.js';

/** What a seat sees when it decides, as a network takes it. */
export interface Information {
  /** Seat one-hot, then the environment's vector form of the seat's view, then the advised action one-hot, if any is. */
  readonly features: Float32Array;
  /** The offered options as positions in the vocabulary of actions, in their order. */
  readonly actions: readonly number[];
}

/** Turns what a seat sees into the input of a network, and its options into positions of the vocabulary. */
export interface Encoder {
  readonly width: number;
  readonly vocabulary: readonly string[];
  /** The environment's vector form of a view alone. */
  vector(view: Json): Float32Array;
  /** @param advice what somebody else would play; shown only where the encoder was made for it */
  information(seat: number, view: Json, options: readonly string[], advice?: Json): Information;
}

/**
 * @param advised whether the network is shown what somebody else would play
 * @throws UserError when the environment has no vector form
 */
export function encoderOf(environment: Environment, config: JsonObject, advised = false): Encoder {
  const { seats } = environment.spec.facts(config);
  const form = vectorOf(environment, config);
  const positions = new Map(form.actions.map((id, at) => [id, at]));
  const position = (id: string): number => {
    const at = positions.get(id);
    if (at === undefined) throw new UserError(`${environment.spec.id}: its vocabulary lacks the option "${id}"`);
    return at;
  };
  const own = seats + form.length;
  const width = own + (advised ? form.actions.length : 0);
  return {
    width,
    vocabulary: form.actions,
    vector: (view) => form.encode(view),
    information(seat, view, options, advice) {
      const features = new Float32Array(width);
      features[seat] = 1;
      features.set(form.encode(view), seats);
      if (advised && typeof advice === 'string') features[own + position(advice)] = 1;
      return { features, actions: options.map(position) };
    },
  };
}

function vectorOf(environment: Environment, config: JsonObject): VectorForm {
  const form = environment.vector?.(config);
  if (form !== undefined) return form;
  throw new UserError(`${environment.spec.id} has no vector form, which networks need as their input`);
}
