import { describe, expect, it } from 'vitest';
import { stream } from '../src/core/rng.js';
import { toOnnx } from '../src/nn/export.js';
import { mlp } from '../src/nn/mlp.js';
import { initParams } from '../src/nn/params.js';
import { plainMlp } from '../src/nn/plain.js';
import { BatchedNetwork } from './batched.js';

const SIZES = { in: 37, out: { y: 11 } };
const net = mlp({ in: 37, out: 11, hidden: [64, 64] });
const rng = stream('1', 'batched');
const params = initParams(net.params, rng);
const open = () => BatchedNetwork.open(toOnnx(net, params), SIZES);
const row = () => Float32Array.from({ length: SIZES.in }, () => 2 * rng.float() - 1);

describe('a network that many ask at once', () => {
  it('gives a row the same bits alone, beside any others and at any place among them', async () => {
    const network = await open();
    const asked = row();
    const alone = await network.ask(asked);
    for (let place = 0; place < 64; place++) {
      const before = Array.from({ length: place }, row);
      const answers = await Promise.all([...before, asked, row()].map((one) => network.ask(one)));
      expect(answers[place]).toEqual(alone);
    }
    await network.close();
  });

  it('answers everybody with their own row, more than one run takes', async () => {
    const network = await open();
    const plain = plainMlp(net, params);
    const rows = Array.from({ length: 200 }, row);
    const answers = await Promise.all(rows.map((one) => network.ask(one)));
    for (const [at, answer] of answers.entries()) {
      const expected = plain(rows[at] as Float32Array);
      for (const [out, value] of answer.y.entries())
        expect(Math.abs(value - (expected[out] as number))).toBeLessThan(1e-5);
    }
    await network.close();
  });

  it('takes what is asked while it answers, and goes on after a pause', async () => {
    const network = await open();
    const first = row();
    const again = await network.ask(first).then(() => network.ask(first));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await network.ask(first)).toEqual(again);
    await network.close();
  });

  it('lets timers have their turn between runs', async () => {
    const network = await open();
    let turns = 0;
    let asking = true;
    const count = (): void => {
      turns++;
      if (asking) setImmediate(count);
    };
    setImmediate(count);
    await Promise.all(Array.from({ length: 640 }, () => network.ask(row())));
    asking = false;
    expect(turns).toBeGreaterThanOrEqual(10);
    await network.close();
  });

  it('tells everybody who waits when it cannot run', async () => {
    const network = await open();
    await network.close();
    const results = await Promise.allSettled([network.ask(row()), network.ask(row())]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('refuses a file without the output that is asked for', async () => {
    await expect(BatchedNetwork.open(toOnnx(net, params), { in: 37, out: { logits: 11 } })).rejects.toThrow(
      /no "logits"/,
    );
  });
});
