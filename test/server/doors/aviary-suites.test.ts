import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call, calls, Driven, type SeenMessage, send } from './aviary-client.js';
import { dummy } from './dummy.js';
import { type Opened, openDoors } from './opened.js';
import { broken, outside, waitingRoom } from './waiting.js';

/*
 * What Aviary's own tests hold its server and its tools to, as far as it can be told over HTTP. SEE: Future-House/aviary,
 * tests/test_envs.py, test_tools.py and test_messages.py.
 */

const CALL_MS = 1500;
let open: Opened;
beforeAll(async () => {
  open = await openDoors({
    doors: ['aviary'],
    environments: [dummy, waitingRoom, broken],
    options: { sessions: 6, idleMs: 1e9, callMs: CALL_MS },
  });
});
beforeEach(async () => {
  Object.assign(outside, { asked: [], now: 0, most: 0, stopped: 0 });
  for (const site of ['dummy', 'waiting-room']) await send(at(site, 'close_old_envs'), { last_used: -1 });
});
afterAll(() => open.close());

const at = (site: string, route: string) => `${open.url}/aviary/${site}/${route}`;

async function begun(site: string): Promise<Driven> {
  const driven = await Driven.start(`${open.url}/aviary/${site}`, {});
  await driven.reset();
  return driven;
}

const answers = (messages: readonly SeenMessage[]) =>
  messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
const wait = (name: string, tool = 'wait') => call(tool, { name }, `id-${name}`);

describe('the server', () => {
  it('starts an env that is listed until it is closed, and reset does not list another', async () => {
    const { id, site } = await begun('dummy');
    expect((await send(`${site}/info`)).body).toEqual({ dataset_size: 3, running_env_ids: [id] });
    await send(`${site}/reset`, { env_id: id });
    expect((await send(`${site}/info`)).body).toMatchObject({ running_env_ids: [id] });
    await send(`${site}/close`, { env_id: id });
    expect((await send(`${site}/info`)).body).toMatchObject({ running_env_ids: [] });
  });

  it('lists and closes the envs of one environment alone', async () => {
    const [here, there] = [await begun('dummy'), await begun('waiting-room')];
    expect((await send(at('dummy', 'info'))).body).toMatchObject({ running_env_ids: [here.id] });
    expect((await send(at('dummy', 'close'), { env_id: there.id })).status).toBe(404);
    expect((await send(at('dummy', 'close_old_envs'), { last_used: -1 })).body).toEqual({ closed_env_ids: [here.id] });
    expect((await send(at('waiting-room', 'info'))).body).toMatchObject({ running_env_ids: [there.id] });
  });

  it('keeps envs that were used a moment ago', async () => {
    const driven = await begun('dummy');
    expect((await send(at('dummy', 'close_old_envs'), { last_used: 3600 })).body).toEqual({ closed_env_ids: [] });
    expect((await send(at('dummy', 'close_old_envs'), {})).body).toEqual({ closed_env_ids: [] });
    await driven.close();
  });

  it('says that it is full, and takes more when one is closed', async () => {
    const all: Driven[] = [];
    for (let count = 0; count < 6; count++) all.push(await begun('dummy'));
    const { status, body } = await send(at('dummy', 'start'), {});
    expect([status, body]).toEqual([409, { detail: expect.stringContaining('6 open sessions') }]);
    await all[0]?.close();
    expect((await send(at('dummy', 'start'), {})).status).toBe(200);
  });
});

describe('calls of one step', () => {
  it('wait together for the outside where they may, and are answered in their order', async () => {
    const driven = await begun('waiting-room');
    const [messages] = await driven.step(calls(wait('Ann'), wait('Bob')));
    expect(answers(messages)).toEqual(['Ann came', 'Bob came']);
    expect(outside).toMatchObject({ most: 2, asked: ['Ann', 'Bob'] });
  });

  it('wait one after the other where they may not', async () => {
    const driven = await begun('waiting-room');
    const [messages] = await driven.step(calls(wait('Ann', 'wait_alone'), wait('Bob', 'wait_alone')));
    expect(answers(messages)).toEqual(['Ann came', 'Bob came']);
    expect(outside).toMatchObject({ most: 1, asked: ['Ann', 'Bob'] });
  });

  it('are answered in their order with one alone, and one there is not, among them', async () => {
    const driven = await begun('waiting-room');
    const [messages] = await driven.step(
      calls(wait('Ann'), wait('Bob'), wait('Cy', 'wait_alone'), call('nope', {}, 'n'), wait('Dan'), wait('Eve')),
    );
    expect(answers(messages).map((text) => text.slice(0, 23))).toEqual([
      ...['Ann came', 'Bob came', 'Cy came', 'Invalid tool call: nope', 'Dan came', 'Eve came'],
    ]);
    expect(outside.most).toBe(2);
  });

  it('that take too long are stopped, and change nothing afterwards', async () => {
    const driven = await begun('waiting-room');
    const [messages, ...rest] = await driven.step(calls(wait('forever')));
    expect(answers(messages)).toEqual(['Error: nobody came in time']);
    expect(rest).toEqual([0, false, false]);
    expect(outside.stopped).toBe(1);
    const [next] = await driven.step(calls(wait('Ann')));
    expect(next.at(-1)?.content).toContain('Ann came');
    expect(next.at(-1)?.content).not.toContain('forever');
  });
});

it('steps of one env that come at once are done one after the other', async () => {
  const driven = await begun('waiting-room');
  const names = ['Ann', 'Bob', 'Cy', 'Dan', 'Eve'];
  const all = await Promise.all(names.map((name) => driven.step(calls(wait(name)))));
  const turns = all.map(([messages]) => [answers(messages)[0], messages.at(-1)?.info?.turn]);
  expect(new Set(turns.map(([, turn]) => turn))).toEqual(new Set([1, 2, 3, 4, 5]));
  for (const [text, turn] of turns) expect(text).toBe(`${outside.asked[Number(turn) - 1]} came`);
  expect(outside.most).toBe(1);
});

it('steps of two envs do not wait for each other', async () => {
  const [one, other] = [await begun('waiting-room'), await begun('waiting-room')];
  const held = one.step(calls(wait('forever')));
  await expect.poll(() => outside.now).toBe(1);
  const [messages] = await other.step(calls(wait('Ann')));
  expect([answers(messages), outside.now]).toEqual([['Ann came'], 1]);
  await held;
});

describe('a fault of ours', () => {
  it('in an environment breaks its episode off, tells nothing of the code, and is logged', async () => {
    const driven = await begun('waiting-room');
    const { status, text, body } = await driven.heard(calls(call('fail', {})));
    const [, reward, done, truncated] = body as [unknown, number, boolean, boolean];
    expect([status, reward, done, truncated]).toEqual([200, 0, true, true]);
    expect(text).not.toMatch(/TypeError|a fault of ours|\.ts/);
    expect(open.lines.join('\n')).toContain('a fault of ours');
  });

  it('before there is an episode is a 500 that tells nothing', async () => {
    const { status, body } = await send(at('broken', 'start'), {});
    expect([status, body]).toEqual([500, { detail: 'something went wrong here' }]);
  });
});

describe('what goes out', () => {
  it('is messages of the five roles that always have info, and tools without nulls', async () => {
    const driven = await Driven.start(`${open.url}/aviary/dummy`, {});
    const [first, tools] = await driven.reset();
    const [answered] = await driven.step(calls(call('cast_int', { x: 1 })));
    for (const message of [...first, ...answered]) {
      expect(['user', 'tool']).toContain(message.role);
      expect(typeof message.content).toBe('string');
      expect(message).toHaveProperty('info');
      expect(Object.keys(message).sort()).toEqual(
        message.role === 'tool' ? ['content', 'info', 'name', 'role', 'tool_call_id'] : ['content', 'info', 'role'],
      );
    }
    expect(JSON.stringify(tools)).not.toContain('null');
  });

  it('is tools with the schema of every argument', async () => {
    const driven = await Driven.start(`${open.url}/aviary/waiting-room`, {});
    const [, tools] = await driven.reset();
    const shapes = tools.find(({ function: { name } }) => name === 'shapes')?.function;
    expect(shapes?.description).toBe('Takes arguments of every shape.');
    expect(shapes?.parameters).toMatchObject({
      type: 'object',
      properties: {
        text: { type: 'string', description: 'words' },
        number: { type: 'number' },
        whole: { type: 'integer' },
        truth: { type: 'boolean' },
        one: { type: 'string', enum: ['a', 'b'] },
        list: { type: 'array', items: { type: 'string' } },
        inner: { type: 'object', properties: { deep: { type: 'number' } }, required: ['deep'] },
        maybe: { type: ['string', 'null'] },
        left: { type: 'string' },
        usual: { type: 'number', default: 3 },
      },
      required: ['text', 'number', 'whole', 'truth', 'one', 'list', 'inner', 'maybe'],
    });
    for (const tool of tools)
      expect(tool.function.parameters).toMatchObject({ properties: {}, required: expect.anything() });
  });
});
