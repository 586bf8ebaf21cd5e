import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import calculator from '../../envs/calculator/index.js';
import type { AgentFactory } from '../../src/core/agent.js';
import { Hopeless } from '../../src/core/errors.js';
import type { Asked } from '../model-server/asked.js';
import { answers, type Behaviour, fails, says } from '../model-server/behaviours.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';
import { lastOf } from './obliging.js';
import { agentOn, callsOf, models, play } from './table.js';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(async () => {
  await server.close();
  await models.close();
});

const folder: AgentFactory = () => ({
  manifest: { agent: 'folder' },
  act: ({ space }) => ({ move: space.kind === 'choice' ? (space.options[0]?.id as string) : '' }),
});

/** Refuses every request that has one of these fields, in these words; answers in words what has none. */
function refusing(fields: readonly string[], message: string, status = 400): (asked: Asked) => Behaviour {
  return (asked) => {
    if (fields.some((field) => asked.body?.[field] !== undefined)) return fails(status, message);
    const native = asked.body?.response_format !== undefined;
    return answers(
      native ? '{"answer": "bet"}' : `<answer>${lastOf(asked).includes('- bet') ? 'bet' : 'call'}</answer>`,
    );
  };
}

const outline = ({ parameters: { without, schema }, reply }: ReturnType<typeof callsOf>[number]) => ({
  formed: schema !== undefined,
  without,
  failed: 'error' in (reply as object),
});

/** What servers say, the first three with the status and in the words that their own trackers quote. */
const REFUSALS: [string, string, number][] = [
  [
    'vLLM without a parser',
    '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
    400,
  ],
  ['llama.cpp', 'Unsupported param: response_format', 500],
  ['llama.cpp, a sampler', 'Failed to initialize samplers: Unexpected empty grammar stack', 400],
  ['an older server', "response_format.type must be one of 'text' or 'json_object'", 400],
  ['OpenAI', "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.", 400],
  ['a router', 'No endpoints found that support structured outputs', 404],
];

describe.each([
  ['thin', ''],
  ['sdk', '?road=sdk'],
])('a refusal on the %s road', (_, road) => {
  it.each(REFUSALS)('by %s: the model is asked in words from then on, and each call says so', async (...row) => {
    const [, message, status] = row;
    server.play(refusing(['response_format'], message, status));
    const model = await agentOn(server, road);
    const first = await play([model, folder]);
    expect(callsOf(first, 0).map(outline)[0]).toEqual({ formed: true, without: undefined, failed: true });
    expect(callsOf(first, 0)[0]?.reply).toMatchObject({ error: { text: expect.stringContaining(message) } });
    for (const call of callsOf(first, 0).slice(1).map(outline))
      expect(call).toEqual({ formed: false, without: ['answers'], failed: false });
    expect(first.steps.flatMap(({ seats }) => seats?.[0]?.tries ?? [])).toEqual([]);
    expect(lastOf(server.received.at(-1) as never)).toContain('<answer>');
    const before = server.received.length;
    const second = await play([model, folder], { seed: 2 });
    expect(
      callsOf(second, 0)
        .map(outline)
        .every(({ failed, without }) => !failed && without !== undefined),
    ).toBe(true);
    expect(server.received.slice(before).every(({ body }) => body?.response_format === undefined)).toBe(true);
  });

  it('of tools: calls are written in words, and played', async () => {
    server.play((asked) =>
      asked.body?.tools === undefined
        ? answers('<answer>[{"name": "submit_answer", "args": {"answer": "2"}}]</answer>')
        : fails(400, 'registry.example/toy:1b does not support tools'),
    );
    const played = await play([await agentOn(server, road)], { environment: calculator });
    expect(played.steps.flatMap(({ seats }) => (seats?.[0] === undefined ? [] : [seats[0].move]))).toMatchObject([
      [{ name: 'submit_answer' }],
    ]);
    expect(callsOf(played, 0).map(({ parameters }) => parameters.without)).toEqual([undefined, ['answers']]);
  });

  it('with fallback=false ends the run and says what to do', async () => {
    server.play(refusing(['response_format'], 'response_format is not supported'));
    const run = play([await agentOn(server, `${road},fallback=false`), folder]);
    await expect(run).rejects.toThrow(/response_format is not supported; ask with answers=words, or take out fallback/);
    await expect(run).rejects.toBeInstanceOf(Hopeless);
    expect(server.received).toHaveLength(1);
  });

  it('of log probabilities: goes without them, and keeps its schema', async () => {
    server.play(refusing(['logprobs'], 'logprobs are not supported with this model'));
    const played = await play([await agentOn(server, `${road},logprobs=true`), folder]);
    const calls = callsOf(played, 0);
    expect(calls.map(outline)[1]).toEqual({ formed: true, without: ['logprobs'], failed: false });
    expect(calls.map(({ parameters }) => parameters.logprobs).slice(0, 2)).toEqual([true, undefined]);
  });

  it('of both, one after the other', async () => {
    server.play(refusing(['response_format', 'logprobs'], 'logprobs and response_format are not supported'));
    const played = await play([await agentOn(server, `${road},logprobs=true`), folder]);
    expect(callsOf(played, 0).map(outline).slice(0, 3)).toEqual([
      { formed: true, without: undefined, failed: true },
      { formed: false, without: ['answers'], failed: true },
      { formed: false, without: ['answers', 'logprobs'], failed: false },
    ]);
  });

  it.each([
    ['another fault', fails(400, 'there is no model "toy"')],
    ['a model that called what is not there', fails(400, "attempted to call tool 'x', see failed_generation")],
    ['a server that broke', fails(500, 'tools are broken today')],
    ['a page of a proxy', says('<html>tools</html>', 502)],
  ])('%s is none', async (__, behaviour) => {
    server.play(() => behaviour);
    const { ending } = await play([await agentOn(server, road), folder], { tries: 1 });
    expect(ending.forfeits?.[0]).toMatchObject([{ failure: 'crashed' }]);
    expect(server.received).toHaveLength(1);
  });
});

it('members of a vote and the judge of the best give way too', async () => {
  const rates = (asked: Asked) => lastOf(asked).includes('Rate that answer');
  const refuse = refusing(['response_format'], 'json_schema is not supported');
  server.play((asked) =>
    asked.body?.response_format === undefined && rates(asked)
      ? answers('<answer>{"rating": 7}</answer>')
      : refuse(asked),
  );
  for (const [setting, calls] of [
    ['votes=3', 6],
    ['best=2', 5],
  ] as const) {
    const played = await play([await agentOn(server, `,${setting}`), folder]);
    const [first] = played.steps.flatMap(({ seats }) => (seats?.[0] === undefined ? [] : [seats[0]]));
    expect(first?.calls).toHaveLength(calls);
    expect(first?.move).toBe('bet');
  }
});

it('a judge that meets the refusal first falls back by itself', async () => {
  server.play((asked) => {
    if (!lastOf(asked).includes('Rate that answer')) return answers('{"answer": "bet"}');
    return asked.body?.response_format === undefined
      ? answers('<answer>{"rating": 7}</answer>')
      : fails(400, 'this json_schema is not supported');
  });
  const played = await play([await agentOn(server, ',best=2'), folder]);
  const [first] = played.steps.flatMap(({ seats }) => (seats?.[0] === undefined ? [] : [seats[0]]));
  expect(first).toMatchObject({ move: 'bet', candidates: [{ move: 'bet', score: 7 }] });
});
