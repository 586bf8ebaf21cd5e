import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import random from '../../agents/random.js';
import connectFour from '../../envs/connect-four/index.js';
import type { AgentFactory } from '../../src/core/agent.js';
import { answers, fails } from '../model-server/behaviours.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';
import { lastOf, messagesOf, obliging } from './obliging.js';
import { agentOn, callsOf, models, play } from './table.js';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(async () => {
  await server.close();
  await models.close();
});

const anybody = random.open('') as AgentFactory;
const SUMMARY = 'Write the new notes and nothing else.';

/** A game of at least five turns of seat 0, its prompts as the server got them. */
async function prompts(rest: string) {
  const played = await play([await agentOn(server, rest), anybody], { environment: connectFour, seed: 2 });
  const asked = server.received.filter((one) => !lastOf(one).includes(SUMMARY));
  expect(asked.length).toBeGreaterThan(4);
  expect(callsOf(played, 0).map(({ messages }) => messages)).toEqual(server.received.map(({ body }) => body?.messages));
  return { played, prompts: asked.map(messagesOf) };
}

describe('memory', () => {
  it('full: every prompt begins with the one before it and its answer', async () => {
    server.play(obliging);
    const { prompts: all } = await prompts('');
    for (const [at, prompt] of all.entries()) {
      expect(prompt.length).toBe(2 + 2 * at);
      if (at > 0) expect(prompt.slice(0, 2 * at)).toEqual(all[at - 1]);
    }
  });

  it('window: the last turns only, and says how many are gone', async () => {
    server.play(obliging);
    const { prompts: all } = await prompts(',memory=window:2');
    expect(all.map(({ length }) => length).slice(0, 5)).toEqual([2, 4, 6, 6, 6]);
    expect(all[4]?.[1]?.content).toMatch(/^\(You no longer remember 2 earlier turns\.\)/);
    expect(all[4]?.slice(2)).toEqual([...(all[3]?.slice(4) ?? []), ...(all[4]?.slice(4) ?? [])]);
  });

  it('summary: notes by the same model, paid for once in so many turns, from what it was told alone', async () => {
    server.play((asked) => (lastOf(asked).includes(SUMMARY) ? answers(`Notes ${asked.index}.`) : obliging(asked)));
    const { prompts: all } = await prompts(',memory=summary:1');
    const summaries = server.received.filter((one) => lastOf(one).includes(SUMMARY));
    expect(all.map(({ length }) => length).slice(0, 5)).toEqual([2, 4, 4, 4, 4]);
    expect(summaries).toHaveLength(all.length - 2);
    expect(lastOf(summaries[0] as never)).toMatch(/^You have no notes yet\./);
    expect(lastOf(summaries[1] as never)).toMatch(/^Your notes so far:\nNotes 2\./);
    expect(all[2]?.[1]?.content).toMatch(/^Your notes on earlier turns:\nNotes 2\.\n\n/);
  });
});

describe('a prompt that does not fit', () => {
  it('loses its oldest turns by the stated size, keeps the rules and the newest, and says so', async () => {
    server.play(obliging);
    const whole = await prompts('');
    const rules = whole.prompts[0]?.[0]?.content ?? '';
    const most = Math.ceil(rules.length / 3) + 500 + 64;
    server.play(obliging);
    const { prompts: all, played } = await prompts(`,contextTokens=${most},maxTokens=64`);
    expect(Math.max(...all.map((prompt) => JSON.stringify(prompt).length / 3))).toBeLessThanOrEqual(most - 64);
    expect(all.at(-1)?.[0]).toEqual(whole.prompts.at(-1)?.[0]);
    expect(all.at(-1)?.[1]?.content).toMatch(/^\(\d+ earlier turns? did not fit and (is|are) left out\.\)/);
    expect(callsOf(played, 0).at(-1)?.parameters.turnsLeftOut).toBeGreaterThan(0);
    expect(played.ending.how).toBe('rules');
  });

  it('loses half of them each time the provider refuses it, and does not run into it again', async () => {
    let refused = 0;
    server.play((asked) => {
      if (asked.raw.length < 4_500) return obliging(asked);
      refused++;
      return fails(400, "This model's maximum context length is 1024 tokens.");
    });
    const played = await play([await agentOn(server), anybody], { environment: connectFour, seed: 2 });
    expect(played.ending.how).toBe('rules');
    expect(played.steps.flatMap(({ seats }) => seats?.[0]?.tries ?? [])).toEqual([]);
    const calls = callsOf(played, 0);
    expect(calls).toHaveLength(server.received.length);
    expect(refused).toBeGreaterThan(0);
    expect(calls.filter(({ reply }) => 'error' in (reply as object))).toHaveLength(refused);
    const moves = played.steps.filter(({ seats }) => seats?.[0] !== undefined).length;
    expect(refused).toBeLessThan(moves / 2);
  });

  it('fails in words when even the newest turn does not fit', async () => {
    server.play(() => fails(400, 'prompt is too long: 9999 tokens > 10 maximum'));
    const { ending } = await play([await agentOn(server), anybody], { environment: connectFour, tries: 1 });
    expect(ending.forfeits?.[0]).toMatchObject([{ failure: 'crashed', reason: expect.stringContaining('too long') }]);
  });
});

it('a game that goes on from a past that others played has it as its own conversation', async () => {
  const { steps } = await play([anybody, anybody], { environment: connectFour, seed: 2 });
  server.play(obliging);
  await play([await agentOn(server), anybody], { environment: connectFour, past: { steps: steps.slice(0, 4) } });
  const first = messagesOf(server.received[0] as never);
  expect(first.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user', 'assistant', 'user']);
  const own = [0, 2].map((at) => JSON.stringify({ answer: steps[at]?.seats?.[0]?.move }));
  expect([first[2]?.content, first[4]?.content]).toEqual(own);
  expect(first[3]?.content).toMatch(/^What has happened:\n/);
  expect(first[5]?.content).toMatch(/^Since your last turn:\n/);
});
