import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Post } from '../../src/llm/http/post.js';
import { type Model, ModelError, type ModelRequest } from '../../src/llm/model.js';
import { provider } from '../../src/llm/providers.js';
import type { Answer } from './asked.js';
import * as does from './behaviours.js';
import { type ModelServer, startModelServer } from './server.js';

const KEY = 'sk-test-0123456789abcdef';
const REQUEST: ModelRequest = {
  messages: [
    { role: 'system', content: 'You play.' },
    { role: 'user', content: 'Your move?' },
  ],
  tools: [
    {
      name: 'move',
      description: 'Moves.',
      parameters: { type: 'object', properties: { to: { type: 'string' } }, required: ['to'] },
    },
  ],
  parameters: { temperature: 0, maxTokens: 64 },
};
const GOOD: Answer = { text: 'b4', usage: { prompt: 12, completion: 3, cached: 4 } };

let server: ModelServer;
let post: Post;

beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

/** Every adapter there is: a provider, the path its API begins with, and the road to it. */
const ADAPTERS = [
  ['thin', 'vllm', '/v1', null],
  ['AI SDK, openai-compatible', 'vllm', '/v1', 'sdk'],
  ['AI SDK, openai', 'openai', '/v1', 'sdk'],
  ['AI SDK, anthropic', 'anthropic', '/v1', null],
  ['AI SDK, google', 'google', '/v1beta', null],
] as const;

describe.each(ADAPTERS)('%s', (_, id, path, road) => {
  let model: Model;

  beforeEach(async () => {
    post = new Post({ maxBytes: 200_000, timeoutMs: 20_000, patience: { attempts: 3, firstMs: 1, random: () => 0 } });
    model = await opened(post);
    return () => post.close();
  });

  async function opened(over: Post): Promise<Model> {
    const env = { VLLM_API_KEY: KEY, OPENAI_API_KEY: KEY, ANTHROPIC_API_KEY: KEY, GOOGLE_GENERATIVE_AI_API_KEY: KEY };
    const place = { id: `${id}/m`, model: 'm', url: server.origin + path, road, keyVariable: null, env, post: over };
    return (await provider(id)).open(place);
  }

  /** The error of one call. */
  async function fault(script: Parameters<ModelServer['play']>[0], signal: AbortSignal | null = null, with_ = model) {
    server.play(script);
    const thrown: unknown = await with_.call(REQUEST, signal).then(
      (reply) => expect.fail(`no error but ${JSON.stringify(reply)}`),
      (error: unknown) => error,
    );
    expect(thrown).toBeInstanceOf(ModelError);
    const error = thrown as ModelError;
    expect(error.message).not.toContain(KEY);
    return error;
  }

  it('gets an answer, its name and its usage', async () => {
    server.play([does.answers(GOOD)]);
    expect(await model.call(REQUEST, null)).toMatchObject({
      text: 'b4',
      reasoning: null,
      toolCalls: [],
      finish: 'stop',
      model: 'm-served',
      usage: { promptTokens: 12, completionTokens: 3, cachedTokens: 4 },
      tokens: null,
      logprobs: null,
    });
    expect(server.received).toHaveLength(1);
  });

  it('keeps reasoning apart, and tells an answer that was cut off', async () => {
    server.play([does.answers({ text: 'b', reasoning: 'hm', finish: 'length' })]);
    expect(await model.call(REQUEST, null)).toMatchObject({ text: 'b', reasoning: 'hm', finish: 'length' });
  });

  it('waits as 429 asks, then succeeds', async () => {
    server.play([does.limits(), does.limits({ 'retry-after': '0' }), does.answers(GOOD)]);
    expect((await model.call(REQUEST, null)).text).toBe('b4');
    expect(server.received).toHaveLength(3);
    expect(new Set(server.received.map(({ raw }) => raw)).size).toBe(1);
  });

  it('gives up at once when 429 asks for longer than the call may take', async () => {
    const error = await fault([does.limits({ 'retry-after': '3600' }), does.answers(GOOD)]);
    expect(error).toMatchObject({ kind: 'rate-limited', retryAfterMs: 3_600_000 });
    expect(server.received).toHaveLength(1);
  });

  it('gives up after its attempts', async () => {
    expect(await fault(() => does.limits())).toMatchObject({ kind: 'rate-limited' });
    expect(server.received).toHaveLength(3);
  });

  it.each([408, 500, 502, 503, 529])('tries again after %i', async (status) => {
    server.play([does.fails(status), does.answers(GOOD)]);
    expect((await model.call(REQUEST, null)).text).toBe('b4');
    expect(await fault(() => does.fails(status))).toMatchObject({ kind: 'unavailable' });
    expect(server.received).toHaveLength(3);
  });

  it('tries again when the connection drops, before an answer or in it', async () => {
    server.play([does.drops(), does.dropsMidway(GOOD), does.answers(GOOD)]);
    expect((await model.call(REQUEST, null)).text).toBe('b4');
    expect(await fault(() => does.drops())).toMatchObject({ kind: 'unavailable' });
  });

  it.each([
    ['bad-request', 400],
    ['unauthorised', 401],
    ['unauthorised', 403],
    ['bad-request', 404],
    ['bad-request', 422],
  ])('%s: %i is final', async (kind, status) => {
    const error = await fault([does.fails(status, `no good: ${KEY}`)]);
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(`answered ${status}`);
    expect(server.received).toHaveLength(1);
  });

  it.each([
    ['half a JSON', does.halves(GOOD), /not whole JSON/],
    ['an empty body', does.empty(), /empty body/],
    ['another JSON', does.says('{"hello":"there"}'), /no chat completion|holds no answer|the AI SDK/],
    ['no JSON', does.says('<html>'), /not whole JSON/],
  ])('%s is a bad reply, and is not paid for twice', async (_name, behaviour, message) => {
    const error = await fault([behaviour]);
    expect(error).toMatchObject({ kind: 'bad-reply', message: expect.stringMatching(message) });
    expect(server.received).toHaveLength(1);
  });

  it('hangs up on a reply without end', async () => {
    const error = await fault([does.endless()]);
    expect(error).toMatchObject({ kind: 'bad-reply', message: expect.stringContaining('more than 200000 bytes') });
  });

  it('hands on an answer without words', async () => {
    server.play([does.answers({ text: '' })]);
    expect(await model.call(REQUEST, null)).toMatchObject({ text: '', toolCalls: [], finish: 'stop' });
  });

  it('tells a refusal', async () => {
    expect(await fault([does.answers({ refusal: 'I would rather not.' })])).toMatchObject({ kind: 'refused' });
    expect(await fault([does.answers({ finish: 'filter' })])).toMatchObject({ kind: 'refused' });
  });

  it('hands on calls of tools that do not exist, and arguments as they came', async () => {
    server.play([
      does.answers({
        calls: [
          { name: 'fly', arguments: '{"to":"b4"}' },
          { name: 'move', arguments: '{"speed":9}' },
        ],
      }),
    ]);
    const { toolCalls, finish } = await model.call(REQUEST, null);
    expect(finish).toBe('tool-calls');
    expect(toolCalls.map(({ name, arguments: written }) => [name, JSON.parse(written)])).toEqual([
      ['fly', { to: 'b4' }],
      ['move', { speed: 9 }],
    ]);
    expect(new Set(toolCalls.map((call) => call.id)).size).toBe(2);
  });

  it('survives arguments that are no object', async () => {
    server.play([does.answers({ calls: [{ name: 'move', arguments: '{"to": b4' }] })]);
    const written = await model.call(REQUEST, null).then(
      ({ toolCalls }) => toolCalls[0]?.arguments,
      (error: ModelError) => error.kind,
    );
    // NOTE: two protocols have objects only; what their SDK refuses is a bad reply, never an ordinary answer.
    expect(['{"to": b4', '"{\\"to\\": b4"', 'bad-reply']).toContain(written);
  });

  it('ends when the time of the call is over', async () => {
    const hasty = new Post({ timeoutMs: 60, patience: { firstMs: 1 } });
    const error = await fault([does.silent()], null, await opened(hasty));
    expect(error).toMatchObject({ kind: 'timeout', message: expect.stringContaining('60 ms') });
    await hasty.close();
  });

  it('ends with the reason of its signal, while waiting for an answer and while waiting to try again', async () => {
    for (const behaviour of [does.silent(), does.limits({ 'retry-after': '9' })]) {
      const stop = new AbortController();
      server.play(() => {
        setTimeout(() => stop.abort(new Error('enough')), 5);
        return behaviour;
      });
      await expect(model.call(REQUEST, stop.signal)).rejects.toThrow('enough');
    }
    await expect(model.call(REQUEST, AbortSignal.abort(new Error('never')))).rejects.toThrow('never');
  });

  it('says where nobody answers', async () => {
    const closed = await startModelServer();
    await closed.close();
    const env = { VLLM_API_KEY: KEY, OPENAI_API_KEY: KEY, ANTHROPIC_API_KEY: KEY, GOOGLE_GENERATIVE_AI_API_KEY: KEY };
    const place = { id: 'x', model: 'm', url: closed.origin + path, road, keyVariable: null, env, post };
    const nobody = await (await provider(id)).open(place);
    expect(await fault([], null, nobody)).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('nobody answers there'),
    });
  });

  it('repeats no key, should a server send it back', async () => {
    server.play([does.answers({ text: `the key is ${KEY}`, calls: [{ name: 'move', arguments: `{"to":"${KEY}"}` }] })]);
    const reply = await model.call(REQUEST, null);
    expect(JSON.stringify(server.received[0]?.headers)).toContain(KEY);
    expect(JSON.stringify(reply)).not.toContain(KEY);
    expect(reply.text).toBe('the key is [key]');
  });
});
