import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { memoryIds, styleIds } from '../../agents/llm/found.js';
import scripted from '../../agents/scripted.js';
import calculator from '../../envs/calculator/index.js';
import kuhn from '../../envs/kuhn-poker/index.js';
import negotiation from '../../envs/negotiation/index.js';
import werewolf from '../../envs/werewolf/index.js';
import type { AgentFactory } from '../../src/core/agent.js';
import type { Environment } from '../../src/core/environment.js';
import type { Json } from '../../src/core/json.js';
import { answers } from '../model-server/behaviours.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';
import { lastOf, messagesOf, obliging } from './obliging.js';
import { agentOn, callsOf, models, type Played, play } from './table.js';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
beforeEach(() => server.play(obliging));
afterAll(async () => {
  await server.close();
  await models.close();
});

const anybody = scripted.open('') as AgentFactory;

/** What was sent in each call by the record, beside what arrived. */
function sentAndReceived(played: Played, seats: readonly number[]) {
  const sent = seats.flatMap((seat) => callsOf(played, seat)).map(({ messages }) => JSON.stringify(messages));
  const received = server.received.map((asked) => JSON.stringify(asked.body?.messages));
  return { sent: sent.sort(), received: received.sort() };
}

describe('a whole game', () => {
  it('of Kuhn poker: the rules and the seat first, then what it was told, its moves between', async () => {
    server.play([answers('{"answer": "check"}'), answers('{"answer": "call"}')]);
    const played = await play([await agentOn(server), bettor]);
    expect(played.ending.how).toBe('rules');
    const [first] = server.received;
    const [system, user] = messagesOf(first as never);
    expect(system?.role).toBe('system');
    expect(system?.content).toContain(kuhn.spec.rules({ players: 2 }));
    expect(system?.content).toMatch(/You are player_0\.$/);
    expect(user?.content).toMatch(/^What has happened:\n/);
    expect(first?.body).toMatchObject({
      response_format: { json_schema: { schema: { properties: { answer: { enum: ['check', 'bet'] } } } } },
    });
    expect(server.received).toHaveLength(2);
    const second = messagesOf(server.received[1] as never);
    expect(second.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(second.slice(0, 2)).toEqual([system, user]);
    expect(second[2]?.content).toBe('{"answer": "check"}');
    expect(second[3]?.content).toMatch(/^Since your last turn:\n/);
    expect(callsOf(played, 0).map(({ model }) => model)).toEqual(['toy-served', 'toy-served']);
  });

  it.each([
    ['werewolf', 'native', werewolf, {}],
    ['werewolf', 'words', werewolf, { 'talk.maxChars': 60 }],
    ['negotiation', 'native', negotiation, {}],
    ['calculator', 'native', calculator, {}],
  ] as [string, string, Environment, { [path: string]: Json }][])(
    'of %s is played by models in all seats with %s answers, and recorded as it was sent',
    async (_, form, environment, set) => {
      const model = await agentOn(server, `,answers=${form}`);
      const { seats } = environment.spec.facts(environment.spec.config.parse({}));
      const played = await play(new Array(seats).fill(model), { environment, set, tries: 1 });
      expect(played.steps.flatMap(({ seats }) => Object.values(seats ?? {})).filter(({ tries }) => tries)).toEqual([]);
      expect(['rules', 'horizon']).toContain(played.ending.how);
      const { sent, received } = sentAndReceived(played, [...Array(seats).keys()]);
      expect(sent.length).toBeGreaterThan(0);
      expect(sent).toEqual(received);
    },
  );
});

describe.each(styleIds())('style %s', (style) => {
  it('plays a game of Werewolf in seven seats, each call recorded as it arrived', async () => {
    const model = await agentOn(server, `,style=${style}`);
    const played = await play(new Array(7).fill(model), { environment: werewolf, set: { maxRounds: 2 }, tries: 1 });
    const decided = played.steps.flatMap(({ seats }) => Object.values(seats ?? {}));
    expect(decided.flatMap(({ tries = [] }) => tries)).toEqual([]);
    const { sent, received } = sentAndReceived(played, [0, 1, 2, 3, 4, 5, 6]);
    expect(sent).toEqual(received);
    expect(sent.length).toBeGreaterThanOrEqual(decided.length);
    const roles = server.received.map((asked) => messagesOf(asked).map(({ role }) => role));
    for (const list of roles) {
      expect(list.slice(1)).toEqual(list.slice(1).map((_, at) => (at % 2 === 0 ? 'user' : 'assistant')));
    }
  });
});

describe('what styles add', () => {
  const werewolves = { environment: werewolf, set: { maxRounds: 1 }, tries: 1 };
  const others = Array<AgentFactory>(6).fill(anybody);

  it('recon asks for both views before it acts, and keeps them as its thought', async () => {
    const { steps } = await play([await agentOn(server, ',style=recon'), ...others], werewolves);
    const decided = steps.find(({ seats }) => seats?.[0] !== undefined)?.seats?.[0];
    expect(decided?.calls?.map(({ messages }) => messages.length)).toEqual([2, 4, 6]);
    expect(decided?.thought).toBe('Words 0.\n\nWords 1.');
  });

  it('atomic first chooses among 13 actions with seven seats and four roles', async () => {
    await play([await agentOn(server, ',style=atomic'), ...others], {
      ...werewolves,
      set: { maxRounds: 1, 'roles.hunter': 0 },
    });
    const schema = (asked: unknown) =>
      (asked as { response_format: { json_schema: { schema: Json } } }).response_format;
    const { properties } = schema(server.received[0]?.body).json_schema.schema as {
      properties: { answer: { enum: string[] } };
    };
    expect(properties.answer.enum).toHaveLength(13);
    expect(lastOf(server.received[1] as never)).toContain('You decided: idle. Carry it out.');
  });

  it('atomic refuses an environment without roles, unless it is told some', async () => {
    const model = await agentOn(server, ',style=atomic');
    await expect(play([model, anybody])).rejects.toThrow(
      'style atomic needs roles to claim, and kuhn-poker configures',
    );
    const told = await play([await agentOn(server, ',style=atomic:king/queen'), anybody]);
    expect(told.ending.how).toBe('rules');
  });

  it('deduce-and-diversify weighs different candidates and plays one of them', async () => {
    const { steps } = await play([await agentOn(server, ',style=deduce-and-diversify:2'), ...others], werewolves);
    const decided = steps.flatMap(({ seats }) => (seats?.[0] === undefined ? [] : [seats[0]]));
    for (const { move, candidates = [] } of decided) {
      expect(candidates).toContainEqual(move);
      expect(new Set(candidates.map((one) => JSON.stringify(one))).size).toBe(2);
    }
    expect(lastOf(server.received[0] as never)).toContain('Facts:\n[1] ');
  });

  it('chain-of-thought keeps the thought out of later turns, react keeps it in', async () => {
    const script = ['check', 'call', 'check', 'call'].map((move) => `{"thought": "I ponder.", "answer": "${move}"}`);
    server.play(script.map(answers));
    for (const [style, held] of [
      ['chain-of-thought', false],
      ['react', true],
    ] as const) {
      const before = server.received.length;
      const played = await play([await agentOn(server, `,style=${style}`), bettor]);
      expect(played.steps.flatMap(({ seats }) => (seats?.[0] ? [seats[0].thought] : []))).toEqual([
        'I ponder.',
        'I ponder.',
      ]);
      const second = server.received.slice(before)[1];
      expect(JSON.stringify(messagesOf(second as never)).includes('I ponder.')).toBe(held);
    }
  });
});

const bettor: AgentFactory = () => ({ manifest: { agent: 'bettor' }, act: () => ({ move: 'bet' }) });

describe('tools', () => {
  it('are called by name; each result goes back to its call', async () => {
    server.play([
      answers({ calls: [{ name: 'calculator', arguments: '{"expr": "1+1"}' }] }),
      answers({ calls: [{ name: 'submit_answer', arguments: '{"answer": "2"}' }] }),
    ]);
    await play([await agentOn(server)], { environment: calculator });
    const [, second] = server.received;
    const [, , assistant, tool] = messagesOf(second as never) as unknown as {
      tool_calls?: { id: string }[];
      tool_call_id?: string;
      content: string;
    }[];
    expect(tool?.tool_call_id).toBe(assistant?.tool_calls?.[0]?.id);
    expect(tool?.content).toContain('2');
  });
});

it('every memory and style says how it is written', async () => {
  expect(styleIds()).toEqual(['atomic', 'chain-of-thought', 'deduce-and-diversify', 'direct', 'react', 'recon']);
  expect(memoryIds()).toEqual(['full', 'summary', 'window']);
});
