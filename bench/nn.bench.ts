import { initParams, mlp, openModel, Rng, regretLoss, toOnnx, trainer } from 'ludus';

/**
 * A small network on one thread: steps of training a second (masked square error, Adam, batches of 512), and how long
 * it takes to answer for 1, 32 and 512 inputs. Fastest of many, and the processor's time beside it, since other work on
 * the machine counts in the first.
 */
const SIZE = { in: 128, hidden: [256, 256], out: 32 };
const BATCH = 512;
const SECONDS = 5;

const rng = new Rng([1, 2, 3, 4]);
const drawn = (length: number) => Float32Array.from({ length }, () => rng.float() * 2 - 1);

async function timed(run: () => Promise<unknown>, seconds: number) {
  for (let i = 0; i < 50; i++) await run();
  const times: number[] = [];
  const before = process.cpuUsage();
  for (const until = performance.now() + seconds * 1000; performance.now() < until; ) {
    const began = performance.now();
    await run();
    times.push(performance.now() - began);
  }
  const { user, system } = process.cpuUsage(before);
  times.sort((a, b) => a - b);
  const best = times[0] as number;
  return { best, median: times[times.length >> 1] as number, processor: (user + system) / 1000 / times.length };
}

const net = mlp(SIZE);
const params = initParams(net.params, rng);
const rows: { [what: string]: { [column: string]: string } } = {};

const training = await trainer({ net, params, ...regretLoss(SIZE.out), sizes: { batch: BATCH }, adam: { lr: 1e-4 } });
const batch = {
  x: drawn(BATCH * SIZE.in),
  target: drawn(BATCH * SIZE.out),
  legal: drawn(BATCH * SIZE.out).map((x) => (x > -0.2 ? 1 : 0)),
  weight: new Float32Array(BATCH).fill(1),
};
const step = await timed(() => training.step(batch), SECONDS);
await training.close();
rows['training step'] = {
  'best ms': step.best.toFixed(2),
  'median ms': step.median.toFixed(2),
  'processor ms': step.processor.toFixed(2),
  'steps/s': (1000 / step.best).toFixed(0),
};

const model = await openModel(toOnnx(net, params));
for (const count of [1, 32, 512]) {
  const x = { data: drawn(count * SIZE.in), dims: [count, SIZE.in] };
  const { best, median, processor } = await timed(() => model.run({ x }), 1);
  rows[`answer for ${count}`] = {
    'best ms': best.toFixed(4),
    'median ms': median.toFixed(4),
    'processor ms': processor.toFixed(4),
  };
}
await model.close();
console.log(
  `MLP ${[SIZE.in, ...SIZE.hidden, SIZE.out].join('-')}, ${params.size.toLocaleString('en')} weights, 1 thread`,
);
console.table(rows);
