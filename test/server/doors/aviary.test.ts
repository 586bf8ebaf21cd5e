import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, calls, Driven, type Heard, type SeenTool, type Stepped, send } from './aviary-client.js';
import { dummy } from './dummy.js';
import { type Opened, openDoors } from './opened.js';
import { cameOf, isAs, PARSING } from './parsing.js';

const KEY = 'sekret';
const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

let open: Opened;
let locked: Opened;
let site: string;
beforeAll(async () => {
  open = await openDoors({ doors: ['aviary'], environments: [dummy, 'kuhn-poker'] });
  locked = await openDoors({ doors: ['aviary'], environments: [dummy], options: { key: KEY } });
  site = `${open.url}/aviary/dummy`;
});
afterAll(async () => {
  await open.close();
  await locked.close();
});

async function begun(task = 1): Promise<Driven> {
  const driven = await Driven.start(site, { task_idx: task });
  await driven.reset();
  return driven;
}

interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: { readonly [key: string]: unknown } | null;
  readonly status: number;
  readonly answer: unknown;
}

const recorded = JSON.parse(readFileSync(new URL('./recorded/aviary.json', import.meta.url), 'utf8')) as {
  exchanges: readonly Exchange[];
};

/** Sends what a Python client sent, header by header. */
function replay({ method, path, headers, body }: Exchange, ids: ReadonlyMap<unknown, string>): Promise<Heard> {
  const sent = body === null ? '' : JSON.stringify('env_id' in body ? { ...body, env_id: ids.get(body.env_id) } : body);
  return new Promise((resolve, reject) => {
    const asked = request(`${locked.url}/aviary/dummy${path}`, { method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += String(chunk)));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text, body: JSON.parse(text) as unknown }));
    });
    asked.on('error', reject);
    asked.end(sent);
  });
}

/** What clients use of a tool. */
function usedOf({ type, function: { name, description, parameters } }: SeenTool): object {
  const { properties, required } = parameters as {
    properties: { [name: string]: { type: string; description?: string } };
    required: string[];
  };
  const shapes = Object.entries(properties).map(([name, { type, description }]) => [name, type, description]);
  return { type, name, description, shapes, required };
}

/** What clients use of an answer, by the route that gave it. */
const USED: { readonly [path: string]: (answer: never) => unknown } = {
  '/info': (answer: unknown) => answer,
  '/start': ({ env_id }: { env_id: string }) => UUID.test(env_id),
  '/reset': ([messages, tools]: [{ role: string; content: string }[], SeenTool[]]) => [
    messages.map(({ role }) => role),
    tools.map(usedOf),
  ],
  '/step': ([messages, ...rest]: Stepped) => [
    messages
      .filter(({ role }) => role === 'tool')
      .map(({ content, name, tool_call_id: id }) => ({ content, name, id })),
    ...rest,
  ],
  '/close': ({ env_id }: { env_id: string }) => UUID.test(env_id),
};

describe('what a Python client sent, sent again', () => {
  const ids = new Map<unknown, string>();
  const heard: Heard[] = [];
  beforeAll(async () => {
    for (const exchange of recorded.exchanges) {
      const answered = await replay(exchange, ids);
      heard.push(answered);
      if (exchange.path === '/start')
        ids.set((exchange.answer as { env_id: string }).env_id, (answered.body as { env_id: string }).env_id);
    }
  });

  /** NOTE: an answer to a call with an empty id is none that models' APIs take; nothing of the code is told. */
  const OTHERWISE: { readonly [at: number]: (heard: Heard) => void } = {
    3: ({ body }) => {
      const [[first, second], ...rest] = body as Stepped;
      expect(first).toMatchObject({ role: 'tool', content: '5', name: 'cast_int', tool_call_id: 'call00001' });
      expect(second).toMatchObject({ role: 'tool', name: 'nope', tool_call_id: 'call00002' });
      expect(second?.content).toMatch(/^Invalid tool call: nope\. .*print_story/);
      expect(rest).toEqual([0, false, false]);
    },
    4: ({ body }) => {
      const [[message], ...rest] = body as Stepped;
      expect(message?.role).toBe('user');
      expect(message?.content).toContain('No tool was called');
      expect(rest).toEqual([0, false, false]);
    },
    9: ({ status, body }) => {
      const [[message], ...rest] = body as Stepped;
      expect(status).toBe(200);
      expect(message).toMatchObject({ role: 'tool', name: 'cast_float', tool_call_id: 'c4' });
      expect(message?.content).toContain('"zzz" is no number');
      expect(rest).toEqual([0, false, false]);
    },
  };

  it.each(recorded.exchanges.map((exchange, at) => [at, exchange.path, exchange] as const))(
    '%i: %s',
    (at, path, { status, answer }) => {
      const answered = heard[at] as Heard;
      if (OTHERWISE[at] !== undefined) return OTHERWISE[at](answered);
      const used = USED[path] as (answer: never) => unknown;
      expect(answered.status).toBe(status);
      expect(used(answered.body as never)).toEqual(used(answer as never));
    },
  );

  it('the first message is the words of the task, after the rules', () => {
    const [messages] = (heard[2] as Heard).body as [{ content: string }[]];
    expect(messages[0]?.content).toMatch(/Write a 5 word story via print_story about owls\n/);
  });
});

describe('an action', () => {
  it.each(PARSING.map((row) => [row.what, row] as const))('%s', async (_, { action, comes }) => {
    const driven = await begun();
    const { status, body, text } = await driven.heard(action);
    expect(isAs(cameOf(status, body), comes), text).toBe(true);
    await driven.close();
  });
});

describe('an error', () => {
  const missing = (...loc: string[]) => ({ type: 'missing', loc: ['body', ...loc], msg: 'Field required' });
  const rows: readonly [string, string, unknown, number, unknown][] = [
    ['unknown environment of the server', '/aviary/dumy/start', {}, 404, expect.stringContaining('dummy')],
    ['unknown env at reset', '/aviary/dummy/reset', { env_id: 'u' }, 404, 'Environment u not found'],
    ['unknown env at step', '/aviary/dummy/step', { env_id: 'u', action: {} }, 404, 'Environment u not found'],
    ['unknown env at close', '/aviary/dummy/close', { env_id: 'u' }, 404, 'Environment u not found'],
    ['unknown path', '/aviary/dummy/nope', {}, 404, 'Not Found'],
    ['a name of every object as path', '/aviary/dummy/constructor', {}, 404, 'Not Found'],
    ['wrong method', '/aviary/dummy/info', {}, 405, 'Method Not Allowed'],
    ['wrong method the other way', '/aviary/dummy/step', undefined, 405, 'Method Not Allowed'],
    ['no env', '/aviary/dummy/reset', {}, 422, [missing('env_id')]],
    ['no env and no action', '/aviary/dummy/step', {}, 422, [missing('env_id'), missing('action')]],
    ['no body', '/aviary/dummy/start', '', 422, [missing()]],
    ['bad JSON', '/aviary/dummy/start', '{"task_idx":', 422, [{ type: 'json_invalid' }]],
    ['a list', '/aviary/dummy/start', [], 422, [{ type: 'model_attributes_type', loc: ['body'] }]],
    ['null', '/aviary/dummy/start', 'null', 422, [{ type: 'model_attributes_type', loc: ['body'] }]],
    ['an env that is a number', '/aviary/dummy/close', { env_id: 5 }, 422, [{ type: 'string_type', input: 5 }]],
    [
      'a fraction',
      '/aviary/dummy/start',
      { task_idx: 1.5 },
      422,
      [{ type: 'int_from_float', loc: ['body', 'task_idx'], input: 1.5 }],
    ],
    ['a word', '/aviary/dummy/start', { task_idx: 'x' }, 422, [{ type: 'int_parsing', input: 'x' }]],
    ['arguments in a list', '/aviary/dummy/start', { task_kwargs: [] }, 422, [{ type: 'dict_type' }]],
    [
      'an action that is a list',
      '/aviary/dummy/step',
      { env_id: 'u', action: [] },
      422,
      [{ type: 'model_attributes_type', loc: ['body', 'action'] }],
    ],
    [
      'both ways to name a task',
      '/aviary/dummy/start',
      { task_idx: 1, task_kwargs: {} },
      422,
      [{ type: 'value_error', loc: ['body'] }],
    ],
    ['a task there is not', '/aviary/dummy/start', { task_idx: 3 }, 422, expect.stringContaining('no task 3')],
    [
      'an argument there is not',
      '/aviary/dummy/start',
      { task_kwargs: { sed: 1 } },
      422,
      expect.stringContaining('sed'),
    ],
    [
      'an opponent there is not',
      '/aviary/kuhn-poker/start',
      { task_kwargs: { opponents: 'nobody' } },
      422,
      expect.stringContaining('nobody'),
    ],
    ['a seat there is not', '/aviary/kuhn-poker;seat=2/start', {}, 422, expect.stringContaining('no seat 2')],
    ['a setting there is not', '/aviary/kuhn-poker;sit=1/start', {}, 422, expect.stringContaining('sit')],
  ];
  it.each(rows)('%s', async (_, path, body, status, detail) => {
    const heard = await send(open.url + path, body);
    expect(heard.status, heard.text).toBe(status);
    const { detail: told } = heard.body as { detail: unknown };
    if (Array.isArray(detail)) {
      expect(told).toHaveLength(detail.length);
      expect(told).toMatchObject(detail);
    } else expect(told).toEqual(detail);
  });

  it('a step before the first reset is refused', async () => {
    const driven = await Driven.start(site);
    const { status, body } = await driven.heard({});
    expect([status, body]).toEqual([409, { detail: 'reset the environment before its first step' }]);
  });

  it.each([
    ['none', {}],
    ['another', { 'x-api-key': 'secret' }],
    ['a longer one', { 'x-api-key': `${KEY}x` }],
    ['an empty one', { 'x-api-key': '' }],
  ])('the key that is shown is %s', async (_, headers) => {
    for (const [path, body] of [['info'], ['start', {}], ['nope', {}]] as const) {
      const { status, body: answered } = await send(`${locked.url}/aviary/dummy/${path}`, body, headers);
      expect([status, answered]).toEqual([403, { detail: 'Invalid or missing API key' }]);
    }
  });
});

describe('what is taken though it is not asked for', () => {
  it.each([
    ['a number written as a text', 'start', { task_idx: '1' }],
    ['a whole number with a point', 'start', '{"task_idx": 1.0}'],
    ['a null for a task', 'start', { task_idx: null }],
    ['keys there are not', 'start', { task_idx: 1, more: [] }],
    ['a doubled slash', '/start', {}],
    ['a number of seconds written as a text', 'close_old_envs', { last_used: '3600' }],
  ])('%s', async (_, path, body) => {
    expect((await send(`${site}/${path}`, body)).status).toBe(200);
  });
});

describe('where the reference is at fault, ours is not', () => {
  it('steps after the end do nothing and pay nothing', async () => {
    const driven = await begun();
    expect((await driven.step(calls(call('print_story', { story: 'x' })))).slice(1)).toEqual([1, true, false]);
    for (const action of [calls(call('print_story', { story: 'x' })), {}]) {
      const [messages, ...rest] = await driven.step(action);
      expect(rest).toEqual([0, true, false]);
      expect(messages[0]?.content).toContain('It is over');
    }
  });

  it('calls after the one that ends it are not run', async () => {
    const driven = await begun();
    const [messages, reward] = await driven.step(
      calls(call('print_story', { story: 'x' }, 'a'), call('print_story', { story: 'y' }, 'b')),
    );
    expect(reward).toBe(1);
    expect(messages.filter(({ role }) => role === 'tool').map(({ content }) => content)).toEqual([
      'null',
      'not run: it was over',
    ]);
  });

  it('steps of one env are done one after the other, whatever order they are finished in', async () => {
    const driven = await begun();
    const asked = Array.from({ length: 12 }, (_, at) => driven.step(calls(call('cast_int', { x: at }, `c${at}`))));
    const turns = (await Promise.all(asked)).map(([messages]) => messages.at(-1)?.info?.turn);
    expect(turns).toEqual(Array.from({ length: 12 }, (_, at) => at + 1));
  });

  it('a second reset begins the same task again, under the same id', async () => {
    const driven = await Driven.start(site, { task_kwargs: { seed: 5 } });
    const first = await driven.reset();
    await driven.step(calls(call('print_story', { story: 'x' })));
    expect(await driven.reset()).toEqual(first);
    expect((await driven.step(calls(call('print_story', { story: 'x' })))).slice(1)).toEqual([1, true, false]);
  });

  it('a second close is of an env there is not', async () => {
    const driven = await begun();
    await driven.close();
    expect((await send(`${site}/close`, { env_id: driven.id })).status).toBe(404);
  });

  it('what is drawn follows from the task and the seed', async () => {
    const drawn = async () => {
      const driven = await Driven.start(site, { task_idx: 2 });
      await driven.reset();
      const [messages] = await driven.step(calls(call('get_random_int', {})));
      return messages[0]?.content;
    };
    expect(await drawn()).toBe(await drawn());
  });

  it('ids of calls go back as they came, and info says where one is', async () => {
    const driven = await begun(2);
    const [messages] = await driven.step(calls(call('cast_int', { x: 1 }, 'Ab3dE6gH9')));
    expect(messages[0]?.tool_call_id).toBe('Ab3dE6gH9');
    expect(messages.at(-1)?.info).toEqual({ task_id: 'train_2', seed: null, turn: 1, legal_actions: null });
  });
});
