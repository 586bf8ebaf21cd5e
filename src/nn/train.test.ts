import { describe, expect, it } from 'vitest';
import { UserError } from '../core/errors.js';
import { Rng } from '../core/rng.js';
import { actorCritic } from './actor-critic.js';
import type { AdamOptions } from './adam.js';
import { mul, sum } from './graph/ops.js';
import { cloningLoss, ppoLoss, regretLoss } from './losses.js';
import { mlp } from './mlp.js';
import type { Net } from './net.js';
import { initParams, normal, Params } from './params.js';
import { trainer } from './train.js';

const seeded = () => new Rng([1, 2, 3, 4]);
const NET = mlp({ in: 6, hidden: [16, 16], out: 4, act: 'gelu', layerNorm: true, skip: true });

function batchOf(rows: number, seed = 5) {
  const rng = new Rng([seed, 6, 7, 8]);
  const drawn = (count: number) => Float32Array.from({ length: rows * count }, () => normal(rng));
  return {
    x: drawn(6),
    target: drawn(4),
    legal: drawn(4).map((x) => (x > -0.5 ? 1 : 0)),
    weight: drawn(1).map((x) => Math.abs(x)),
  };
}

function open(options: { readonly batch?: number; readonly threads?: number; readonly adam?: AdamOptions } = {}) {
  const params = initParams(NET.params, seeded());
  const { batch = 8, threads = 1, adam = { lr: 1e-2 } } = options;
  return { params, made: trainer({ net: NET, params, ...regretLoss(4), sizes: { batch }, adam, threads }) };
}

function bits(params: Params): number[] {
  return [...params].flatMap(([, { data }]) => [...new Uint32Array(data.buffer, data.byteOffset, data.length)]);
}

/** Weights after steps on batches 0, 1, 2, ... */
async function trained(steps: number, options: Parameters<typeof open>[0] = {}) {
  const { params, made } = open(options);
  const training = await made;
  for (let i = 0; i < steps; i++) await training.step(batchOf(options.batch ?? 8, i + 1));
  await training.close();
  return params;
}

describe('training', () => {
  it('makes the loss small', async () => {
    const { made } = open();
    const training = await made;
    const batch = batchOf(8);
    const first = await training.step(batch);
    let last = first;
    for (let i = 0; i < 200; i++) last = await training.step(batch);
    await training.close();
    expect(first.step).toBe(1);
    expect(last.step).toBe(201);
    expect(first.loss).toBeGreaterThan(1);
    expect(last.loss).toBeLessThan(0.01);
    expect(first.gradNorm).toBeGreaterThan(0);
  });

  it('gives the same bits in every run, and on one thread or two', async () => {
    const once = bits(await trained(12));
    expect(bits(await trained(12))).toEqual(once);
    expect(bits(await trained(12, { threads: 2 }))).toEqual(once);
    expect(bits(await trained(11))).not.toEqual(once);
  });

  it('goes on from a state with the same bits', async () => {
    const adam = { lr: (step: number) => 1e-2 / step, weightDecay: 0.1, clipNorm: 0.5 };
    const whole = await trained(9, { adam });
    const { made } = open({ adam });
    const training = await made;
    for (let i = 0; i < 4; i++) await training.step(batchOf(8, i + 1));
    const state = training.state();
    await training.step(batchOf(8, 77));
    await training.close();

    const { params, made: again } = open({ adam });
    const resumed = await again;
    await resumed.step(batchOf(8, 99));
    resumed.restore(state);
    for (let i = 4; i < 9; i++) expect((await resumed.step(batchOf(8, i + 1))).step).toBe(i + 1);
    await resumed.close();
    expect(bits(params)).toEqual(bits(whole));
  });

  it('takes a short batch as if it were made for it', async () => {
    const measured = async (batch: number) => {
      const training = await open({ batch }).made;
      // NOTE: a full batch first, whose rows must be gone.
      await training.measure(batchOf(batch, 9));
      const { loss, gradients } = await training.measure(batchOf(5));
      await training.close();
      return { loss, gradients };
    };
    const [exact, short] = [await measured(5), await measured(64)];
    expect(short.loss).toBeCloseTo(exact.loss, 5);
    for (const [name, { data }] of exact.gradients) {
      short.gradients.get(name).forEach((x, i) => {
        expect(x).toBeCloseTo(data[i] as number, 5);
      });
    }
  });

  it('measures without changing anything', async () => {
    const { params, made } = open();
    const training = await made;
    const before = bits(params);
    const { step, loss } = await training.measure(batchOf(8));
    expect([step, bits(params)]).toEqual([0, before]);
    expect((await training.step(batchOf(8))).loss).toBe(loss);
    await training.close();
  });

  it('leaves weights alone that the loss does not depend on', async () => {
    const net = actorCritic({ in: 6, hidden: [8], actions: 4 });
    const params = initParams(net.params, seeded());
    const before = params.clone();
    const training = await trainer({
      net,
      params,
      ...cloningLoss(4, 'logits'),
      sizes: { batch: 8 },
      adam: { lr: 0.1, weightDecay: 0.1 },
    });
    const { x, legal, weight } = batchOf(8);
    await training.step({ x, legal, weight, action: new Int32Array(8) });
    await training.close();
    expect(params.get('value.w')).toEqual(before.get('value.w'));
    expect(params.get('logits.w')).not.toEqual(before.get('logits.w'));
  });

  it('reports the metrics of the loss', async () => {
    const net = actorCritic({ in: 6, hidden: [8], actions: 4 });
    const params = initParams(net.params, seeded());
    const training = await trainer({
      net,
      params,
      ...ppoLoss({ actions: 4 }),
      sizes: { batch: 8 },
      adam: { lr: 1e-3 },
    });
    const [rows, ones] = [new Float32Array(8), new Float32Array(8).fill(1)];
    const batch = {
      x: batchOf(8).x,
      action: new Int32Array(8),
      legal: new Float32Array(32).fill(1),
      logp: rows.map(() => -Math.log(4)),
      advantage: ones,
      target: ones,
      weight: ones,
    };
    const { loss, metrics } = await training.step(batch);
    await training.close();
    expect(Object.keys(metrics).sort()).toEqual(['entropy', 'kl', 'policy', 'value']);
    // NOTE: the first policy is close to uniform, by the way its last layer starts.
    expect(metrics.entropy).toBeCloseTo(Math.log(4), 3);
    expect(loss).toBeCloseTo((metrics.policy ?? 0) + 0.5 * (metrics.value ?? 0) - 0.01 * (metrics.entropy ?? 0), 5);
  });
});

describe('mistakes', () => {
  const asked = (change: object) => async () => {
    const training = await open().made;
    try {
      await training.step({ ...batchOf(8), ...change });
    } finally {
      await training.close();
    }
  };
  it.each<[string, () => Promise<unknown>, string]>([
    ['a missing array', asked({ target: undefined }), '"target" is missing from the batch'],
    ['another type', asked({ x: new Float64Array(48) }), '"x" of the batch takes Float32Array, got Float64Array'],
    ['too many rows', asked({ x: new Float32Array(54) }), '"x" of the batch takes at most [8, 6], got 54 numbers'],
    ['half a row', asked({ x: new Float32Array(45) }), '"x" of the batch takes at most [8, 6], got 45 numbers'],
    ['unequal rows', asked({ weight: new Float32Array(7) }), '"x" of the batch has 8 rows, but "weight" has 7'],
    ['no numbers', asked({ x: new Float32Array(48).fill(Number.NaN) }), 'the loss of step 1 is NaN'],
    [
      'a missing size',
      () =>
        trainer({
          net: NET,
          params: initParams(NET.params, seeded()),
          ...regretLoss(4),
          sizes: { bath: 8 },
          adam: { lr: 1 },
        }),
      'the size "batch" of "x" is not given; did you mean bath?',
    ],
    [
      'other weights',
      () => trainer({ net: NET, params: new Params([]), ...regretLoss(4), sizes: { batch: 8 }, adam: { lr: 1 } }),
      'parameter "h0.w" [6, 16] is missing',
    ],
    ['a loss of rows', () => broken((y) => ({ loss: sum(y, [1]) })), '"loss" of a loss is one number, not [8, 1]'],
    ['a loss of nothing', () => broken((_, x) => ({ loss: sum(x) })), 'the loss depends on no weight of the network'],
    ['a name given twice', () => twice(), 'two inputs, weights or outputs named "x"'],
    ['no state', async () => (await open().made).restore(new Uint8Array(4)), 'this is no ONNX file'],
  ])('%s', async (_, act, message) => {
    await expect(act()).rejects.toThrow(UserError);
    await expect(act()).rejects.toThrow(message);
  });

  function broken(
    loss: (
      y: import('./graph/graph.js').Sym,
      x: import('./graph/graph.js').Sym,
    ) => { loss: import('./graph/graph.js').Sym },
  ) {
    const params = initParams(NET.params, seeded());
    const data = { extra: { dims: ['batch', 1] } } as const;
    return trainer({
      net: NET,
      params,
      data,
      loss: ({ y }, { extra }) => loss(y, extra),
      sizes: { batch: 8 },
      adam: { lr: 1 },
    });
  }

  function twice() {
    const net: Net<'x', 'y'> = NET;
    const data = { x: { dims: ['batch', 1] } } as const;
    return trainer({
      net,
      params: initParams(net.params, seeded()),
      data,
      loss: ({ y }, { x }) => ({ loss: sum(mul(y, x)) }),
      sizes: { batch: 8 },
      adam: { lr: 1 },
    });
  }

  it('a second step before the first has ended', async () => {
    const training = await open().made;
    const first = training.step(batchOf(8));
    await expect(training.step(batchOf(8))).rejects.toThrow('a step of this trainer is in progress');
    expect((await first).step).toBe(1);
    await training.close();
    await expect(training.step(batchOf(8))).rejects.toThrow('this network was closed');
  });

  it('changes nothing when gradients are not finite', async () => {
    const { params, made } = open();
    const training = await made;
    const before = bits(params);
    await expect(training.step({ ...batchOf(8), weight: new Float32Array(8).fill(1e38) })).rejects.toThrow(
      'the loss of step 1 is NaN',
    );
    expect(bits(params)).toEqual(before);
    await training.close();
  });
});
