import type { Rng } from '../../../src/core/rng.js';
import { advantagesOf, normalise } from './advantages.js';
import type { Taken, Trajectory } from './episodes.js';

/** Everything an iteration learns from. */
export interface Experience {
  readonly taken: readonly Taken[];
  /** By decision; advantages have mean 0 and deviation 1 over all. */
  readonly advantage: Float64Array;
  readonly target: Float64Array;
}

export function experienceOf(trajectories: readonly Trajectory[], gamma: number, lambda: number): Experience {
  const taken = trajectories.flatMap(({ decisions }) => decisions);
  const advantage = new Float64Array(taken.length);
  const target = new Float64Array(taken.length);
  let at = 0;
  for (const { decisions } of trajectories) {
    const own = advantagesOf(decisions, gamma, lambda);
    advantage.set(own.advantage, at);
    target.set(own.target, at);
    at += decisions.length;
  }
  normalise(advantage);
  return { taken, advantage, target };
}

export type Column = 'x' | 'legal' | 'logp' | 'advantage' | 'target' | 'weight';
export type Columns = { readonly [name in Column]: Float32Array } & { readonly action: Int32Array };

/** Goes through an experience once, in an order drawn anew. Each batch is overwritten by the next. */
export function* batchesOf(
  experience: Experience,
  size: { readonly batch: number; readonly width: number; readonly actions: number },
  rng: Rng,
): Generator<Columns> {
  const { batch, width, actions } = size;
  const columns = {
    x: new Float32Array(batch * width),
    action: new Int32Array(batch),
    legal: new Float32Array(batch * actions),
    logp: new Float32Array(batch),
    advantage: new Float32Array(batch),
    target: new Float32Array(batch),
    weight: new Float32Array(batch),
  };
  const order = rng.shuffled(experience.taken.map((_, at) => at));
  for (let from = 0; from < order.length; from += batch) {
    columns.legal.fill(0);
    columns.weight.fill(0);
    for (const [row, at] of order.slice(from, from + batch).entries()) {
      fill(columns, row, experience, at, width, actions);
    }
    yield columns;
  }
}

function fill(
  columns: Columns,
  row: number,
  { taken, advantage, target }: Experience,
  at: number,
  width: number,
  actions: number,
): void {
  const { features, legal, action, logp } = taken[at] as Taken;
  columns.x.set(features, row * width);
  for (const one of legal) columns.legal[row * actions + one] = 1;
  columns.action[row] = action;
  columns.logp[row] = logp;
  columns.advantage[row] = advantage[at] as number;
  columns.target[row] = target[at] as number;
  columns.weight[row] = 1;
}
