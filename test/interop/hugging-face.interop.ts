import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { stream } from '../../src/core/rng.js';
import { decoderLm } from '../../src/nn/decoder.js';
import { lively, plainDecoder } from '../../src/nn/decoder.testing.js';
import { writeHuggingFace } from '../../src/nn/hugging-face.js';
import { lmPolicy } from '../../src/nn/sampler.js';
import { chatIds } from '../../src/nn/tokenizer/chat.js';
import { tokenizerJson } from '../../src/nn/tokenizer/files.js';
import { CHAT_SPECIALS, PAD, TURN_END, trainTokenizer } from '../../src/nn/tokenizer/train.js';
import { missing, runPython } from './python.js';

/** Prose that any checkout has. */
const CORPUS = ['README.md', 'docs/contract.md', 'docs/records.md'].map((path) => readFileSync(path, 'utf8'));
const TEXTS = [
  'player_3 votes for player_1.',
  "  It's the werewolves' 2nd night;\n\n\tthe SEER'll   see \u00a0 ",
  'Der Wolf heißt Ωmega, 夜が来る, किताब, 👩‍👩‍👧 \ufeff\u0085 x²½٣',
  '',
  '\n',
  CORPUS.join('\n'),
];
const CONVERSATION = [
  { role: 'user', content: ' \n Who is the wolf?' },
  { role: 'assistant', content: '\n  player_3, I think ' },
];

const tokenizer = trainTokenizer(CORPUS, { vocab: 512 });
const net = decoderLm({ vocab: tokenizer.size, context: 32, layers: 2, width: 32, heads: 4 });
const params = lively(net);
const folder = mkdtempSync(join(tmpdir(), 'ludus-interop-folder-'));
writeHuggingFace(folder, { net, params, tokenizer });
afterAll(() => rmSync(folder, { recursive: true }));

interface Tokenized {
  readonly ids: number[][];
  readonly texts: string[];
  readonly learnt: { readonly vocab: object; readonly merges: string[] };
  readonly conversation: {
    readonly whole: number[];
    readonly prompt: number[];
    readonly plain: number[][];
    readonly decoded: string[];
    readonly end: number;
    readonly pad: number;
  };
}

describe.skipIf(missing('ids of texts', 'tokenizers').length > 0)('tokenizers', () => {
  const theirs = (): Tokenized =>
    runPython('cut_texts.py', { folder, texts: TEXTS, corpus: CORPUS, vocab: 512, specials: CHAT_SPECIALS });

  it('cuts texts into the same ids and reads them back, and learns the same vocabulary', () => {
    const { ids, texts, learnt } = theirs();
    expect(ids).toEqual(TEXTS.map((text) => tokenizer.encode(text)));
    expect(texts).toEqual(TEXTS);
    const { model } = tokenizerJson(tokenizer) as { model: { vocab: object; merges: string[] } };
    expect(learnt.vocab).toEqual(model.vocab);
    expect(learnt.merges).toEqual(model.merges);
  });
});

describe.skipIf(missing('conversations', 'transformers', 'tokenizers', 'jinja2').length > 0)('transformers', () => {
  it('writes conversations by the template with the same ids', () => {
    const { conversation } = runPython<Tokenized>('cut_texts.py', { folder, texts: TEXTS, conversation: CONVERSATION });
    expect(conversation.whole).toEqual(chatIds(tokenizer, CONVERSATION).ids);
    expect(conversation.prompt).toEqual(chatIds(tokenizer, CONVERSATION, { prompt: true }).ids);
    expect(conversation.plain).toEqual(TEXTS.map((text) => tokenizer.encode(text)));
    expect(conversation.decoded).toEqual(TEXTS);
    expect([conversation.end, conversation.pad]).toEqual([tokenizer.special(TURN_END), tokenizer.special(PAD)]);
  });
});

describe.skipIf(missing('the folder as a GPT-2', 'torch', 'transformers').length > 0)('torch', () => {
  it('opens the folder as a GPT-2 with the same logits, and writes the same', async () => {
    const sequences = [tokenizer.encode('the wolf votes').slice(0, 32), [5, 300, 17, 2, 2, 2, 400, 1]];
    const prompt = tokenizer.encode('a record of');
    const theirs = runPython<{ logits: number[][][]; written: number[]; missing: string[]; unexpected: string[] }>(
      'gpt2.py',
      { folder, sequences, prompt, tokens: 12 },
    );
    expect(theirs.missing).toEqual([]);
    expect(theirs.unexpected).toEqual([]);
    const plain = sequences.map((ids) => plainDecoder(net.config, params, ids));
    const worst = Math.max(...plain.flat(2).map((value, i) => Math.abs(value - (theirs.logits.flat(2)[i] as number))));
    console.log(`logits of torch: largest difference from float64 loops ${worst}`);
    expect(worst).toBeLessThan(1e-4);
    const policy = lmPolicy(net, params);
    const stop = [tokenizer.special(TURN_END)];
    const [ours] = await policy.sample([prompt], { maxTokens: 12, temperature: 0, stop, rng: stream(1, 'greedy') });
    expect(theirs.written).toEqual(ours?.tokens);
    await policy.close();
  });
});
