import { describe, expect, it } from 'vitest';
import type { AgentFactory, Decision } from '../../src/core/agent.js';
import { type Progress, playEpisode, runEpisode } from '../../src/core/play.js';
import { agent, asks, calls, draws, openly, playOut, replies, settled, table, throwing, toy, yes } from './toys.js';
import { offer, speech, tools, vocabulary } from './vocabulary.js';

const three = [yes, yes, yes];

describe('seats that move at once', () => {
  it('are all asked before one answers, and none sees what another did', async () => {
    const asked: number[] = [];
    const answers: ((decision: Decision) => void)[] = [];
    const waiting = agent(({ seat }) => {
      asked.push(seat);
      return new Promise((resolve) => {
        answers[seat] = resolve;
      });
    });
    const seen: string[] = [];
    const looking = agent(async (request) => {
      asked.push(request.seat);
      while (answers.length < 1) await settled();
      answers[0]?.({ move: 'no' });
      await settled();
      seen.push(JSON.stringify(request));
      return { move: 'yes' };
    });
    const unseen: string[] = [];
    const alone = agent((request) => {
      unseen.push(JSON.stringify(request));
      return { move: 'yes' };
    });
    const environment = toy([openly([0, 1])]);
    const { steps } = await playOut(table(environment, [waiting, looking]));
    expect(asked).toEqual([0, 1]);
    expect(steps[0]?.seats).toEqual({ 0: { move: 'no' }, 1: { move: 'yes' } });
    await playOut(table(environment, [yes, alone]));
    expect(seen).toEqual(unseen);
  });

  it('may answer in any order: the step is the same', async () => {
    const slow = agent(async () => {
      for (let i = 0; i < 5; i++) await settled();
      return { move: 'no' };
    });
    const orders: AgentFactory[][] = [
      [slow, yes, yes],
      [agent(async () => ({ move: 'no' })), yes, yes],
      [agent(() => ({ move: 'no' })), yes, yes],
    ];
    const lines = [];
    for (const agents of orders) {
      const { steps, ending } = await playOut(table(toy([openly([0, 1, 2])], { seats: 3 }), agents));
      lines.push(JSON.stringify([steps, ending]));
    }
    expect(new Set(lines).size).toBe(1);
  });

  it('may also answer by a promise that is not of this realm', async () => {
    // biome-ignore lint/suspicious/noThenProperty: this is what such a promise looks like
    const foreign = { then: (resolve: (decision: Decision) => void) => resolve({ move: 'no' }) };
    const { steps } = await playOut(table(toy([asks([0])]), [agent(() => foreign as Promise<Decision>), yes]));
    expect(steps[0]?.seats).toEqual({ 0: { move: 'no' } });
  });
});

describe('an answer', () => {
  it.each([
    ['a move', { move: 'no' }, { move: 'no' }],
    [
      'a reply in words',
      { reply: { text: '<answer>No</answer>' } },
      { move: 'no', reply: { text: '<answer>No</answer>' } },
    ],
    ['a move with a thought', { move: 'no', thought: 'why not' }, { move: 'no', thought: 'why not' }],
    ['a move with candidates', { move: 'no', candidates: [['no', 0.9]] }, { move: 'no', candidates: [['no', 0.9]] }],
  ])('may be %s, and is kept as it came', async (_name, decision, kept) => {
    const { steps } = await playOut(table(toy([asks([0])]), [replies(decision), yes]));
    expect(steps).toEqual([{ seats: { 0: kept } }]);
  });

  it('in every kind of space reaches the rules as checked', async () => {
    const environment = toy([asks([0], speech), asks([0], tools), asks([0], offer)]);
    const call = { id: '1', name: 'add', args: {} };
    const speaker = replies({ reply: { text: 'hello' } }, { move: [call] }, { reply: { text: '{"take": 3}' } });
    const spec = { ...environment.spec, ...vocabulary };
    const { steps } = await playOut(table({ ...environment, spec }, [speaker, yes]));
    expect(steps.map((step) => step.seats?.[0]?.move)).toEqual(['hello', [call], { take: 3, note: '' }]);
  });
});

describe('what a seat learns', () => {
  it('are the events addressed to it: once, in order, and by news as they happen', async () => {
    const heard: string[][] = [[], [], []];
    const listener: AgentFactory = ({ seat }) => ({
      manifest: { agent: 'listener' },
      act: (request) => {
        expect(request.events.map(({ kind, n }) => `${kind} ${n}`)).toEqual(heard[seat]);
        return { move: 'yes' };
      },
      news: ({ kind, n }) => heard[seat]?.push(`${kind} ${n}`),
    });
    const environment = toy([draws(0), draws(1), asks([0, 1, 2]), draws(1), asks([1]), draws(2)], { seats: 3 });
    const { all } = await playOut(table(environment, [listener, listener, listener]));
    const drawn = all.flatMap((progress) => (progress.kind === 'step' ? progress.events : []));
    const to = (seat: number) => drawn.filter((event) => event.to.includes(seat as never));
    for (const seat of [0, 1, 2]) expect(heard[seat]).toEqual(to(seat).map(({ kind, n }) => `${kind} ${n}`));
    expect(heard.map((events) => events.length)).toEqual([1, 2, 1]);
  });

  it('is fresh from where it stood at its last turn', async () => {
    const fresh: [number, number][] = [];
    const watcher = agent(({ seat, fresh: from, events }) => {
      if (seat === 1) fresh.push([from, events.length]);
      return { move: 'yes' };
    });
    const environment = toy([openly([0]), openly([1]), openly([0]), openly([0]), openly([0, 1])]);
    await playOut(table(environment, [watcher, watcher]));
    expect(fresh).toEqual([
      [0, 1],
      [1, 4],
    ]);
  });

  it('is the same on a second try', async () => {
    const asked: string[] = [];
    const clumsy = agent((request) => {
      asked.push(JSON.stringify([request.view, request.events, request.fresh, request.space, request.moves]));
      return { move: request.attempt === 2 ? 'yes' : 'perhaps' };
    });
    await playOut(table(toy([openly([0]), openly([0])]), [clumsy, yes]));
    expect(asked[0]).toBe(asked[1]);
    expect(asked[2]).toBe(asked[3]);
  });
});

describe('calls to the outside', () => {
  const environment = toy([calls(['q', 'r']), asks([0])]);

  it('are asked together and answered in their order', async () => {
    const asked: unknown[] = [];
    const answer = async (request: unknown) => {
      asked.push(request);
      while (asked.length < 2) await settled();
      return `answer to ${String(request)}`;
    };
    const { steps } = await playOut(table(environment, [yes, yes], { answer }));
    expect(steps[0]?.answers).toEqual(['answer to q', 'answer to r']);
  });

  it.each<[string, ((request: unknown) => Promise<never>) | undefined, string]>([
    ['nobody is there', undefined, 'nobody is there to answer calls'],
    ['it throws', () => throwing(new Error('down')), 'down'],
    ['it rejects', () => Promise.reject(new Error('down')), 'down'],
    ['it gives no JSON', async () => undefined as never, 'the answer was no plain JSON'],
  ])('are answered by an error when %s', async (_name, answer, error) => {
    const { steps, ending } = await playOut(table(environment, [yes, yes], answer === undefined ? {} : { answer }));
    expect(steps[0]?.answers).toEqual([{ error }, { error }]);
    expect(ending.how).toBe('rules');
  });

  it('go to the environment itself when the table brings nobody', async () => {
    const own = toy([calls(['q'])], { answer: async (request) => ({ own: request }) });
    expect((await playOut(table(own, [yes, yes]))).steps[0]?.answers).toEqual([{ own: 'q' }]);
    const other = await playOut(table(own, [yes, yes], { answer: async () => 'table' }));
    expect(other.steps[0]?.answers).toEqual(['table']);
  });
});

describe('the loop', () => {
  it('yields the start, each step with what came of it, and the ending', async () => {
    const environment = toy([draws(0), { ...openly([0]), rewards: { 1: { point: 3 } } }]);
    const { all } = await playOut(table(environment, [yes, yes], { hash: true }));
    expect(all.map(({ kind }) => kind)).toEqual(['started', 'step', 'step', 'ended']);
    const [started, first, second, ended] = all as [Progress, Progress, Progress, Progress];
    expect(started).toMatchObject({ seats: [{ agent: 'test' }, { agent: 'test' }], hash: expect.any(String) });
    expect(first).toMatchObject({ index: 0, past: false, turn: { kind: 'act' }, events: [{ kind: 'drawn' }] });
    expect(second).toMatchObject({ index: 1, step: { rewards: { 1: { point: 3 } }, hash: expect.any(String) } });
    expect(ended).toEqual({
      kind: 'ended',
      ending: { how: 'rules', outcome: 'played out', paid: [{}, { point: 3 }], returns: [0, 6] },
    });
  });

  it('gives the same ending to nobody looking', async () => {
    const scenes = [draws(0), openly([0, 1]), draws(1), { ...openly([1]), rewards: { 0: { point: 1 } } }];
    for (const act of [() => ({ move: 'no' }), async () => ({ move: 'no' })]) {
      const played = table(toy(scenes), [agent(act), agent(act)]);
      expect(await runEpisode(played)).toEqual((await playOut(played)).ending);
    }
  });

  it('carries times by the clock it was given, and none without', async () => {
    let now = 100;
    const slow = agent(() => {
      now += 5;
      return { move: 'yes' };
    });
    const { steps, ending } = await playOut(table(toy([asks([0]), asks([1])]), [slow, slow], { clock: () => now }));
    expect(steps.map(({ at, seats }) => [at, seats?.[0]?.ms ?? seats?.[1]?.ms])).toEqual([
      [5, 5],
      [10, 5],
    ]);
    expect(ending.at).toBe(10);
    const timeless = JSON.stringify(await playOut(table(toy([asks([0])]), [yes, yes])).then(({ steps }) => steps));
    expect(timeless).not.toMatch(/"at"|"ms"/);
  });

  it('wants an agent for every seat', async () => {
    await expect(runEpisode(table(toy([]), [yes]))).rejects.toThrow('toy has 2 seats; 1 agents were given');
    await expect(playEpisode(table(toy([]), three)).next()).rejects.toThrow('toy has 2 seats; 3 agents were given');
  });
});
