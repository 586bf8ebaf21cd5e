import { UserError } from '../core/errors.js';
import type { NamedTensor } from './onnx/model.js';
import { readModel } from './onnx/read.js';
import { writeModel } from './onnx/write.js';
import { Params } from './params.js';

/** Everything that a step of training changes. */
export interface TrainingState {
  readonly step: number;
  readonly weights: Params;
  readonly mean: Params;
  readonly square: Params;
}

const STEP = 'ludus.step';
const PARTS = ['weights', 'mean', 'square'] as const;

/** A state as bytes: an ONNX file that holds arrays and no computation, so that one format serves. */
export function writeTrainingState(state: TrainingState): Uint8Array {
  const initializers = PARTS.flatMap((part) => tensorsOf(part, state[part]));
  const metadata = { [STEP]: String(state.step) };
  return writeModel({ name: 'training state', nodes: [], inputs: [], outputs: [], initializers, metadata });
}

function tensorsOf(part: string, params: Params): NamedTensor[] {
  return [...params].map(([name, { dims, data }]) => ({ name: `${part}/${name}`, dtype: 'float32', dims, data }));
}

/** @throws UserError when the bytes are no training state */
export function readTrainingState(bytes: Uint8Array): TrainingState {
  const { initializers, metadata } = readModel(bytes);
  const step = Number(metadata[STEP]);
  if (!Number.isInteger(step)) throw new UserError('these bytes hold no training state');
  const [weights, mean, square] = PARTS.map((part) => paramsOf(part, initializers)) as [Params, Params, Params];
  return { step, weights, mean, square };
}

function paramsOf(part: string, tensors: readonly NamedTensor[]): Params {
  const own = tensors.filter(({ name }) => name.startsWith(`${part}/`));
  return new Params(
    own.map(({ name, dims, data }) => [name.slice(part.length + 1), { dims, data: data as Float32Array }]),
  );
}
