import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLanguageAgent } from '../../agents/llm/open.js';
import llm from '../../agents/llm.js';
import { bestOf } from '../../agents/wrappers/best-of.js';
import { majority } from '../../agents/wrappers/majority.js';
import { patient } from '../../agents/wrappers/patient.js';
import { timed } from '../../agents/wrappers/timed.js';
import kuhn from '../../envs/kuhn-poker/index.js';
import { Recorder } from '../../replays/recorder.js';
import type { ActRequest, AgentFactory, Decision } from '../../src/core/agent.js';
import { runEpisode } from '../../src/core/play.js';
import { Models } from '../../src/llm/open.js';
import { after, answers, silent } from '../model-server/behaviours.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';
import { agentOn, callsOf, models, play } from './table.js';

let server: ModelServer;
let home: string;
beforeAll(async () => {
  server = await startModelServer();
  home = mkdtempSync(join(tmpdir(), 'ludus-wrapped-'));
});
afterAll(async () => {
  await server.close();
  await models.close();
  rmSync(home, { recursive: true, force: true });
});

const bet = answers('{"answer": "bet"}');
const check = answers('{"answer": "check"}');
const folder: AgentFactory = () => ({
  manifest: { agent: 'folder' },
  act: ({ space }) => ({ move: space.kind === 'choice' ? (space.options[0]?.id as string) : '' }),
});

/** An agent that gives its decisions in turn, and keeps what it was asked. */
function saying(decisions: readonly Decision[], asked: ActRequest[] = []): AgentFactory {
  let next = 0;
  return () => ({
    manifest: { agent: 'saying' },
    act: (request) => {
      asked.push(request);
      return decisions[next++] ?? { move: 'bet' };
    },
  });
}

const firstOf = ({ steps }: Awaited<ReturnType<typeof play>>) => steps.find(({ seats }) => seats?.[0])?.seats?.[0];

describe('timed', () => {
  it('gives up a silent model in time, and takes a prompt one', async () => {
    server.play([silent(), bet]);
    const decided = firstOf(await play([await agentOn(server, ',timeoutMs=250'), folder]));
    expect(decided).toMatchObject({ move: 'bet', tries: [{ failure: 'late', reason: 'no answer within 250 ms' }] });
  });

  it('tells the agent how long it has, never more than the table gives', async () => {
    const asked: ActRequest[] = [];
    await play([timed(saying([], asked), 50_000), folder], { limits: { turnMs: 40_000 } });
    await play([timed(saying([], asked), 30_000), folder], { limits: { turnMs: 40_000 } });
    expect(asked.map(({ budgetMs }) => budgetMs)).toEqual([40_000, 30_000]);
  });
});

describe('patient', () => {
  it('asks again before the table counts, in the words of the table, and keeps all calls', async () => {
    server.play([answers('no'), bet]);
    const played = await play([await agentOn(server, ',patience=2'), folder]);
    expect(firstOf(played)).toMatchObject({ move: 'bet' });
    expect(firstOf(played)?.tries).toBeUndefined();
    expect(callsOf(played, 0)).toHaveLength(2);
    expect(server.received[1]?.raw).toContain('One try is left.');
  });

  it('gives up after so many tries; the last failure is the seat’s', async () => {
    const asked: ActRequest[] = [];
    const bad: Decision[] = [
      { move: 'a' },
      { reply: { text: 'bet or check' } },
      { failed: { failure: 'late', reason: 'x' } },
    ];
    const decided = firstOf(await play([patient(saying(bad, asked), 3), folder]));
    expect(decided?.tries).toMatchObject([{ failure: 'late', reason: 'x' }]);
    expect(asked.slice(0, 3).map(({ attempt, refused }) => [attempt, refused?.failure])).toEqual([
      [1, undefined],
      [2, 'illegal'],
      [3, 'ambiguous'],
    ]);
    expect(asked[1]?.text).toMatch(/2 tries are left\.$/);
  });
});

describe('several at once', () => {
  it('majority plays what most choose, and keeps the votes and every call', async () => {
    server.play([check, bet, bet]);
    const played = await play([await agentOn(server, ',votes=3'), folder]);
    expect(firstOf(played)).toMatchObject({
      move: 'bet',
      candidates: [
        { move: 'bet', votes: 2 },
        { move: 'check', votes: 1 },
      ],
    });
    expect(callsOf(played, 0)).toHaveLength(3);
  });

  it('majority leaves out answers that fail, and fails only when all do', async () => {
    const game = (decisions: Decision[]) => {
      let next = 0;
      const member: AgentFactory = () => ({ manifest: { agent: 'm' }, act: () => decisions[next++ % 3] as Decision });
      return play([majority(member, 3), folder], { tries: 1, onFailure: 'substitute' });
    };
    expect(firstOf(await game([{ move: 'x' }, { move: 'check' }, { move: 'x' }]))?.move).toBe('check');
    const failed = firstOf(await game([{ move: 'x' }, { move: 'y' }, { move: 'z' }]));
    expect(failed).toMatchObject({
      substituted: true,
      tries: [{ failure: 'illegal', reason: expect.stringContaining('"x"') }],
    });
  });

  it('the best of several is what the scorer rates highest; equal moves are rated once', async () => {
    const rated: unknown[] = [];
    const scorer = async (move: unknown) => ({ score: rated.push(move) });
    const decisions: Decision[] = [{ move: 'bet' }, { move: 'bet' }, { move: 'check' }];
    const decided = firstOf(await play([bestOf(saying(decisions), 3, scorer), folder]));
    expect(rated.slice(0, 2)).toEqual(['bet', 'check']);
    expect(decided).toMatchObject({
      move: 'check',
      candidates: [
        { move: 'bet', score: 1 },
        { move: 'check', score: 2 },
      ],
    });
  });

  it('the same model rates them where the agent asks for the best', async () => {
    const rate = (rating: number) => answers(JSON.stringify({ rating }));
    server.play((asked) => {
      if (!asked.raw.includes('Rate that answer')) return asked.index === 0 ? bet : check;
      return rate(asked.raw.includes('<answer>check') ? 8 : 3);
    });
    const played = await play([await agentOn(server, ',best=2'), folder]);
    expect(firstOf(played)).toMatchObject({ move: 'check' });
    expect(firstOf(played)?.calls).toHaveLength(4);
  });

  it('a member that was outvoted remembers what was played, not what it said', async () => {
    const raiser: AgentFactory = () => ({ manifest: { agent: 'raiser' }, act: ({ space }) => ({ move: last(space) }) });
    server.play((asked) =>
      asked.index < 3 ? ([bet, check, check][asked.index] as typeof bet) : answers('{"answer": "call"}'),
    );
    await play([await agentOn(server, ',votes=3'), raiser]);
    const later = server.received.slice(3);
    expect(later).toHaveLength(3);
    for (const { raw } of later) expect(raw).not.toMatch(/"assistant","content":"{\\"answer\\": ?\\"bet/);
  });
});

function last(space: ActRequest['space']): string {
  return space.kind === 'choice' ? (space.options.at(-1)?.id as string) : '';
}

describe('a budget', () => {
  it('stops before it is overspent, and ends the run', async () => {
    server.play(() => answers({ text: '{"answer": "bet"}', usage: { prompt: 400, completion: 100 } }));
    const model = await agentOn(server, ',budgetTokens=5000,maxTokens=100');
    let games = 0;
    const run = async () => {
      for (; games < 50; games++) await play([model, folder], { tries: 1 });
    };
    await expect(run()).rejects.toThrow('the budget does not allow another call');
    expect(games).toBeGreaterThan(1);
    expect(server.received.length * 500).toBeLessThanOrEqual(5000);
  });
});

describe('a cassette', () => {
  it('replays a run with no network and no key, and fails loudly on what it lacks', async () => {
    const file = join(home, 'tape.jsonl');
    const name = `compatible/toy@${server.origin}/v1`;
    server.play([bet]);
    const first = await play([await agentOn(server, `,record=${file}`), folder]);
    expect(server.received).toHaveLength(1);
    const replayed = await play([await agentOn(server, `,cassette=${file}`), folder]);
    expect(replayed).toEqual(first);
    expect(server.received).toHaveLength(1);
    const other = await openLanguageAgent(`${name},cassette=${file},temperature=1`, new Models({ env: {} }));
    await expect(play([other, folder])).rejects.toThrow(/no such call.*temperature/);
  });
});

describe('a key', () => {
  const KEY = 'sk-secret-of-tests';

  it('stands in no record, manifest, cassette or error, though the server got it', async () => {
    const file = join(home, 'keys.jsonl');
    server.play([answers(`no, ${KEY}`), after(1, answers({ text: '{"answer": "bet"}', reasoning: KEY }))]);
    const model = await agentOn(server, `,record=${file}`);
    const recorder = new Recorder({ environment: kuhn, config: { players: 2 }, seed: 1 });
    const table = { environment: kuhn, config: { players: 2 }, seed: 1, agents: [model, folder] };
    const ending = await runEpisode(table, (progress) => {
      if (progress.kind === 'started') recorder.begin(progress);
      if (progress.kind === 'step') recorder.step(progress);
    });
    const written = recorder.line(ending) + readFileSync(file, 'utf8');
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${KEY}`, `Bearer ${KEY}`]);
    expect(written).toContain('[key]');
    expect(written).not.toContain(KEY);
  });

  it.each([
    ['openai/gpt-5-mini,apiKey=sk-secret-of-tests', /there is no such field/],
    ['openai/gpt-5-mini,sk-secret-of-tests', /settings as key=value/],
    ['openai/gpt-5-mini@https://me:sk-secret-of-tests@example.org/v1', /no name, password or query/],
  ])('typed where it does not belong is refused without being repeated: %s', async (argument, message) => {
    const error = await openLanguageAgent(argument, new Models({ env: { OPENAI_API_KEY: 'x' } })).catch((e: unknown) =>
      String(e),
    );
    expect(error).toMatch(message);
    expect(error).not.toContain(KEY);
  });
});

describe('the argument', () => {
  const none = new Models({ env: {} });
  it.each([
    ['', 'llm: name a model, as in llm:openai/gpt-5-mini'],
    ['openai/gpt-5-mini', 'OPENAI_API_KEY'],
    ['vllm/m,stile=react', 'llm stile: there is no such field; did you mean style'],
    ['vllm/m,style=reakt', 'llm has no style "reakt"; did you mean react'],
    ['vllm/m,memory=window', 'memory window takes a number of turns from 1, as in window:4, got ""'],
    ['vllm/m,temperature=hot', 'llm temperature: '],
    ['vllm/m,votes=3,best=3', 'votes and best cannot be had together'],
    ['vllm/m,style=react,style=recon', 'llm: "style" is given twice'],
    ['vllm/m,style=deduce-and-diversify:1', 'takes a number of candidates from 2 to 9, got "1"'],
  ])('%s is refused', async (argument, message) => {
    await expect(openLanguageAgent(argument, none)).rejects.toThrow(message);
  });

  it('stands whole in the manifest, with everything that was left out', async () => {
    const model = await openLanguageAgent('vllm/m,style=recon+react,memory=window:3,temperature=0.5,votes=3', none);
    const { manifest } = model({ environment: kuhn, config: { players: 2 }, seat: 0, rng: undefined as never });
    expect(manifest).toEqual({
      agent: 'llm:vllm/m,style=recon+react,memory=window:3,temperature=0.5,votes=3',
      model: 'vllm/m',
      style: 'recon+react',
      memory: 'window:3',
      answers: 'native',
      parameters: { maxTokens: 1024, temperature: 0.5 },
      votes: 3,
    });
  });

  it('says which service its agents wait for; a cassette waits for none', async () => {
    expect(await llm.limits?.('vllm/m@http://localhost:1/v1')).toEqual({
      pool: 'vllm@http://localhost:1/v1',
      agents: 1024,
    });
    expect(await llm.limits?.('vllm/m,cassette=a.jsonl')).toBeNull();
    expect(existsSync('a.jsonl')).toBe(false);
  });
});
