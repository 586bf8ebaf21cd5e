import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLanguageAgent } from '../../agents/llm/open.js';
import scripted from '../../agents/scripted.js';
import calculator from '../../envs/calculator/index.js';
import kuhn from '../../envs/kuhn-poker/index.js';
import negotiation from '../../envs/negotiation/index.js';
import type { AgentFactory, ModelCall } from '../../src/core/agent.js';
import type { JsonObject } from '../../src/core/json.js';
import type { ToolCall } from '../../src/core/space.js';
import { type LanguageModel, writeHuggingFace } from '../../src/nn/hugging-face.js';
import { answers } from '../model-server/behaviours.js';
import { startModelServer } from '../model-server/server.js';
import { agentOn, callsOf, models, type Played, play } from './table.js';
import { conversationOf, taught, untaught } from './taught.js';

const home = mkdtempSync(join(tmpdir(), 'ludus-local-'));
const CALCULATION = {
  environment: calculator,
  set: { 'problem.id': 'p', 'problem.question': 'What is 17 times 3?', 'problem.answer': 51 },
};
const anybody = scripted.open('') as AgentFactory;

let lesson: Played;
beforeAll(async () => {
  const server = await startModelServer();
  server.play([
    answers({ calls: [{ name: 'calculator', arguments: '{"expr":"17*3"}' }] }),
    answers({ calls: [{ name: 'submit_answer', arguments: '{"answer":"51"}' }] }),
  ]);
  lesson = await play([await agentOn(server)], CALCULATION);
  await server.close();
});
afterAll(async () => {
  rmSync(home, { recursive: true });
  await models.close();
});

function agentOf(model: LanguageModel, rest = ''): Promise<AgentFactory> {
  const folder = mkdtempSync(join(home, 'model-'));
  writeHuggingFace(folder, model);
  return openLanguageAgent(`local/${folder}${rest}`, models);
}

function toolsCalled({ steps }: Played): string[] {
  return steps.flatMap(({ seats }) => ((seats?.[0]?.move ?? []) as unknown as ToolCall[]).map(({ name }) => name));
}

describe('a model in a folder', () => {
  it('learns a conversation with tools by heart and plays it: it calls, reads the result and hands in', async () => {
    expect(lesson.ending.returns).toEqual([1]);
    const model = await taught(conversationOf(callsOf(lesson, 0).at(-1) as ModelCall), 120);
    const played = await play([await agentOf(model, ',temperature=0')], CALCULATION);
    expect(toolsCalled(played)).toEqual(['calculator', 'submit_answer']);
    expect(played.ending.returns).toEqual([1]);
    const [first, second] = callsOf(played, 0) as [ModelCall, ModelCall];
    expect(second.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool', 'user']);
    expect(second.tokens?.prompt.slice(0, first.tokens?.prompt.length)).toEqual(first.tokens?.prompt);
    expect(second.usage).toMatchObject({
      cachedTokens: (first.tokens?.prompt.length ?? 0) + (first.tokens?.completion.length ?? 0) - 1,
    });
  });
});

describe('a model that was taught nothing', () => {
  const rules = [kuhn.spec.rules({ players: 2 } as never)];

  it.each([
    ['a choice', kuhn, {}, 'schema'],
    ['a form', negotiation, { talk: false }, 'schema'],
    ['calls', calculator, { maxSteps: 2 }, 'tools'],
  ] as const)('plays all the same, held to %s', async (_, environment, set, asked) => {
    const me = await agentOf(untaught(rules, 4096), ',seed=5,maxTokens=2500');
    const played = await play(environment === calculator ? [me] : [me, anybody], { environment, set });
    const calls = callsOf(played, 0);
    expect(calls.length).toBeGreaterThan(0);
    // NOTE: it may write a text inside its answer to the limit, since nothing taught it to close one.
    const ended = calls.filter(({ reply }) => (reply as JsonObject).finish !== 'length');
    expect(ended.length).toBeGreaterThan(0);
    for (const { parameters, reply } of ended) {
      expect(Object.keys(parameters as object)).toContain(asked);
      if (asked === 'tools') expect(reply).toMatchObject({ content: '', finish: 'tool-calls' });
      else expect(JSON.parse(String((reply as JsonObject).content))).toBeTypeOf('object');
    }
  });

  it('is refused where it answers in words, which nothing holds', async () => {
    const me = await agentOf(untaught(rules, 4096), ',seed=5,maxTokens=20,answers=words');
    const { ending } = await play([me, anybody], { environment: kuhn });
    expect(ending.how).not.toBe('rules');
  });
});
