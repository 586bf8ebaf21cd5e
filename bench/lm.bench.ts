import { decoderLm, initParams, lmPolicy, Rng, sftLoss, trainer, trainTokenizer } from 'ludus';

/**
 * A small language model on one thread: tokens of training a second (cross entropy, Adam, 16 rows of 128), tokens
 * written a second (prompts of 16, answers of 96), and a tokenizer's learning and encoding. Fastest of many, and the
 * processor's time beside it, since other work on the machine counts in the first.
 */
const SIZES = { vocab: 1024, context: 128, layers: 2, width: 128, heads: 4 };
const BATCH = 16;
const SECONDS = 8;
const PROMPT = 16;
const ANSWER = 96;

interface Times {
  readonly best: number;
  readonly processor: number;
}

/** Milliseconds of one run. */
async function timed(run: () => unknown, seconds: number): Promise<Times> {
  for (let i = 0; i < 3; i++) await run();
  let best = Number.POSITIVE_INFINITY;
  let processor = Number.POSITIVE_INFINITY;
  for (const until = performance.now() + seconds * 1000; performance.now() < until; ) {
    const before = process.cpuUsage();
    const began = performance.now();
    await run();
    best = Math.min(best, performance.now() - began);
    const { user, system } = process.cpuUsage(before);
    processor = Math.min(processor, (user + system) / 1000);
  }
  return { best, processor };
}

const rows: { [what: string]: { [column: string]: string } } = {};

function note(what: string, tokens: number, { best, processor }: Times): void {
  const persecond = (ms: number): string => Math.round((tokens / ms) * 1000).toLocaleString('en');
  rows[what] = { 'tokens/s': persecond(best), 'by processor time': persecond(processor), ms: best.toFixed(1) };
}

const rng = new Rng([1, 2, 3, 4]);
const net = decoderLm(SIZES);
const params = initParams(net.params, rng);

// Mostly the token that three times the last and one make, so that there is something to learn.
const tokens = BATCH * SIZES.context;
const ids = Int32Array.from({ length: tokens }, () => rng.below(SIZES.vocab));
const targets = ids.map((id) => (rng.float() < 0.9 ? (3 * id + 1) % SIZES.vocab : rng.below(SIZES.vocab)));
const batch = { ids, targets, mask: new Float32Array(tokens).fill(1) };
const sizes = { batch: BATCH, seq: SIZES.context };
const training = await trainer({ net, params, ...sftLoss(), sizes, adam: { lr: 1e-3 } });
note('training, 16 rows of 128', tokens, await timed(() => training.step(batch), SECONDS));
await training.close();

for (const baked of [false, true]) {
  for (const count of [1, 16, 64]) {
    const policy = lmPolicy(net, params, { batch: count, baked });
    const prompts = Array.from({ length: count }, () => Array.from({ length: PROMPT }, () => rng.below(SIZES.vocab)));
    const times = await timed(() => policy.sample(prompts, { maxTokens: ANSWER, rng }), SECONDS / 4);
    note(`writing, ${count} at once, weights ${baked ? 'baked in' : 'fed'}`, count * ANSWER, times);
    await policy.close();
  }
}

const words = Array.from({ length: 3_000 }, () =>
  Array.from({ length: 2 + rng.below(8) }, () => 'etaoinshrdlu'[rng.below(12)]).join(''),
);
const text = Array.from({ length: 160_000 }, () => words[Math.floor(3_000 * rng.float() ** 3)])
  .join(' ')
  .slice(0, 1_000_000);
const tokenizer = trainTokenizer([text], { vocab: 1024 });
note('encoding 1 MB', tokenizer.encode(text).length, await timed(() => tokenizer.encode(text), 1));
const learning = await timed(() => trainTokenizer([text], { vocab: 1024 }), 2);

console.table(rows);
console.log(`a vocabulary of 1,024 from 1 MB of text: ${(learning.best / 1000).toFixed(2)} s`);
