import { describe, expect, it } from 'vitest';
import { stream } from '../core/rng.js';
import { type DecoderLm, decoderLm } from './decoder.js';
import { lively } from './decoder.testing.js';
import { compare, type Given } from './differences.testing.js';
import { buildModel } from './graph/build.js';
import { Graph, type Sym } from './graph/graph.js';
import { dpoLoss, grpoLoss, sftLoss } from './lm-losses.js';
import type { Objective } from './losses.js';
import type { TensorData } from './onnx/model.js';
import { writeModel } from './onnx/write.js';
import { openModel } from './runtime.js';
import { trainer } from './train.js';

type Rows = readonly (readonly number[])[];
type AnyObjective = Objective<'logits', string>;

/** Data of a loss as constants of a graph. */
function constants(graph: Graph, objective: AnyObjective, data: { readonly [name: string]: Rows }) {
  const syms = Object.entries(objective.data).map(([name, { dtype }]) => {
    const rows = data[name] as Rows;
    return [name, graph.constant(rows.flat(), dtype, [rows.length, (rows[0] as number[]).length])];
  });
  return Object.fromEntries(syms) as { [name: string]: Sym };
}

/** What a loss gives for logits of two tokens: the second is three times as likely as the first, everywhere. */
async function figuresOf(objective: AnyObjective, data: { readonly [name: string]: Rows }) {
  const graph = new Graph();
  const targets = data.targets as Rows;
  const places = targets.length * (targets[0] as number[]).length;
  const logits = graph.input('logits', [targets.length, (targets[0] as number[]).length, 2]);
  const figures = objective.loss({ logits }, constants(graph, objective, data));
  for (const [name, sym] of Object.entries(figures)) graph.output(name, sym);
  const model = await openModel(writeModel(buildModel(graph, 'figures')));
  const both = Array.from({ length: places }, () => [5, 5 + Math.log(3)]).flat();
  const outputs = await model.run({ logits: { data: Float32Array.from(both), dims: logits.dims.map(Number) } });
  await model.close();
  return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, Number(data[0])]));
}

const [RARE, LIKELY] = [Math.log(1 / 4), Math.log(3 / 4)];
const COSTS = { rare: -RARE, likely: -LIKELY };

describe('values by hand', () => {
  it('cross entropy is a mean over what counts', async () => {
    const targets = [
      [0, 1],
      [1, 0],
    ];
    const mask = [
      [1, 1],
      [1, 0],
    ];
    const { loss } = await figuresOf(sftLoss(), { targets, mask });
    expect(loss).toBeCloseTo((COSTS.rare + 2 * COSTS.likely) / 3, 6);
    expect(
      (
        await figuresOf(sftLoss(), {
          targets,
          mask: [
            [0, 0],
            [0, 0],
          ],
        })
      ).loss,
    ).toBe(0);
  });

  it('preferences: a pair in order, and one out of order', async () => {
    // Chosen (3/4)(3/4) against (1/4)(3/4), and the other way round; the reference thought them equal.
    const data = {
      targets: [
        [1, 1],
        [0, 1],
        [0, 1],
        [1, 1],
      ],
      mask: [
        [1, 1],
        [1, 1],
        [1, 1],
        [1, 1],
      ],
      reference: [[-1], [-1], [-2], [-2]],
    };
    const { loss, margin, accuracy } = await figuresOf(dpoLoss({ beta: 1 }), data);
    expect(margin).toBeCloseTo(0, 6);
    expect(accuracy).toBeCloseTo(0.5, 6);
    expect(loss).toBeCloseTo((Math.log(4 / 3) + Math.log(4)) / 2, 6);
    // The reference already preferred the first chosen answer threefold, so nothing was gained.
    const led = await figuresOf(dpoLoss({ beta: 1 }), { ...data, reference: [[Math.log(3)], [0], [-2], [-2]] });
    expect(led.loss).toBeCloseTo((Math.log(2) + Math.log(4)) / 2, 6);
    // Half the steepness: margins of log(3) / 2.
    const soft = await figuresOf(dpoLoss({ beta: 0.5 }), data);
    expect(soft.loss).toBeCloseTo((Math.log(1 + 1 / Math.sqrt(3)) + Math.log(1 + Math.sqrt(3))) / 2, 6);
    await expect(figuresOf(dpoLoss(), { targets: [[0]], mask: [[1]], reference: [[0]] })).rejects.toThrow(
      'a batch of 1',
    );
  });

  it('preferences count the tokens of the answers alone, and real pairs alone', async () => {
    const data = {
      targets: [
        [0, 1],
        [0, 0],
        [0, 0],
        [1, 1],
      ],
      mask: [
        [0, 1],
        [0, 1],
        [0, 0],
        [0, 0],
      ],
      reference: [[0], [0], [0], [7]],
    };
    expect((await figuresOf(dpoLoss({ beta: 1 }), data)).loss).toBeCloseTo(Math.log(4 / 3), 6);
  });

  it('policy gradients: followed, clipped, held back by the reference', async () => {
    const once = { targets: [[1]], mask: [[1]] };
    const half = Math.log(1 / 2);
    // The ratio is 3/2; gains are clipped at 6/5, losses are not. The reference agrees.
    const gain = { ...once, advantage: [[2]], old: [[half]], reference: [[LIKELY]] };
    expect(await figuresOf(grpoLoss(), gain)).toMatchObject({ loss: near(-2.4), kl: near(0), clipped: 1 });
    expect(await figuresOf(grpoLoss(), { ...gain, advantage: [[-2]] })).toMatchObject({ loss: near(3), clipped: 0 });
    expect((await figuresOf(grpoLoss({ clip: 0.6 }), gain)).loss).toBeCloseTo(-3, 6);
    // k3 of a reference three times less likely: 1/3 + log 3 - 1.
    const far = { ...gain, advantage: [[0]], reference: [[RARE]] };
    expect((await figuresOf(grpoLoss(), far)).kl).toBeCloseTo(0.431945622, 6);
    expect((await figuresOf(grpoLoss({ kl: 0.5 }), far)).loss).toBeCloseTo(0.215972811, 6);
  });

  it('policy gradients: a mean over tokens, or over answers', async () => {
    const data = {
      targets: [
        [1, 1, 1],
        [1, 0, 0],
        [0, 0, 0],
      ],
      mask: [
        [1, 1, 1],
        [1, 0, 0],
        [0, 0, 0],
      ],
      advantage: [
        [1, 1, 4],
        [-3, 50, 50],
        [50, 50, 50],
      ],
      old: [
        [LIKELY, LIKELY, LIKELY],
        [LIKELY, -900, 900],
        [0, 0, 0],
      ],
      reference: [
        [LIKELY, LIKELY, LIKELY],
        [LIKELY, 900, -900],
        [0, 0, 0],
      ],
    };
    expect((await figuresOf(grpoLoss(), data)).loss).toBeCloseTo(-3 / 4, 6);
    expect((await figuresOf(grpoLoss({ mean: 'sequences' }), data)).loss).toBeCloseTo(-(6 / 3 - 3) / 2, 6);
  });
});

function near(value: number): unknown {
  return expect.closeTo(value, 6);
}

const LOSSES: { readonly [name: string]: AnyObjective } = {
  sft: sftLoss(),
  dpo: dpoLoss({ beta: 0.3 }),
  'grpo over tokens': grpoLoss({ kl: 0.04 }),
  'grpo over answers': grpoLoss({ kl: 0.04, mean: 'sequences' }),
};

const netOf = (layers: number) => decoderLm({ vocab: 7, context: 5, layers, width: 4, heads: 2 });
const BATCH = 4;
const SEQ = 4;

/** Rows for every loss at once; the last places of some rows are padding. */
function batchOf(seed: number) {
  const rng = stream(seed, 'batch');
  const each = (draw: (b: number, t: number) => number): Rows =>
    Array.from({ length: BATCH }, (_, b) => Array.from({ length: SEQ }, (_, t) => draw(b, t)));
  return {
    ids: each(() => rng.below(7)),
    targets: each(() => rng.below(7)),
    mask: each((b, t) => (t >= 1 && t < SEQ - (b % 2) ? 1 : 0)),
    advantage: each(() => 4 * rng.float() - 2),
    old: each(() => -2 + 0.6 * rng.float()),
    reference: each(() => -2 + 0.6 * rng.float()),
    summed: each(() => -5 * rng.float()).map(([first]) => [first as number]),
  };
}

describe.each(Object.keys(LOSSES))('%s', (name) => {
  const objective = LOSSES[name] as AnyObjective;
  // NOTE: differences of two layers take twice the time; once is enough.
  const net = netOf(name === 'sft' ? 2 : 1);
  const { ids, ...rows } = batchOf(1);
  const data = name === 'dpo' ? { ...rows, reference: rows.summed } : rows;

  it('has the gradients of its central differences, through the decoder', async () => {
    const weights: Given = Object.fromEntries(
      [...lively(net)].map(([key, { dims, data }]) => [key, { dims, data: Array.from(data) }]),
    );
    const given = { ...weights, ids: { dims: [BATCH, SEQ], data: Int32Array.from(ids.flat()) } };
    const found = await compare(given, (inputs) => {
      const { logits } = net.forward(inputs, { ids: inputs.ids as Sym });
      return objective.loss({ logits }, constants(logits.graph, objective, data)).loss;
    });
    expect(found.difference).toBeLessThan(1e-6);
    expect(found.rounding).toBeLessThan(1e-4);
    expect(found.largest).toBeGreaterThan(0.05);
  });

  it('does not change with what fills up rows and the batch', async () => {
    const params = lively(net);
    const whole = await measured(net, params, objective, { ids, ...data }, { batch: BATCH, seq: SEQ });
    const garbage = Object.fromEntries(
      Object.entries({ ids, ...data }).map(([key, values]) => {
        const filler = { mask: 0, advantage: 1e3, old: -300, reference: 300 }[key] ?? 6;
        const wide = values.map((row) => (row.length === 1 ? row : [...row, filler]));
        return [key, [...wide, ...Array.from({ length: 2 }, () => (wide[0] as number[]).map(() => filler))]];
      }),
    );
    const filled = await measured(net, params, objective, garbage, { batch: BATCH + 2, seq: SEQ + 1 });
    expect(Math.abs(filled.loss - whole.loss)).toBeLessThan(1e-6);
    expect(farthest(filled.gradients, whole.gradients)).toBeLessThan(2e-6);
  });
});

async function measured(
  net: DecoderLm,
  params: ReturnType<typeof lively>,
  objective: AnyObjective,
  rows: { readonly [name: string]: Rows },
  sizes: { batch: number; seq: number },
) {
  const training = await trainer({ net, params, ...objective, sizes, adam: { lr: 0 } });
  const specs = { ...net.inputs, ...objective.data };
  const batch: { [name: string]: TensorData } = {};
  for (const [name, { dtype }] of Object.entries(specs)) {
    batch[name] = (dtype === 'int32' ? Int32Array : Float32Array).from((rows[name] as Rows).flat());
  }
  const { loss, gradients } = await training.measure(batch);
  const copy = [...gradients].flatMap(([, { data }]) => Array.from(data));
  await training.close();
  return { loss, gradients: copy };
}

function farthest(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((x, i) => Math.abs(x - (b[i] as number))));
}
