import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { decoderLm } from './decoder.js';
import { lively, plainDecoder } from './decoder.testing.js';
import { readHuggingFace, toHuggingFace, writeHuggingFace } from './hugging-face.js';
import { openModel, type Tensor } from './runtime.js';
import { TURN_END, trainTokenizer } from './tokenizer/train.js';

const tokenizer = trainTokenizer(['the wolf and the witch and the wolf'], { vocab: 270 });
const net = decoderLm({ vocab: 272, context: 16, layers: 2, width: 8, heads: 2 });
const model = { net, params: lively(net), tokenizer };
const folder = mkdtempSync(join(tmpdir(), 'ludus-hugging-face-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a Hugging Face folder', () => {
  writeHuggingFace(folder, model);

  it('holds what its readers look for', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name).sort()).toEqual([
      'config.json',
      'generation_config.json',
      'model.onnx',
      'model.safetensors',
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
    const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
    expect(config).toMatchObject({ model_type: 'gpt2', n_embd: 8, eos_token_id: tokenizer.special(TURN_END) });
  });

  it('comes back as the same model', () => {
    const read = readHuggingFace(folder);
    expect(read.net.config).toEqual(net.config);
    expect([...read.params]).toEqual([...model.params]);
    expect(read.tokenizer.vocabulary).toEqual(tokenizer.vocabulary);
  });

  it('holds a network with the names that its readers feed', async () => {
    const open = await openModel(join(folder, 'onnx', 'model.onnx'));
    const past = [
      'past_key_values.0.key',
      'past_key_values.0.value',
      'past_key_values.1.key',
      'past_key_values.1.value',
    ];
    expect(open.inputs.map(({ name }) => name)).toEqual(['input_ids', 'attention_mask', 'position_ids', ...past]);
    const present = ['present.0.key', 'present.0.value', 'present.1.key', 'present.1.value'];
    expect(open.outputs.map(({ name }) => name)).toEqual(['logits', ...present]);
    const ids = tokenizer.encode('the witch');
    const int64 = (values: number[]): Tensor => ({
      data: BigInt64Array.from(values, BigInt),
      dims: [1, values.length],
    });
    const none = { data: new Float32Array(0), dims: [1, 2, 0, 4] };
    const { logits } = (await open.run({
      ...Object.fromEntries(past.map((name) => [name, none])),
      input_ids: int64(ids),
      attention_mask: int64(ids.map(() => 1)),
      position_ids: int64(ids.map((_, place) => place)),
    })) as { logits: Tensor };
    expect(logits.dims).toEqual([1, ids.length, 272]);
    const plain = plainDecoder(net.config, model.params, ids).flat();
    const far = plain.map((value, i) => Math.abs(value - ((logits.data as Float32Array)[i] as number)));
    expect(Math.max(...far)).toBeLessThan(2e-5);
    await open.close();
  });

  it('is refused with the file that is wrong', () => {
    const copy = (path: string, change: (json: Record<string, unknown>) => object) => {
      const whole = JSON.parse(readFileSync(join(folder, path), 'utf8'));
      const other = mkdtempSync(join(tmpdir(), 'ludus-hugging-face-'));
      for (const [name, bytes] of Object.entries(toHuggingFace(model)))
        if (!name.includes('/')) writeFileSync(join(other, name), bytes);
      writeFileSync(join(other, path), JSON.stringify(change(whole)));
      try {
        readHuggingFace(other);
      } finally {
        rmSync(other, { recursive: true });
      }
    };
    expect(() => copy('config.json', (config) => ({ ...config, model_type: 'llama' }))).toThrow(
      /config\.json: model_type: .*only GPT-2/,
    );
    expect(() => copy('config.json', (config) => ({ ...config, n_layer: 3 }))).toThrow(
      'has no "transformer.h.2.ln_1.weight"',
    );
    expect(() => copy('config.json', (config) => ({ ...config, n_embd: 4 }))).toThrow(
      'parameter "wte.weight" is [272, 8]',
    );
    expect(() => readHuggingFace(join(folder, 'onnx'))).toThrow('cannot read config.json');
    const small = decoderLm({ ...net.config, vocab: 100 });
    expect(() => toHuggingFace({ ...model, net: small, params: lively(small) })).toThrow(
      'the tokenizer has 270 tokens, but the decoder only 100',
    );
  });
});
