import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { problemOf } from '../../../envs/calculator/dataset.js';
import { type Opened, openDoors } from './opened.js';
import { type Frame, Plain } from './openenv-client.js';

const GAMES = ['tic-tac-toe', 'kuhn-poker', 'calculator', 'werewolf'];
const KEY = 'a-key-that-nobody-guesses';
let server: Opened;
const clients: Plain[] = [];

beforeAll(async () => {
  server = await openDoors({ doors: ['openenv'], environments: GAMES });
});
afterAll(async () => {
  await server.close();
  expect(server.lines).toEqual([]);
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});

async function client(environment: string, { url }: { url: string } = server, options: object = {}): Promise<Plain> {
  const opened = await Plain.open(url, `/openenv/${environment}/ws`, options);
  clients.push(opened);
  return opened;
}

interface Heard {
  readonly status: number;
  readonly body: { readonly [field: string]: unknown };
}

async function ask(path: string, body?: unknown, headers: object = {}, { url } = server): Promise<Heard> {
  const post = { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(`${url}/openenv/${path}`, {
    ...(body === undefined ? {} : post),
    headers: { ...headers },
  });
  return { status: response.status, body: (await response.json()) as Heard['body'] };
}

describe('the frames of a socket', () => {
  it('are those that clients know', async () => {
    const one = await client('tic-tac-toe');
    const first = await one.reset({ seed: 42, episode_id: 'e1', opponents: 'scripted' });
    expect(Object.keys(first)).toEqual(['type', 'data']);
    expect([first.type, Object.keys(first.data)]).toEqual([
      'observation',
      ['observation', 'reward', 'done', 'metadata'],
    ]);
    expect(first.data).toMatchObject({ reward: null, done: false, metadata: { environment: 'tic-tac-toe', turn: 0 } });
    expect(first.data.observation).toMatchObject({ seat: 0, metadata: first.data.metadata });
    expect(first.data.observation.legal_actions).toHaveLength(9);
    expect(first.data.observation.metadata.text).toBe(first.data.observation.text);
    const second = await one.say('<think>the middle</think><answer>b2</answer>');
    expect(second.data).toMatchObject({ reward: 0, done: false, metadata: { turn: 1 } });
    expect(second.data.observation.metadata).toEqual(second.data.metadata);
    expect(await one.ask({ type: 'state' })).toEqual({ type: 'state', data: { episode_id: 'e1', step_count: 1 } });
    one.socket.send('{"type":"close"}');
    await once(one.socket, 'close');
    expect(one.heard).toHaveLength(3);
  });

  it('tell why an answer is not taken, and go on', async () => {
    const one = await client('tic-tac-toe');
    await one.reset();
    const refused = await one.say('<answer>a1</answer><answer>b1</answer>');
    expect(refused.data).toMatchObject({ done: false, reward: 0, metadata: { turn: 0, refused: 'ambiguous' } });
    expect(refused.data.observation.text).toContain('2 <answer> tags, exactly one is wanted. 2 tries are left.');
    expect((await one.say('a1')).data.metadata).toMatchObject({ turn: 1, refused: null });
  });

  it('pay once, and nothing after the end', async () => {
    const one = await client('kuhn-poker');
    const total = await one.play({ seed: 1 }, 'once');
    const end = JSON.parse(one.heard.at(-1) as string) as Frame;
    expect(end.data.observation.text).toContain(`Your return: ${total}.`);
    expect(end.data.metadata).toMatchObject({ how: 'rules', truncated: false });
    const again = await one.say('<answer>check</answer>');
    expect(again.data).toMatchObject({ done: true, reward: 0 });
    expect(again.data.observation.text).toContain('nothing was done');
    expect((await one.reset({ seed: 1 })).data.done).toBe(false);
  });

  it('set columns of a data set aside and say which', async () => {
    const one = await client('kuhn-poker');
    const { data } = await one.reset({ seed: null, prompt: 'x', answer: [1], seat: 1 });
    expect(data.metadata).toMatchObject({ ignored: ['prompt', 'answer'] });
    expect(data.observation.seat).toBe(1);
  });

  it('answer what came together in its order', async () => {
    const one = await client('tic-tac-toe');
    const answers = await Promise.all([
      one.reset({ seed: 1 }),
      one.ask('{'),
      one.say('a1'),
      one.ask({ type: 'state' }),
    ]);
    expect(answers.map(({ type }) => type)).toEqual(['observation', 'error', 'observation', 'state']);
    expect(answers[3]?.data.step_count).toBe(1);
  });

  it('reach the site that an address names', async () => {
    const one = await client('kuhn-poker;seat=1;opponents=random;config.players=3');
    const { observation } = (await one.reset({ seed: 4 })).data;
    expect([observation.seat, observation.text.includes('for 3 players')]).toEqual([1, true]);
  });
});

describe('errors', () => {
  const rows: readonly [string, unknown, string, RegExp][] = [
    ['no JSON', '{', 'INVALID_JSON', /JSON/],
    ['a list', [1], 'UNKNOWN_TYPE', /known: reset, step/],
    ['a type there is not', { type: 'rest' }, 'UNKNOWN_TYPE', /did you mean reset/],
    ['a name of every object', { type: 'constructor' }, 'UNKNOWN_TYPE', /known/],
    ['a key too many', { type: 'state', data: {} }, 'VALIDATION_ERROR', /data/],
    ['an action in a wrapper', { type: 'step', data: { action: { message: 'a1' } } }, 'VALIDATION_ERROR', /message/],
    ['a message that is no text', { type: 'step', data: { message: 1 } }, 'VALIDATION_ERROR', /message/],
    ['a call without a name', { type: 'step', data: { type: 'call_tool' } }, 'VALIDATION_ERROR', /tool_name/],
    ['a step without data', { type: 'step' }, 'VALIDATION_ERROR', /data/],
    ['a step before a reset', { type: 'step', data: { message: 'a1' } }, 'EXECUTION_ERROR', /reset/],
    ['a seat there is not', { type: 'reset', data: { seat: 2 } }, 'VALIDATION_ERROR', /the seats are 0 to 1/],
    [
      'an opponent there is not',
      { type: 'reset', data: { opponents: 'x' } },
      'VALIDATION_ERROR',
      /known: random, scripted/,
    ],
    ['a seed that is no number', { type: 'reset', data: { seed: [] } }, 'VALIDATION_ERROR', /seed/],
    ['a field of no configuration', { type: 'reset', data: { config: { x: 1 } } }, 'VALIDATION_ERROR', /config x/],
  ];
  it.each(rows)('%s: the socket stays open', async (_, message, code, words) => {
    const one = await client('tic-tac-toe');
    const { type, data } = await one.ask(message);
    expect([type, data.code]).toEqual(['error', code]);
    expect(data.message).toMatch(words);
    expect((await one.ask({ type: 'state' })).type).toBe('state');
  });

  it('of what was asked between leave the episode as it is', async () => {
    const one = await client('tic-tac-toe');
    await one.reset({ seed: 1 });
    await one.reset({ preset: 'none' });
    expect((await one.say('a1')).data.metadata).toMatchObject({ turn: 1 });
  });

  it('of capacity answer the first request, and later ones may come in', async () => {
    const small = await openDoors({ doors: ['openenv'], environments: ['kuhn-poker'], options: { sessions: 1 } });
    const [first, second] = [await client('kuhn-poker', small), await client('kuhn-poker', small)];
    await first.reset();
    const full = await second.reset();
    expect(full.data).toMatchObject({ code: 'CAPACITY_REACHED', active_sessions: 1, max_sessions: 1 });
    const third = await client('kuhn-poker', small);
    expect((await third.ask({ type: 'state' })).data.code).toBe('CAPACITY_REACHED');
    await once(third.socket, 'close');
    await first.close();
    while ((await second.reset()).type === 'error');
    await small.close();
  });

  it('of size end the connection alone', async () => {
    const one = await client('kuhn-poker');
    one.socket.send(JSON.stringify({ type: 'step', data: { message: 'x'.repeat(1024 * 1024) } }));
    const [code] = (await once(one.socket, 'close')) as [number];
    expect(code).toBe(1009);
    expect((await ask('kuhn-poker/health')).body).toEqual({ status: 'healthy' });
  });
});

describe('a seed', () => {
  it('gives the same game, whatever is played beside it', async () => {
    const [one, other, beside] = [await client('kuhn-poker'), await client('kuhn-poker'), await client('kuhn-poker')];
    for (let round = 0; round < 4; round++) {
      await beside.play({}, `beside ${round}`);
      await Promise.all([one, other].map((each) => each.play({ seed: 7 }, 'same')));
    }
    const games = new Set([one, other].flatMap(({ heard }) => chunks(heard, heard.length / 4)));
    expect(games.size).toBe(1);
    const firsts = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(async (seed) => (await one.reset({ seed })).data.observation.text),
    );
    expect(new Set(firsts).size).toBeGreaterThan(1);
  });
});

function chunks(list: readonly string[], size: number): string[] {
  return Array.from({ length: list.length / size }, (_, at) => list.slice(at * size, (at + 1) * size).join('\n'));
}

describe('tools', () => {
  it('are listed and called by steps', async () => {
    const one = await client('calculator;split=train');
    const listed = await one.ask({ type: 'step', data: { type: 'list_tools' } });
    const tools = listed.data.observation.tools as readonly { name: string; input_schema: object }[];
    expect(tools.map(({ name }) => name)).toEqual(['calculator', 'submit_answer']);
    expect(tools[0]?.input_schema).toMatchObject({ type: 'object', required: ['expr'] });
    await one.reset({ task: 3 });
    const called = await one.call('calculator', { expr: '6 * 7' });
    expect(called.data.observation).toMatchObject({ tool_name: 'calculator', result: '42', error: null });
    const wrong = await one.call('calculator', { expression: '1' });
    expect(wrong.data.observation).toMatchObject({ result: null, error: { error_type: 'invalid_args' } });
  });

  it('there are not count as the environment says, and are named', async () => {
    const one = await client('calculator');
    await one.reset({ task: 3 });
    const { observation, done } = (await one.call('nope', {})).data;
    expect(observation.error).toMatchObject({ error_type: 'tool_not_found' });
    expect((observation.error as { message: string }).message).toContain('calculator, submit_answer');
    expect(done).toBe(true);
  });

  it('are called in words too, and pay once', async () => {
    const one = await client('calculator');
    await one.reset({ task: 3, split: 'train' });
    const { answer } = problemOf('train_3');
    const calls = [
      { name: 'calculator', args: { expr: '1 + 1' } },
      { name: 'submit_answer', args: { answer } },
    ];
    const { data } = await one.say(`<answer>${JSON.stringify(calls)}</answer>`);
    expect(data).toMatchObject({ reward: 1, done: true });
    expect(data.observation.text).toContain('calculator(1 + 1): 2');
  });

  it('are one, answer, where moves are no calls', async () => {
    const one = await client('tic-tac-toe');
    await one.reset({ seed: 1 });
    const wrong = await one.call('answer', { text: 'd4' });
    expect(wrong.data.observation.error).toMatchObject({ error_type: 'invalid_args' });
    const unknown = await one.call('move', { to: 'a1' });
    expect(unknown.data).toMatchObject({ reward: 0, observation: { error: { error_type: 'tool_not_found' } } });
    const right = await one.call('answer', { text: 'a1' });
    expect(right.data.observation).toMatchObject({ error: null, result: right.data.observation.text });
    expect(await one.ask({ type: 'state' })).toMatchObject({ data: { step_count: 2 } });
  });
});

describe('JSON-RPC', () => {
  const call = (method: string, params?: unknown) => ({ jsonrpc: '2.0', id: 7, method, params });
  const rows: readonly [string, unknown, number][] = [
    ['no JSON', '{', -32700],
    ['no request', {}, -32600],
    ['a list', [], -32600],
    ['a method there is not', call('tools/run'), -32601],
    ['a name of every object', call('constructor'), -32601],
    ['params that are a list', call('tools/list', [1]), -32602],
    ['a call without a name', call('tools/call', {}), -32602],
    ['a call without a session', call('tools/call', { name: 'calculator' }), -32602],
    ['a session there is not', call('tools/list', { session_id: 'x' }), -32602],
    ['closing a session there is not', call('openenv/session/close', { session_id: 'x' }), -32602],
  ];
  it.each(rows)('%s: an error with its code', async (_, body, code) => {
    const heard = await ask('calculator/mcp', body);
    expect(heard).toMatchObject({ status: 200, body: { jsonrpc: '2.0', error: { code } } });
  });

  it('plays a session over HTTP', async () => {
    const rpc = async (method: string, params: object) =>
      (await ask('calculator;split=train;task=3/mcp', call(method, params))).body.result as {
        [field: string]: unknown;
      };
    const { session_id } = await rpc('openenv/session/create', {});
    const { tools } = await rpc('tools/list', { session_id });
    expect(tools).toMatchObject([{ name: 'calculator', inputSchema: { type: 'object' } }, { name: 'submit_answer' }]);
    const product = await rpc('tools/call', { session_id, name: 'calculator', arguments: { expr: '6*7' } });
    expect(product).toMatchObject({ content: [{ type: 'text', text: '42' }], isError: false, data: '42' });
    const { answer } = problemOf('train_3');
    const end = await rpc('tools/call', { session_id, name: 'submit_answer', arguments: { answer } });
    expect(end.structuredContent).toMatchObject({ reward: 1, done: true });
    expect(await rpc('openenv/session/close', { session_id })).toEqual({ session_id, closed: true });
  });

  it('plays over sockets of its own and among the other messages', async () => {
    const own = await Plain.open(server.url, '/openenv/calculator/mcp');
    clients.push(own);
    const among = await client('calculator');
    const product = call('tools/call', { name: 'calculator', arguments: { expr: '6*7' } });
    expect(await own.ask(product)).toMatchObject({ id: 7, result: { data: '42' } });
    expect(await own.ask('{')).toMatchObject({ id: null, error: { code: -32700 } });
    expect(await among.ask({ type: 'mcp', data: product })).toMatchObject({
      type: 'mcp',
      data: { result: { data: '42' } },
    });
    expect(await among.ask({ type: 'mcp', data: 1 })).toMatchObject({ type: 'mcp', data: { error: { code: -32600 } } });
    expect((await among.ask({ type: 'state' })).data.step_count).toBe(1);
  });
});

describe('over HTTP', () => {
  it('the pages are there', async () => {
    expect(await ask('kuhn-poker/health')).toEqual({ status: 200, body: { status: 'healthy' } });
    expect((await ask('kuhn-poker/metadata')).body).toMatchObject({ name: 'kuhn-poker', version: '1.0.0' });
    expect((await ask('kuhn-poker;config.players=3/metadata')).body.readme_content).toContain('for 3 players');
    const { action, observation, state } = (await ask('kuhn-poker/schema')).body as {
      [name: string]: { required?: string[]; properties: object };
    };
    expect(action).toMatchObject({ required: ['message'], properties: { message: { type: 'string' } } });
    expect([Object.keys(observation?.properties ?? {}), Object.keys(state?.properties ?? {})]).toEqual([
      ['text', 'seat', 'legal_actions', 'metadata'],
      ['episode_id', 'step_count'],
    ]);
    const { info, paths } = (await ask('kuhn-poker/openapi.json')).body as { info: { version: string }; paths: object };
    expect(info.version).toMatch(/^1\./);
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/reset', '/step', '/state']));
  });

  it('an episode goes on from one request to the next', async () => {
    const began = (await ask('tic-tac-toe/reset', { seed: 1, episode_id: 'mine' })).body as unknown as Frame['data'];
    expect(Object.keys(began)).toEqual(['observation', 'reward', 'done']);
    const { session_id } = began.observation.metadata;
    const { body } = await ask('tic-tac-toe/step', { action: { message: 'a1' }, session_id, request_id: 'r' });
    expect(body).toMatchObject({ reward: 0, done: false, observation: { metadata: { turn: 1 } } });
    expect((await ask(`tic-tac-toe/state?session_id=${session_id}`)).body).toEqual({
      episode_id: 'mine',
      step_count: 1,
    });
    const again = (await ask('tic-tac-toe/reset', { seed: 1, session_id })).body as unknown as Frame['data'];
    expect(again.observation).toEqual(began.observation);
  });

  const rows: readonly [string, string, unknown, number][] = [
    ['an environment there is not', 'chess/health', undefined, 404],
    ['a path there is not', 'kuhn-poker/nowhere', undefined, 404],
    ['a wrong method', 'kuhn-poker/reset', undefined, 405],
    ['no JSON', 'kuhn-poker/reset', '{', 422],
    ['a list', 'kuhn-poker/reset', [], 422],
    ['a step without a session', 'kuhn-poker/step', { action: { message: 'x' } }, 422],
    ['a step of nobody', 'kuhn-poker/step', { action: { message: 'x' }, session_id: 'x' }, 422],
    ['an action that is none', 'kuhn-poker/step', { action: { move: 'x' }, session_id: 'x' }, 422],
    ['a configuration there is not', 'kuhn-poker/reset', { preset: 'x' }, 422],
    ['a setting there is not', 'kuhn-poker;sat=1/reset', {}, 422],
    ['the state of nobody', 'kuhn-poker/state?session_id=x', undefined, 422],
    ['a socket by HTTP', 'kuhn-poker/ws', undefined, 404],
  ];
  it.each(rows)('%s is answered with a reason', async (_, path, body, status) => {
    const heard = await ask(path, body);
    expect([heard.status, heard.body.detail !== undefined]).toEqual([status, true]);
  });

  it('a full server says so, and a failed reset leaves nothing behind', async () => {
    const small = await openDoors({ doors: ['openenv'], environments: ['kuhn-poker'], options: { sessions: 1 } });
    for (let round = 0; round < 3; round++) await ask('kuhn-poker/reset', { preset: 'x' }, {}, small);
    expect((await ask('kuhn-poker/reset', {}, {}, small)).status).toBe(200);
    expect((await ask('kuhn-poker/reset', {}, {}, small)).status).toBe(503);
    await small.close();
  });
});

describe('a key', () => {
  it('is asked of everybody, in any of the ways that clients have', async () => {
    const locked = await openDoors({ doors: ['openenv'], environments: ['kuhn-poker'], options: { key: KEY } });
    const basic = `Basic ${Buffer.from(`anyone:${KEY}`).toString('base64')}`;
    const right = [{ 'x-api-key': KEY }, { authorization: `Bearer ${KEY}` }, { authorization: basic }];
    for (const headers of right) {
      expect((await ask('kuhn-poker/health', undefined, headers, locked)).status).toBe(200);
      expect((await (await client('kuhn-poker', locked, { headers })).reset()).type).toBe('observation');
    }
    for (const headers of [{}, { 'x-api-key': `${KEY}x` }, { authorization: 'Basic x' }]) {
      expect((await ask('kuhn-poker/health', undefined, headers, locked)).status).toBe(403);
      await expect(client('kuhn-poker', locked, { headers })).rejects.toThrow('403');
    }
    await locked.close();
  });

  it.each(['chess/ws', 'kuhn-poker/nowhere'])('is not what a socket at %s lacks', async (path) => {
    await expect(Plain.open(server.url, `/openenv/${path}`)).rejects.toThrow('404');
  });
});

describe('secrets', () => {
  it('are in no frame: hands that a seat cannot tell apart give it the same bytes', async () => {
    const frames = new Map<string, Set<string>>();
    for (let seed = 0; seed < 24; seed++) {
      const [one, other] = [await client('kuhn-poker'), await client('kuhn-poker')];
      const both = [
        one.reset({ match_id: `t${seed}`, seed, seat: 0, episode_id: 'e' }),
        other.reset({ match_id: `t${seed}`, seat: 1 }),
      ];
      const text = (await both[0])?.data.observation.text as string;
      await one.ask({ type: 'state' });
      const end = one.say('bet');
      await both[1];
      await other.say('fold');
      expect((await end).data.done).toBe(true);
      const card = /You are dealt the (\w)/.exec(text)?.[1] as string;
      frames.set(card, (frames.get(card) ?? new Set()).add(one.heard.join('\n')));
    }
    expect([...frames.values()].map(({ size }) => size)).toEqual([1, 1, 1]);
  });

  it('are not betrayed by a reward that is told at the end', async () => {
    const one = await client('werewolf');
    const weights = { vote: 1 };
    await one.play({ seed: 3, opponents: 'random', config: { weights } }, 'wolf');
    const rewards = one.heard.map((text) => (JSON.parse(text) as Frame).data.reward ?? 0);
    expect(rewards.slice(0, -1).every((reward) => reward === 0)).toBe(true);
  });
});
