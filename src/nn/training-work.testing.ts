import { Rng } from '../core/rng.js';
import { regretLoss } from './losses.js';
import { mlp } from './mlp.js';
import { initParams } from './params.js';
import { trainer } from './train.js';
import type { WorkPlace } from './worker.js';

export interface TrainingData {
  /** Steps to take; it trains until it is stopped when null. */
  readonly steps: number | null;
  readonly fail?: true;
}

/** Trains a network whose steps take tens of milliseconds, so that whoever interrupts it does so in the middle of one. */
export default async function train(data: TrainingData, place: WorkPlace<number>): Promise<void> {
  const net = mlp({ in: 256, hidden: [512, 512], out: 64 });
  const params = initParams(net.params, new Rng([1, 2, 3, 4]));
  const training = await trainer({ net, params, ...regretLoss(64), sizes: { batch: 1024 }, adam: { lr: 1e-3 } });
  const batch = {
    x: new Float32Array(1024 * 256).fill(1),
    target: new Float32Array(1024 * 64),
    legal: new Float32Array(1024 * 64).fill(1),
    weight: new Float32Array(data.fail ? 1 : 1024).fill(1),
  };
  for (let done = 0; done !== data.steps && !place.stopping(); ) {
    done = (await training.step(batch)).step;
    place.send(done);
  }
  await training.close();
}
