import { chatIds, decoderLm, initParams, lmPolicy, Rng, trainTokenizer } from 'ludus';

/**
 * A turn of a conversation with a small language model in this process, one thread: writing the prompt as ids, and
 * reading it with the first token of the answer, with and without what was read at the turn before. Median of the turns.
 */
const TURNS = 24;
const TOKENS = 2048;

const rng = new Rng([1, 2, 3, 4]);
const words = ['wolf', 'votes', 'player_3', 'night', 'says', 'that', 'nobody', 'saw', 'it'];
const speech = () => Array.from({ length: 60 }, () => rng.pick(words)).join(' ');
const tokenizer = trainTokenizer(Array.from({ length: 50 }, speech), { vocab: 512 });
const net = decoderLm({ vocab: tokenizer.size, context: TOKENS, layers: 4, width: 256, heads: 8 });
const params = initParams(net.params, rng);
const talk = Array.from({ length: TURNS }, (_, turn) => ({
  role: turn % 2 === 0 ? 'user' : 'assistant',
  content: speech(),
}));

const median = (times: readonly number[]): string =>
  ([...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] as number).toFixed(1);

const rows: { [what: string]: { [column: string]: string } } = {};
for (const remembers of [false, true]) {
  const policy = lmPolicy(net, params, { batch: 1, baked: true, remembers });
  const [writing, reading, sizes]: [number[], number[], number[]] = [[], [], []];
  for (let turn = 1; turn <= TURNS; turn += 2) {
    const began = performance.now();
    const { ids } = chatIds(tokenizer, talk.slice(0, turn), { prompt: true });
    writing.push(performance.now() - began);
    const asked = performance.now();
    await policy.sample([ids], { maxTokens: 1, temperature: 0, rng });
    reading.push(performance.now() - asked);
    sizes.push(ids.length);
  }
  await policy.close();
  rows[remembers ? 'beginning kept' : 'read anew'] = {
    'tokens of the prompt': median(sizes),
    'as ids, ms': median(writing),
    'to the first token, ms': median(reading),
    'last turn, ms': (reading.at(-1) as number).toFixed(1),
  };
}
console.table(rows);
