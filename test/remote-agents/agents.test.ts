import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Recorder } from '../../replays/recorder.js';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import { type Ending, type PlayedStep, runEpisode, type Table } from '../../src/core/play.js';
import { first, httpAgent, type Question, type Remote, socketAgent } from './servers.js';

const catalogue = new Catalogue({ environments: [], agents: [] });
const KEY = 'sesame-opens-this-door';

interface Played {
  readonly ending: Ending;
  readonly steps: readonly PlayedStep[];
  readonly record: string;
}

/** A game of tic-tac-toe whose first seat is played by the agent. */
async function played(spec: string, more: Partial<Table> = {}, id = 'tic-tac-toe'): Promise<Played> {
  const environment = await catalogue.environment(id);
  const config = readConfig(environment.spec);
  const others = Array.from({ length: environment.spec.facts(config).seats - 1 }, () => catalogue.agent('random'));
  const agents = await Promise.all([catalogue.agent(spec), ...others]);
  const table: Table = { environment, config, seed: 4, agents, hash: true, ...more };
  const recorder = new Recorder({ environment, config, seed: 4 });
  const steps: PlayedStep[] = [];
  const ending = await runEpisode(table, (progress) => {
    if (progress.kind === 'started') recorder.begin(progress);
    else if (progress.kind === 'step') {
      steps.push(progress.step);
      recorder.step(progress);
    }
  });
  return { ending, steps, record: recorder.line(ending) };
}

/** Why the first seat forfeited: the failures of its tries and the last reason. */
function forfeit({ ending }: Played): readonly [string, string] {
  const tries = ending.forfeits?.[0] ?? [];
  return [tries.map(({ failure }) => failure).join(' '), tries.at(-1)?.reason ?? ''];
}

afterEach(() => void vi.unstubAllEnvs());

describe('an agent over HTTP', () => {
  let agent: Remote;
  let count = 0;
  const answers = (given: object) => (): readonly [number, string] => [200, JSON.stringify(given)];
  beforeAll(async () => {
    agent = await httpAgent({
      '/first': (asked) => [200, JSON.stringify({ ...first(asked), thought: 'the first will do' })],
      '/words': answers({ reply: { text: '<answer>b2</answer>' } }),
      '/illegal': answers({ move: 'z9' }),
      '/extra': answers({ move: 'a1', movee: 'b1' }),
      '/nothing': answers({}),
      '/garbage': () => [200, '<html>'],
      '/large': () => [200, JSON.stringify({ move: 'x'.repeat(2 << 20) })],
      '/broken': () => [400, 'at Object.<anonymous>'],
      '/slow': () => null,
      '/busy': (asked) => (++count % 2 === 1 ? [503, 'busy'] : [200, JSON.stringify(first(asked))]),
      '/key': (asked, { headers: { authorization } }) =>
        authorization === `Bearer ${KEY}`
          ? [200, JSON.stringify({ ...first(asked), thought: `my key is ${KEY}` })]
          : [401, `${authorization} is wrong`],
      '/echo': (_, { headers: { authorization } }) => [400, `${authorization} is wrong`],
    });
  });
  afterAll(() => agent.close());
  const spec = (path: string, settings = '') => `remote:http://${agent.host}${path}${settings}`;

  it('is asked each turn with all that its seat may know, and its thoughts are kept', async () => {
    const { ending, steps } = await played(spec('/first'));
    expect(ending.how).toBe('rules');
    const asked = agent.heard.filter(({ observation }) => observation.space !== undefined);
    expect(asked.map(({ id }) => id)).toEqual(asked.map((_, at) => at + 1));
    expect(new Set(asked.map(({ episode }) => episode)).size).toBe(1);
    expect(steps[0]?.seats?.[0]).toMatchObject({ move: 'a1', thought: 'the first will do' });
  });

  it('may answer in words, which are read as those of a model', async () => {
    const { steps } = await played(spec('/words'));
    expect(steps[0]?.seats?.[0]).toMatchObject({ move: 'b2', reply: { text: '<answer>b2</answer>' } });
  });

  it('is asked again where nobody had answered', async () => {
    expect((await played(spec('/busy'))).ending.how).toBe('rules');
  });

  const FAILURES: readonly [string, string, string][] = [
    ['/illegal', 'illegal illegal illegal', 'z9'],
    ['/extra', 'unparsable unparsable unparsable', 'movee'],
    ['/nothing', 'unparsable unparsable unparsable', 'an answer is {"move": ...}'],
    ['/garbage', 'unparsable unparsable unparsable', 'no JSON came back'],
    ['/large', 'crashed crashed crashed', 'more than 1048576 bytes'],
    ['/broken', 'crashed crashed crashed', 'answered 400'],
    ['/slow,timeoutMs=40', 'late late late', 'no answer within 40 ms'],
  ];
  it.each(FAILURES)('that answers by %s costs its own seat the game', async (path, failures, reason) => {
    const [failed, last] = forfeit(await played(spec(path)));
    expect(failed).toBe(failures);
    expect(last).toContain(reason);
  });

  it('is late by the table before it is by its own limit', async () => {
    expect(forfeit(await played(spec('/slow'), { limits: { turnMs: 30 } }))[0]).toBe('late late late');
  });

  it('that nobody answers for crashes', async () => {
    const gone = await httpAgent({});
    await gone.close();
    expect(forfeit(await played(`remote:http://${gone.host}/`))[1]).toContain('nobody answers there');
  });

  it('is shown a key that stands in no record, whoever repeats it', async () => {
    vi.stubEnv('MY_AGENT_KEY', KEY);
    const shown = await played(spec('/key', ',keyEnv=MY_AGENT_KEY'));
    expect(shown.ending.how).toBe('rules');
    expect(shown.record).toContain('my key is [key]');
    const echoed = await played(spec('/echo', ',keyEnv=MY_AGENT_KEY'));
    expect(forfeit(echoed)[1]).toContain('[key]');
    for (const { record } of [shown, echoed]) expect(record).not.toContain(KEY);
    expect(forfeit(await played(spec('/key')))[1]).toContain('the key is missing');
  });
});

describe('an agent over a WebSocket', () => {
  const opened: Remote[] = [];
  afterEach(async () => {
    for (const agent of opened.splice(0)) await agent.close();
  });
  const open = async (...args: Parameters<typeof socketAgent>): Promise<Remote> => {
    const agent = await socketAgent(...args);
    opened.push(agent);
    return agent;
  };
  const spec = ({ host }: Remote, rest = '') => `remote:ws://${host}${rest}`;

  it('is told the start, asked, told news and the end, in order', async () => {
    const agent = await open((message, socket) => {
      if (message.type === 'ask') socket.send(JSON.stringify({ id: message.id, ...first(message) }));
    });
    const { ending } = await played(spec(agent));
    const kinds = agent.heard.map(({ type }) => type);
    expect(kinds.slice(0, 3)).toEqual(['start', 'ask', 'news']);
    expect(kinds.at(-1)).toBe('end');
    expect(agent.heard[0]).toMatchObject({ environment: 'tic-tac-toe', seat: 0, seats: 2, isAgain: false });
    expect(agent.heard.at(-1)).toEqual({
      type: 'end',
      result: { how: 'rules', outcome: ending.outcome, return: ending.returns?.[0] },
    });
  });

  it('that is cut off is connected again and asked the same question', async () => {
    let cut = 0;
    const agent = await open((message, socket) => {
      if (message.type !== 'ask') return;
      if (message.id === 2 && ++cut === 1) socket.terminate();
      else socket.send(JSON.stringify({ id: message.id, ...first(message) }));
    });
    expect((await played(spec(agent))).ending.how).toBe('rules');
    const asked = agent.heard.filter(({ type }) => type === 'ask').map(({ id }) => id);
    expect(asked.slice(0, 3)).toEqual([1, 2, 2]);
    expect(agent.heard.filter(({ type }) => type === 'start')).toMatchObject([{ isAgain: false }, { isAgain: true }]);
  });

  it('that answers an old question is not heard', async () => {
    const agent = await open((message, socket) => {
      if (message.type !== 'ask') return;
      socket.send(JSON.stringify({ id: message.id - 1, move: 'nonsense' }));
      socket.send(JSON.stringify({ id: message.id, ...first(message) }));
    });
    expect((await played(spec(agent))).ending.how).toBe('rules');
  });

  const WRONG: readonly [string, (asked: Question) => string | null, string, string][] = [
    ['garbage', () => '<html>', 'unparsable', 'no JSON came back'],
    ['a question to come', ({ id }) => JSON.stringify({ id: id + 1, move: 'a1' }), 'unparsable', 'names question'],
    ['nothing', () => null, 'late', 'no answer within 50 ms'],
    ['too much', () => 'x'.repeat(2 << 20), 'crashed', 'Max payload size exceeded'],
  ];
  it.each(WRONG)(
    'that answers %s costs its own seat the game',
    { timeout: 30_000 },
    async (_, said, failure, reason) => {
      const agent = await open((message, socket) => {
        const text = message.type === 'ask' ? said(message) : null;
        if (text !== null) socket.send(text);
      });
      const settings = failure === 'late' ? ',timeoutMs=50' : '';
      const [failed, last] = forfeit(await played(spec(agent, settings), failure === 'crashed' ? { tries: 1 } : {}));
      expect(failed).toContain(failure);
      expect(last).toContain(reason);
    },
  );

  it('is shown its key, and refused without', { timeout: 30_000 }, async () => {
    vi.stubEnv('MY_AGENT_KEY', KEY);
    const agent = await open(
      (message, socket) => {
        if (message.type === 'ask')
          socket.send(JSON.stringify({ id: message.id, ...first(message), thought: `my key is ${KEY}` }));
      },
      ({ headers }) => headers.authorization === `Bearer ${KEY}`,
    );
    const shown = await played(spec(agent, ',keyEnv=MY_AGENT_KEY'));
    expect(shown.record).toContain('my key is [key]');
    expect(shown.record).not.toContain(KEY);
    expect(forfeit(await played(spec(agent), { tries: 1 }))[1]).toContain('401');
  });
});

describe('the tools of a task', () => {
  it('are told with their arguments', async () => {
    const agent = await httpAgent({
      '/': () => [200, JSON.stringify({ move: [{ id: '1', name: 'submit_answer', args: { answer: '4' } }] })],
    });
    const { ending } = await played(`remote:http://${agent.host}/`, {}, 'calculator');
    expect(ending.how).toBe('rules');
    const { observation } = agent.heard[0] as unknown as {
      observation: { tools: { name: string; parameters: object }[] };
    };
    const { tools } = observation;
    expect(tools.map(({ name }) => name)).toEqual(['calculator', 'submit_answer']);
    expect(tools[1]?.parameters).toHaveProperty('properties.answer');
    await agent.close();
  });
});

describe('the argument of a remote agent', () => {
  const WRONG: readonly [string, string][] = [
    ['', 'an address of an agent comes first'],
    ['ftp://somewhere', 'an address of an agent comes first'],
    ['http://me:secret@somewhere/', 'the address holds no name, password, query or fragment'],
    ['http://somewhere/?key=secret', 'the address holds no name, password, query or fragment'],
    ['http://somewhere/,secret', 'settings as key=value'],
    ['http://somewhere/,timeout=5', 'timeout'],
    ['http://somewhere/,timeoutMs=0', 'timeoutMs'],
    ['http://somewhere/,agents=5,agents=6', 'given twice'],
    ['http://somewhere/,keyEnv=THERE_IS_NO_SUCH_KEY', 'THERE_IS_NO_SUCH_KEY is not set'],
    ['http://somewhere/,keyEnv=sk-secret-1', 'takes the name of a variable'],
  ];
  it.each(WRONG)('%s is refused, and nothing secret of it is repeated', async (argument, reason) => {
    const refusal = await catalogue.agent(`remote:${argument}`).catch((error: Error) => error.message);
    expect(refusal).toContain(reason);
    expect(refusal).not.toContain('secret');
  });

  it('says how many agents of a host may play at once', async () => {
    expect(await catalogue.limits('remote:http://somewhere:80/a,agents=3')).toEqual({
      pool: 'http://somewhere',
      agents: 3,
    });
    expect(await catalogue.limits('remote:wss://somewhere/a')).toEqual({ pool: 'wss://somewhere', agents: 64 });
  });
});
