import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isOverflow } from '../../agents/llm/context.js';
import { UserError } from '../../src/core/errors.js';
import { stream } from '../../src/core/rng.js';
import { Cassette, keyOf, recording, replaying } from '../../src/llm/cassette.js';
import { type ModelRequest, toModelCall } from '../../src/llm/model.js';
import { readModelName } from '../../src/llm/naming.js';
import { Models } from '../../src/llm/open.js';
import { providerIds } from '../../src/llm/providers.js';
import { decoderLm } from '../../src/nn/decoder.js';
import { toHuggingFace } from '../../src/nn/hugging-face.js';
import { initParams } from '../../src/nn/params.js';
import { trainTokenizer } from '../../src/nn/tokenizer/train.js';
import * as does from './behaviours.js';
import { type ModelServer, startModelServer } from './server.js';

const KEY = 'sk-secret-0123456789';
const ASK: ModelRequest = { messages: [{ role: 'user', content: 'Your move?' }], parameters: { maxTokens: 8 } };

let server: ModelServer;
let folder: string;
const opened: Models[] = [];

beforeAll(async () => {
  server = await startModelServer();
  folder = mkdtempSync(join(tmpdir(), 'ludus-models-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((models) => models.close()));
  rmSync(join(folder, 'ludus.config.json'), { force: true });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

function modelsWith(settings: object | null = null, env: { [variable: string]: string } = {}): Models {
  if (settings !== null) writeFileSync(join(folder, 'ludus.config.json'), JSON.stringify(settings));
  const models = new Models({ folder, env });
  opened.push(models);
  return models;
}

describe('names of models', () => {
  it.each([
    ['openai/gpt-5-mini', ['openai', 'gpt-5-mini', null, null]],
    ['ollama/llama3.2:3b', ['ollama', 'llama3.2:3b', null, null]],
    ['vllm/Qwen/Qwen3-8B@http://h:8000/v1', ['vllm', 'Qwen/Qwen3-8B', 'http://h:8000/v1', null]],
    ['vllm/m@v2@https://h/v1?road=sdk', ['vllm', 'm@v2', 'https://h/v1', 'sdk']],
    ['local/./runs/lm', ['local', './runs/lm', null, null]],
    ['local//runs/lm', ['local', '/runs/lm', null, null]],
  ])('%s', (name, [provider, model, url, road]) => {
    expect(readModelName(name)).toEqual({ provider, model, url, road });
  });

  it.each(['', 'gpt-5', '/m', 'openai/', `vllm/m@http://me:${KEY}@h/v1`, `vllm/m@http://h/v1?key=${KEY}`])(
    '"%s" is refused, and no key repeated',
    (name) => {
      expect(() => readModelName(name)).toThrow(UserError);
      expect(() => readModelName(name)).not.toThrow(KEY);
    },
  );

  it('must be of a provider there is, with its key', async () => {
    const models = modelsWith();
    await expect(models.open('opnai/gpt')).rejects.toThrow('there is no provider "opnai"; did you mean openai');
    await expect(models.open('../x/gpt')).rejects.toThrow('there is no provider');
    await expect(models.open('openai/gpt')).rejects.toThrow('set the environment variable OPENAI_API_KEY');
    await expect(models.open('compatible/m')).rejects.toThrow('does not say where the server is');
    await expect(models.open('anthropic/m?road=thin')).rejects.toThrow(/environment variable|has no road "thin"/);
    await expect(models.open('vllm/m?road=scenic')).rejects.toThrow('has no road "scenic"; it has thin and sdk');
    const broken = modelsWith(null, { VLLM_API_KEY: `${KEY}\nX` });
    await expect(broken.open('vllm/m')).rejects.toThrow(/^the environment variable VLLM_API_KEY holds no key/);
  });
});

describe('an opened model', () => {
  it('sends messages as they are, and parameters under their names there', async () => {
    server.play(() => does.answers({ text: 'b4', tokens: { prompt: [1, 2], completion: [3] }, logprobs: [-0.5] }));
    const model = await modelsWith(null, { VLLM_API_KEY: KEY }).open(`vllm/m@${server.origin}/v1`);
    const messages = [{ role: 'user', content: 'Zug? \u00e9 "\n', name: 'p' }] as const;
    const schema = { name: 'move', schema: { type: 'object' } };
    const parameters = { seed: 7, topK: 3, logprobs: true, tokenIds: true, stop: ['#'], extra: { min_p: 0.1 } };
    const reply = await model.call({ messages, schema, parameters }, null);
    const [asked] = server.received;
    expect(asked?.raw).toContain(`"messages":${JSON.stringify(messages)}`);
    expect(asked?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(asked?.body).toEqual({
      model: 'm',
      messages,
      seed: 7,
      top_k: 3,
      logprobs: true,
      return_token_ids: true,
      stop: ['#'],
      min_p: 0.1,
      response_format: { type: 'json_schema', json_schema: schema },
    });
    expect(reply).toMatchObject({ tokens: { prompt: [1, 2], completion: [3] }, logprobs: [-0.5] });
    const call = toModelCall({ messages, schema, parameters }, reply);
    expect(call).toMatchObject({ model: 'm-served', messages, parameters: { ...parameters, schema } });
    expect(JSON.stringify(call)).not.toContain(KEY);
  });

  it('gets ids and log probabilities by the SDK too', async () => {
    server.play(() => does.answers({ text: 'b4', tokens: { prompt: [1], completion: [3] }, logprobs: [-0.5] }));
    const model = await modelsWith().open(`vllm/m@${server.origin}/v1?road=sdk`);
    const parameters = { logprobs: true, tokenIds: true, extra: { min_p: 0.1 } };
    const reply = await model.call({ ...ASK, parameters }, null);
    expect(server.received[0]?.body).toMatchObject({ logprobs: true, return_token_ids: true, min_p: 0.1 });
    expect(reply).toMatchObject({ tokens: { prompt: [1], completion: [3] }, logprobs: [-0.5] });
  });

  it('of each provider carries a conversation with tools', async () => {
    server.play(() => does.answers('done'));
    const call = { id: 'c1', type: 'function', function: { name: 'move', arguments: '{"to":"b4"}' } };
    const messages: ModelRequest['messages'] = [
      { role: 'system', content: 'Rules.' },
      { role: 'user', content: 'Go.' },
      { role: 'assistant', content: '', tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c1', content: 'taken' },
    ];
    const tools = [{ name: 'move', description: 'Moves.', parameters: { type: 'object', properties: {} } }];
    const env = { ANTHROPIC_API_KEY: KEY, GOOGLE_GENERATIVE_AI_API_KEY: KEY, OPENAI_API_KEY: KEY };
    const models = modelsWith(null, env);
    for (const name of [
      'vllm/m@%/v1',
      'vllm/m@%/v1?road=sdk',
      'openai/m@%/v1?road=sdk',
      'anthropic/m@%/v1',
      'google/m@%/v1beta',
    ]) {
      const model = await models.open(name.replace('%', server.origin));
      expect((await model.call({ ...ASK, messages, tools }, null)).text).toBe('done');
      const sent = server.received.at(-1)?.raw ?? '';
      for (const word of ['Rules.', 'Go.', 'move', 'b4', 'taken']) expect(sent).toContain(word);
      expect(sent).not.toContain(KEY);
    }
  });

  it('may have a name, parameters and a price of its own', async () => {
    server.play(() => does.answers({ text: 'b4', usage: { prompt: 1000, completion: 100 } }));
    const models = modelsWith(
      {
        models: { judge: { model: `vllm/m@${server.origin}/v1`, parameters: { temperature: 0 }, keyVariable: 'MINE' } },
        providers: { vllm: { concurrency: 2 } },
        prices: { 'vllm/m': { input: 1, output: 10 } },
      },
      { MINE: KEY },
    );
    const judge = await models.open('judge');
    expect(judge.defaults).toEqual({ temperature: 0 });
    expect((await judge.call(ASK, null)).usage?.cost).toBeCloseTo(0.002, 12);
    expect(server.received[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(models.service('judge')).toBe(models.service(`vllm/other@${server.origin}/v1`));
    await expect(models.open('jugde')).rejects.toThrow('did you mean judge?');
  });

  it.each([
    [{ models: { a: { model: 'x/y', key: 'sk-1' } } }, /models\.a: Unrecognized key: "key"/],
    [{ models: { a: { model: 'x/y', parameters: { temprature: 1 } } } }, /models\.a\.parameters/],
    [{ providers: { openai: { concurrency: 0 } } }, /providers\.openai\.concurrency/],
    [{ prices: { m: { input: -1, output: 0 } } }, /prices\.m\.input/],
    [{ model: {} }, /there is no "model"; did you mean models/],
  ])('is not made of %j', (settings, message) => {
    expect(() => modelsWith(settings)).toThrow(message);
  });

  it('comes from a provider found in its folder', () => {
    expect(providerIds()).toEqual(expect.arrayContaining(['anthropic', 'google', 'local', 'ollama', 'openai', 'vllm']));
  });
});

describe('a cassette', () => {
  it('plays a run again without a server, errors and repeated requests included', async () => {
    const file = join(folder, 'tapes', 'run.jsonl');
    server.play([does.answers('one'), does.answers('two'), does.fails(400, `bad ${KEY}`)]);
    const live = await modelsWith(null, { VLLM_API_KEY: KEY }).open(`vllm/m@${server.origin}/v1`);
    const taped = recording(live, new Cassette(file));
    const first = await taped.call(ASK, null);
    await taped.call(ASK, null);
    const other = { ...ASK, messages: [{ role: 'user' as const, content: 'Yours?' }] };
    await expect(taped.call(other, null)).rejects.toMatchObject({ kind: 'bad-request' });
    expect(readFileSync(file, 'utf8')).not.toContain(KEY);

    const played = replaying(live.id, new Cassette(file));
    expect(await played.call(ASK, null)).toEqual(first);
    expect((await played.call(ASK, null)).text).toBe('two');
    await expect(played.call(other, null)).rejects.toMatchObject({ kind: 'bad-request', message: /answered 400/ });
    await expect(played.call(ASK, null)).rejects.toThrow('was recorded 2 times and is asked for once more');
    expect(server.received).toHaveLength(3);
  });

  it('names the nearest difference on a miss', async () => {
    const cassette = new Cassette(join(folder, 'miss.jsonl'));
    const model = replaying('x/m', cassette);
    await expect(model.call(ASK, null)).rejects.toThrow('there is no call of x/m in it');
    server.play(() => does.answers('yes'));
    const live = await modelsWith().open(`vllm/m@${server.origin}/v1`);
    await recording({ ...live, id: 'x/m' }, cassette).call(ASK, null);
    const wordy = { ...ASK, messages: [{ role: 'user' as const, content: 'Your moves?' }] };
    await expect(model.call(wordy, null)).rejects.toThrow(
      'request.messages.0.content: recorded "Your move?", asked "Your moves?"',
    );
    const hotter = { ...ASK, parameters: { maxTokens: 8, temperature: 1 } };
    await expect(model.call(hotter, null)).rejects.toThrow('request.parameters.temperature: recorded nothing, asked 1');
    await expect(replaying('x/n', cassette).call(ASK, null)).rejects.toThrow('model: recorded "x/m", asked "x/n"');
  });

  it('does without a last line that broke off, and refuses what is none', () => {
    const file = join(folder, 'torn.jsonl');
    const line = JSON.stringify({ key: 'k', model: 'x/m', request: ASK, reply: {} });
    writeFileSync(file, `${line}\n${line.slice(0, 20)}`);
    expect(new Cassette(file).size).toBe(1);
    writeFileSync(file, `${line.slice(0, 20)}\n${line}\n`);
    expect(() => new Cassette(file)).toThrow(/line 1 is not JSON/);
  });

  it('has one key for a request, whatever the order of its fields', () => {
    const turned = { parameters: ASK.parameters, messages: [{ content: 'Your move?', role: 'user' as const }] };
    expect(keyOf('m', turned)).toBe(keyOf('m', ASK));
    expect(keyOf('n', ASK)).not.toBe(keyOf('m', ASK));
  });
});

describe('a model in a folder', () => {
  const tokenizer = trainTokenizer(['rock paper scissors rock paper'.repeat(20)], { vocab: 280 });
  const net = decoderLm({ vocab: tokenizer.size, context: 64, layers: 1, width: 16, heads: 2 });
  const params = initParams(net.params, stream(1, 'model'));

  function write(name: string, keep: (path: string) => boolean): string {
    const home = join(folder, name);
    for (const [path, bytes] of Object.entries(toHuggingFace({ net, params, tokenizer }))) {
      if (!keep(path)) continue;
      mkdirSync(join(home, path, '..'), { recursive: true });
      writeFileSync(join(home, path), bytes);
    }
    return home;
  }

  it('answers from its weights or from its .onnx file, the same by the same seed', async () => {
    const ask = { ...ASK, parameters: { maxTokens: 8, seed: 3, temperature: 1 } };
    const replies = [];
    for (const left of ['onnx/model.onnx', 'model.safetensors']) {
      const home = write(`lm-${left.length}`, (path) => path !== left);
      const model = await modelsWith().open(`local/${home}`);
      replies.push(await model.call(ask, null));
      await model.close?.();
    }
    const [first, second] = replies;
    expect(first?.tokens?.completion.length).toBe(first?.logprobs?.length);
    expect(first?.tokens?.completion.length).toBeGreaterThan(0);
    expect({ ...second, model: '' }).toEqual({ ...first, model: '' });
  });

  it('says what is missing', async () => {
    await expect(modelsWith().open(`local/${folder}/none`)).rejects.toThrow('there is no folder');
    const bare = write('lm-bare', (path) => path === 'tokenizer.json');
    await expect(modelsWith().open(`local/${bare}`)).rejects.toThrow('holds 0 .onnx files');
    await expect(modelsWith().open('transformers/some/model')).rejects.toThrow(
      'needs the package @huggingface/transformers, which is not installed: npm install @huggingface/transformers',
    );
  });

  it('says that a prompt is too long in words that make an agent leave out old turns', async () => {
    const model = await modelsWith().open(`local/${write('lm-short', () => true)}`);
    const long = { ...ASK, messages: [{ role: 'user' as const, content: 'rock '.repeat(80) }] };
    const thrown = await model.call(long, null).catch((error: unknown) => error);
    expect(isOverflow(thrown)).toBe(true);
    await model.close?.();
  });
});
