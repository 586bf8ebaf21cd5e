import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import calculator from '../../envs/calculator/index.js';
import type { AgentFactory } from '../../src/core/agent.js';
import type { Answer } from '../model-server/asked.js';
import { answers, type Behaviour, drops, empty, fails, halves, limits, silent } from '../model-server/behaviours.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';
import { lastOf, messagesOf } from './obliging.js';
import { agentOn, callsOf, models, play } from './table.js';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(async () => {
  await server.close();
  await models.close();
});

const folder: AgentFactory = () => ({ manifest: { agent: 'folder' }, act: ({ space }) => ({ move: passive(space) }) });

function passive(space: unknown): string {
  const ids = (space as { options: { id: string }[] }).options.map(({ id }) => id);
  return ids.find((id) => id === 'fold' || id === 'check') as string;
}

const cut = (text: string): Answer => ({ text, finish: 'length' });

/** What the server does, the form of answers, how the try is called, and what the seat is told of it. */
const FAILURES: [string, string, Behaviour, string, RegExp][] = [
  ['prose for JSON', 'native', answers('I bet!'), 'unparsable', /not one JSON object/],
  ['an object without an answer', 'native', answers('{"move": "bet"}'), 'unparsable', /no "answer"/],
  ['an option that is not there', 'native', answers('{"answer": "raise"}'), 'illegal', /none of: check, bet/],
  ['a number for a choice', 'native', answers('{"answer": 7}'), 'illegal', /choose one of: check, bet/],
  ['half an object', 'native', answers(cut('{"answer": "be')), 'truncated', /before its JSON was complete/],
  ['nothing within the limit', 'native', answers(cut('')), 'truncated', /before it said anything/],
  ['an empty answer', 'native', answers(''), 'unparsable', /the reply is empty/],
  ['a refusal', 'native', answers({ refusal: 'I do not gamble.' }), 'unparsable', /refused: "I do not gamble/],
  ['a filtered answer', 'native', answers({ text: '{"answer"', finish: 'filter' }), 'unparsable', /filter/],
  [
    'a tool that nobody offered',
    'native',
    answers({ calls: [{ name: 'bet', arguments: '{}' }] }),
    'unparsable',
    /calls a tool "bet"/,
  ],
  ['prose for words', 'words', answers('I would rather bet than check here'), 'ambiguous', /names 2 options/],
  ['two answers', 'words', answers('<answer>bet</answer><answer>check</answer>'), 'ambiguous', /2 <answer> tags/],
  ['an unclosed answer', 'words', answers(cut('Hm. <answer>be')), 'truncated', /not closed/],
  ['an unclosed thought', 'words', answers(cut('<think>Hm, bet')), 'truncated', /not closed/],
  ['an illegal word', 'words', answers('<answer>raise</answer>'), 'illegal', /none of: check, bet/],
  ['no body', 'native', empty(), 'crashed', /empty body/],
  ['half a JSON of the protocol', 'native', halves(), 'crashed', /not whole JSON/],
  ['a dropped connection', 'native', drops(), 'crashed', /./],
  ['too many requests', 'native', limits(), 'crashed', /429|many requests/],
  ['a broken server', 'native', fails(500), 'crashed', /500/],
];

describe('a failed answer', () => {
  it.each(FAILURES)('%s (%s): is told apart, told to the seat, recorded, and tried again', async (...row) => {
    const [, form, behaviour, failure, reason] = row;
    const good = answers(form === 'native' ? '{"answer": "bet"}' : '<answer>bet</answer>');
    server.play([behaviour, good]);
    const played = await play([await agentOn(server, `,answers=${form}`), folder]);
    const [tried, ...more] = played.steps.flatMap(({ seats }) => seats?.[0]?.tries ?? []);
    expect(more).toEqual([]);
    expect(tried).toMatchObject({ failure, reason: expect.stringMatching(reason) });
    expect(tried?.calls).toHaveLength(1);
    const again = server.received[1];
    expect(lastOf(again as never)).toContain(`${tried?.reason}. 2 tries are left.`);
    const roles = messagesOf(again as never).map(({ role }) => role);
    expect(roles.filter((role, at) => role === roles[at - 1])).toEqual([]);
    expect(callsOf(played, 0).map(({ messages }) => messages)).toEqual(
      server.received.map(({ body }) => body?.messages),
    );
  });

  it('after the last try forfeits, with every try in the record', async () => {
    server.play(() => answers('no'));
    const { ending } = await play([await agentOn(server), folder]);
    expect(ending).toMatchObject({ how: 'forfeit', returns: [-2, 2] });
    expect(ending.forfeits?.[0]?.map(({ failure }) => failure)).toEqual(['unparsable', 'unparsable', 'unparsable']);
    expect(messagesOf(server.received[2] as never).map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'user',
      'assistant',
      'user',
    ]);
  });

  it('comes late where the server is silent, and the next try is told', async () => {
    server.play([silent(), answers('{"answer": "bet"}')]);
    const { steps } = await play([await agentOn(server), folder], { limits: { turnMs: 300 } });
    const [decided] = steps.flatMap(({ seats }) => (seats?.[0] === undefined ? [] : [seats[0]]));
    expect(decided).toMatchObject({ move: 'bet', tries: [{ failure: 'late' }] });
    expect(decided?.calls?.map(({ reply }) => reply)).toMatchObject([
      { error: { kind: 'timeout' } },
      { finish: 'stop' },
    ]);
    expect(lastOf(server.received[1] as never)).toContain('Your answer came too late');
  });

  it('that was replaced by the rule is never told as an answer of its own', async () => {
    const game = { onFailure: 'substitute' as const, tries: 1 };
    const bettor: AgentFactory = () => ({ manifest: { agent: 'bettor' }, act: () => ({ move: 'bet' }) });
    for (let seed = 0; seed < 20; seed++) {
      server.play([answers('no'), answers('{"answer": "call"}')]);
      const { steps } = await play([await agentOn(server), bettor], { ...game, seed });
      const decided = steps.flatMap(({ seats }) => (seats?.[0] === undefined ? [] : [seats[0]]));
      if (decided.length < 2) continue;
      expect(decided[0]).toMatchObject({ move: 'check', substituted: true });
      expect(messagesOf(server.received[1] as never).map(({ role }) => role)).toEqual(['system', 'user']);
      expect(lastOf(server.received[1] as never)).toContain('this was played for you: "check"');
      return;
    }
    throw new Error('no seed led to a second turn');
  });
});

describe('a tool call', () => {
  it('of a wrong name or with broken arguments is a move, and its result the error', async () => {
    server.play([
      answers({
        calls: [
          { name: 'calculater', arguments: '{}' },
          { name: 'calculator', arguments: '{"expr": ' },
        ],
      }),
      answers({ calls: [{ name: 'submit_answer', arguments: '{"answer": "2"}' }] }),
    ]);
    const { steps } = await play([await agentOn(server)], { environment: calculator });
    const [decided] = steps.flatMap(({ seats }) => (seats?.[0] === undefined ? [] : [seats[0]]));
    expect(decided?.move).toMatchObject([{ name: 'calculater' }, { name: 'calculator', args: '{"expr": ' }]);
    expect(decided?.tries).toBeUndefined();
  });

  it.each([
    ['text instead', answers('It is 2.'), 'unparsable', /no tool was called; the tools are: calculator/],
    [
      'arguments cut off',
      answers({ calls: [{ name: 'calculator', arguments: '{"expr": "1+' }], finish: 'length' }),
      'truncated',
      /within the arguments of calculator/,
    ],
    [
      'a call and an answer',
      answers({ text: '<answer>[]</answer>', calls: [{ name: 'calculator', arguments: '{}' }] }),
      'ambiguous',
      /one of the two/,
    ],
  ] as [string, Behaviour, string, RegExp][])('%s is %s', async (_, behaviour, failure, reason) => {
    server.play([behaviour, answers({ calls: [{ name: 'submit_answer', arguments: '{"answer": "2"}' }] })]);
    const { steps } = await play([await agentOn(server)], { environment: calculator });
    const tries = steps.flatMap(({ seats }) => seats?.[0]?.tries ?? []);
    expect(tries).toMatchObject([{ failure, reason: expect.stringMatching(reason) }]);
  });
});

describe('an error that no further game can mend', () => {
  it('a refused key ends the run in words, without the key', async () => {
    server.play(() => fails(401, 'no such key: sk-secret-of-tests'));
    const run = play([await agentOn(server), folder]);
    await expect(run).rejects.toThrow(/key|401/);
    await run.catch((error: unknown) => expect(String(error)).not.toContain('sk-secret-of-tests'));
  });
});
