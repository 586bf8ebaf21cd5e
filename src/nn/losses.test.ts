import { describe, expect, it } from 'vitest';
import { compare, type Given, normals, type Values } from './differences.testing.js';
import { buildModel } from './graph/build.js';
import type { Sym } from './graph/graph.js';
import { Graph } from './graph/graph.js';
import { cloningLoss, type Objective, ppoLoss, regretLoss, strategyLoss } from './losses.js';
import type { Syms } from './net.js';
import { writeModel } from './onnx/write.js';
import { openModel, type Tensors } from './runtime.js';

const held = (values: Values): Values => ({ ...values, held: true });
const WEIGHT = held({ dims: [3, 1], data: [1, 0.5, 2] });
const LEGAL = held({ dims: [3, 4], data: [1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1] });
const ACTION = { dims: [3, 1], data: Int32Array.of(3, 1, 0) };
const LOGITS = normals([3, 4]);
const TARGET = held({ dims: [3, 4], data: [0.2, 0.5, 0, 0.3, 0, 1, 0, 0, 0.1, 0.2, 0.3, 0.4] });
const PPO = {
  logits: LOGITS,
  value: normals([3, 1], 2),
  action: ACTION,
  legal: LEGAL,
  logp: held({ dims: [3, 1], data: [-1.1, -0.9, -2] }),
  advantage: held({ dims: [3, 1], data: [0.7, -0.4, 1.5] }),
  target: held(normals([3, 1], 5)),
  weight: WEIGHT,
};

const CASES: readonly [string, Objective<string, string>, Given][] = [
  ['regret', regretLoss(4), { y: LOGITS, target: held(normals([3, 4], 2)), legal: LEGAL, weight: WEIGHT }],
  ['strategy', strategyLoss(4), { y: LOGITS, target: TARGET, legal: LEGAL, weight: WEIGHT }],
  [
    'strategy of another head',
    strategyLoss(4, 'logits'),
    { logits: LOGITS, target: TARGET, legal: LEGAL, weight: WEIGHT },
  ],
  ['cloning', cloningLoss(4), { y: LOGITS, action: ACTION, legal: LEGAL, weight: WEIGHT }],
  ['policy gradient', ppoLoss({ actions: 4 }), PPO],
  [
    'policy gradient, all clipped',
    ppoLoss({ actions: 4, clip: 0.01 }),
    { ...PPO, logp: held({ dims: [3, 1], data: [-3, -3, -3] }) },
  ],
  [
    'entropy alone',
    ppoLoss({ actions: 4, entropyWeight: 1, valueWeight: 0 }),
    { ...PPO, advantage: held({ dims: [3, 1], data: [0, 0, 0] }) },
  ],
];

describe('gradients of every loss', () => {
  it.each(CASES)('%s: central differences in float64, and float32 beside them', async (_, { loss }, given) => {
    const { difference, rounding, largest } = await compare(given, (inputs) => loss(inputs, inputs).loss);
    expect(largest).toBeGreaterThan(0.01);
    expect(difference).toBeLessThan(1e-6);
    expect(rounding).toBeLessThan(1e-5);
  });
});

/** The figures of a loss over values, with rows of zeros after them if asked. */
async function figures({ loss }: Objective<string, string>, given: Given, more = 0) {
  const graph = new Graph('float64');
  const inputs: { [name: string]: Sym } = {};
  const feeds: { [name: string]: Tensors[string] } = {};
  for (const [name, { dims, data }] of Object.entries(given)) {
    const padded = [(dims[0] as number) + more, ...dims.slice(1)];
    const zeros = Array<number>(more * (dims[1] as number)).fill(0);
    const whole = data instanceof Int32Array;
    inputs[name] = graph.input(name, padded, whole ? 'int32' : 'float64');
    feeds[name] = {
      dims: padded,
      data: (whole ? Int32Array : Float64Array).from([...(data as readonly number[]), ...zeros]),
    };
  }
  for (const [name, sym] of Object.entries(loss(inputs as Syms, inputs as Syms))) graph.output(`loss/${name}`, sym);
  const model = await openModel(writeModel(buildModel(graph, 'figures')));
  const taken = model.inputs.map(({ name }) => [name, feeds[name] as Tensors[string]] as const);
  const found = await model.run(Object.fromEntries(taken));
  await model.close();
  return Object.fromEntries(Object.entries(found).map(([name, { data }]) => [name.slice(5), Number(data[0])]));
}

describe('by hand', () => {
  const row = (data: readonly number[]) => ({ dims: [1, data.length], data });
  const one = row([1]);

  it('regret: squares over legal actions, summed, by weight over rows', async () => {
    const given = {
      y: { dims: [2, 2], data: [1, 5, 2, 2] },
      target: { dims: [2, 2], data: [3, 0, 2, 3] },
      legal: { dims: [2, 2], data: [1, 0, 1, 1] },
      weight: { dims: [2, 1], data: [1, 3] },
    };
    expect((await figures(regretLoss(2), given)).loss).toBeCloseTo((1 * 4 + 3 * 1) / 4, 12);
  });

  it('strategy and cloning: cross entropy over legal actions alone', async () => {
    const common = { y: row([0, Math.log(3), 50]), legal: row([1, 1, 0]), weight: one };
    const soft = await figures(strategyLoss(3), { ...common, target: row([0.5, 0.5, 0]) });
    expect(soft.loss).toBeCloseTo(-(Math.log(0.25) + Math.log(0.75)) / 2, 12);
    const hard = await figures(cloningLoss(3), { ...common, action: { dims: [1, 1], data: Int32Array.of(1) } });
    expect(hard.loss).toBeCloseTo(-Math.log(0.75), 12);
  });

  const taken = {
    logits: row([0, 0]),
    value: row([2]),
    action: { dims: [1, 1], data: Int32Array.of(0) },
    legal: row([1, 1]),
    target: row([5]),
    weight: one,
  };
  it.each([
    ['better and likelier: followed as far as the clip', 0.25, 1, -1.2],
    ['better and less likely: followed', 0.8, 1, -0.625],
    ['worse and likelier: followed', 0.25, -1, 2],
    ['worse and less likely: as far as the clip', 0.8, -1, 0.8],
  ])('policy gradient: %s', async (_, before, advantage, policy) => {
    const given = { ...taken, logp: row([Math.log(before)]), advantage: row([advantage]) };
    const found = await figures(ppoLoss({ actions: 2 }), given);
    const change = Math.log(0.5 / before);
    expect(found.policy).toBeCloseTo(policy, 12);
    expect(found.value).toBeCloseTo(9, 12);
    expect(found.entropy).toBeCloseTo(Math.LN2, 12);
    expect(found.kl).toBeCloseTo(0.5 / before - 1 - change, 12);
    expect(found.loss).toBeCloseTo(policy + 0.5 * 9 - 0.01 * Math.LN2, 12);
  });
});

describe('rows of zeros at the end', () => {
  it.each(CASES)('change nothing: %s', async (_, objective, given) => {
    const [alone, padded] = [await figures(objective, given), await figures(objective, given, 5)];
    for (const [name, value] of Object.entries(alone)) expect(padded[name]).toBeCloseTo(value, 12);
  });

  it('alone count nothing', async () => {
    const empty = { ...PPO, weight: held({ dims: [3, 1], data: [0, 0, 0] }) };
    expect(Object.values(await figures(ppoLoss({ actions: 4 }), empty)).map(Math.abs)).toEqual([0, 0, 0, 0, 0]);
  });
});
