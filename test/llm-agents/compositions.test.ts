import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryIds, styleIds } from '../../agents/llm/found.js';
import scripted from '../../agents/scripted.js';
import werewolf from '../../envs/werewolf/index.js';
import type { AgentFactory, ModelCall } from '../../src/core/agent.js';
import { isObject } from '../../src/core/json.js';
import { answers } from '../model-server/behaviours.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';
import { lastOf, messagesOf, obliging } from './obliging.js';
import { agentOn, models, type Played, play } from './table.js';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(async () => {
  await server.close();
  await models.close();
});

const anybody = scripted.open('') as AgentFactory;
const NOTES = 'Write the new notes and nothing else.';
const RATE = 'Rate that answer for this seat.';
const THOUGHT = /\\"thought\\":\\"words\\"/;

/** A short game of Werewolf with the model in one seat, its decisions, and no failed try among them. */
async function game(rest: string): Promise<Played> {
  server.play(obliging);
  const agents = [await agentOn(server, rest), ...new Array<AgentFactory>(6).fill(anybody)];
  const played = await play(agents, { environment: werewolf, set: { maxRounds: 2 }, seed: 10 });
  expect(decisionsOf(played).length).toBeGreaterThan(1);
  expect(decisionsOf(played).flatMap(({ tries = [] }) => tries)).toEqual([]);
  return played;
}

const decisionsOf = ({ steps }: Played) => steps.flatMap(({ seats }) => (seats?.[0] === undefined ? [] : [seats[0]]));
const asks = (calls: readonly ModelCall[] = []) =>
  calls.filter(({ messages }) => ![NOTES, RATE].some((text) => String(messages.at(-1)?.content).includes(text)));

/** Questions that a style adds to those of what stands behind it; null where nothing stands behind it. */
const ADDS: { readonly [style: string]: number | null } = {
  direct: 0,
  'chain-of-thought': 0,
  react: 0,
  recon: 2,
  atomic: 1,
  'deduce-and-diversify': null,
};
/** Styles that ask for a thought, and whether later turns see it. */
const THINKS: { readonly [style: string]: boolean } = { 'chain-of-thought': false, react: true };

const open = styleIds().filter((style) => ADDS[style] !== null);
const PAIRS = [...styleIds(), ...open.flatMap((one) => styleIds().map((other) => `${one}+${other}`))];

describe('styles, alone and two together', () => {
  it('are those that this test knows', () => {
    expect(styleIds()).toEqual(Object.keys(ADDS).sort());
  });

  it.each(PAIRS)('%s asks as many questions as its parts, and keeps what the inner one keeps', async (style) => {
    const played = await game(`,style=${style}`);
    const parts = style.split('+');
    const adds = parts.map((part) => ADDS[part] as number | null);
    const least = adds.reduce<number>((sum, one) => sum + (one ?? 1), adds.includes(null) ? 0 : 1);
    for (const { calls = [] } of decisionsOf(played)) {
      if (adds.includes(null)) expect(calls.length).toBeGreaterThanOrEqual(least);
      else expect(calls.length).toBe(least);
    }
    const thinker = parts.findLast((part) => part in THINKS);
    const thinks = server.received.some(({ raw }) => raw.includes('\\"thought\\": your thoughts'));
    expect(thinks).toBe(thinker !== undefined);
    if (thinker === undefined || adds.includes(null)) return;
    const firstOfTurns = decisionsOf(played).map(({ calls = [] }) => JSON.stringify(calls[0]?.messages));
    expect(firstOfTurns.some((sent) => THOUGHT.test(sent))).toBe(THINKS[thinker]);
  });

  it.each(open)('nothing can stand behind deduce-and-diversify: %s is refused there', async (style) => {
    const opening = agentOn(server, `,style=deduce-and-diversify+${style}`);
    await expect(opening).rejects.toThrow(/deduce-and-diversify chooses by itself, so no style can stand behind it/);
  });
});

const MEMORIES = ['full', 'summary:1', 'window:1'];

describe.each(styleIds())('style %s', (style) => {
  it.each(MEMORIES)('with memory %s remembers what that memory keeps', async (memory) => {
    const played = await game(`,style=${style},memory=${memory}`);
    const last = decisionsOf(played).at(-1)?.calls ?? [];
    const prompt = JSON.stringify(asks(last)[0]?.messages);
    const notes = server.received.filter((asked) => lastOf(asked).includes(NOTES)).length;
    expect(/You no longer remember \d+ earlier turn/.test(prompt)).toBe(memory.startsWith('window'));
    expect(prompt.includes('Your notes on earlier turns:')).toBe(memory.startsWith('summary'));
    expect(notes > 0).toBe(memory.startsWith('summary'));
  });
});

it('the memories are those that this test knows', () => {
  expect(MEMORIES.map((memory) => memory.split(':')[0])).toEqual(memoryIds());
});

/** Calls of a turn, by those of one agent alone. */
const WRAPPERS: [string, (own: number) => [least: number, most: number]][] = [
  ['timeoutMs=60000', (own) => [own, own]],
  ['patience=2', (own) => [own, own]],
  ['votes=2', (own) => [2 * own, 2 * own]],
  ['best=2', (own) => [2 * own + 1, 2 * own + 2]],
  ['best=2,patience=2,timeoutMs=60000', (own) => [2 * own + 1, 2 * own + 2]],
];

describe.each(WRAPPERS)('%s', (settings, wanted) => {
  it.each([
    ['direct', 1],
    ['react', 1],
    ['chain-of-thought', 1],
    ['recon', 3],
    ['atomic', 2],
    ['recon+chain-of-thought', 3],
    ['atomic+react', 2],
  ] as [string, number][])('around style %s makes so many calls a turn', async (style, own) => {
    const played = await game(`,style=${style},${settings}`);
    const [least, most] = wanted(own);
    for (const { calls = [] } of decisionsOf(played)) {
      expect(calls.length).toBeGreaterThanOrEqual(least);
      expect(calls.length).toBeLessThanOrEqual(most);
    }
  });

  it.each(MEMORIES)('with memory %s, in words', async (memory) => {
    await game(`,answers=words,memory=${memory},${settings}`);
    expect(server.received.some(({ body }) => isObject(body?.response_format))).toBe(false);
  });
});

it('patience asks so often before the table counts, whatever the style', async () => {
  for (const style of ['direct', 'recon', 'atomic+react']) {
    let failed = 0;
    const failing = new Set<number>();
    server.play((asked) => {
      const acts = asked.raw.includes('response_format') && messagesOf(asked).length > 1;
      if (!acts || failed >= 1 || failing.has(asked.index)) return obliging(asked);
      failed++;
      return answers('no');
    });
    const agents = [await agentOn(server, `,style=${style},patience=2`), ...new Array<AgentFactory>(6).fill(anybody)];
    const played = await play(agents, { environment: werewolf, set: { maxRounds: 1 }, seed: 10, tries: 1 });
    expect(decisionsOf(played).flatMap(({ tries = [] }) => tries)).toEqual([]);
    expect(failed).toBe(1);
    expect(server.received.some(({ raw }) => raw.includes('One try is left.'))).toBe(true);
  }
});
