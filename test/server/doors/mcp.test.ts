import { fileURLToPath } from 'node:url';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRecord } from '../../../replays/read.js';
import { verify } from '../../../replays/verify.js';
import { Catalogue } from '../../../src/core/catalogue.js';
import { type Answered, Assistant, playFirst, solveSum } from './mcp-client.js';
import { type Opened, openDoors } from './opened.js';

const KEY = 'a-key-that-nobody-guesses-so-soon';
const MAIN = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));
const environments = ['calculator', 'kuhn-poker', 'tic-tac-toe', 'werewolf'];
let opened: Opened;

beforeAll(async () => {
  opened = await openDoors({ doors: ['mcp'], environments });
});
afterAll(() => opened.close());

const overHttp = (mode: 'legacy' | 'auto', headers = {}, { url } = opened) =>
  Assistant.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit: { headers } }), mode);

const overStdio = (mode: 'legacy' | 'auto') => {
  const args = ['--import', import.meta.resolve('tsx'), MAIN, 'mcp', '--environments', environments.join(',')];
  return Assistant.connect(new StdioClientTransport({ command: process.execPath, args, stderr: 'ignore' }), mode);
};

const ROADS: readonly [string, () => Promise<Assistant>][] = [
  ['HTTP, with sessions (2025)', () => overHttp('legacy')],
  ['HTTP, without (2026)', () => overHttp('auto')],
  ['a process of its own (2025)', () => overStdio('legacy')],
  ['a process of its own (2026)', () => overStdio('auto')],
];

describe.each(ROADS)('an assistant over %s', (_, connect) => {
  it('solves a task, plays a game, replays it and gets its record', { timeout: 60_000 }, async () => {
    const assistant = await connect();
    expect((await solveSum(assistant)).fields).toMatchObject({ status: 'over', reward: 1, result: { return: 1 } });
    const last = (await playFirst(assistant, { environment: 'kuhn-poker', seed: 5, opponents: 'scripted' })).at(-1);
    expect(last?.fields).toMatchObject({ status: 'over', result: { how: 'rules' } });
    const { session } = (last as Answered).fields;
    expect((await assistant.call('replay', { session, count: 1 })).text).toMatch(/^Step 1 of \d\nchance: /);
    const read = parseRecord((await assistant.call('record', { session })).text);
    if ('problem' in read) throw new Error(read.problem);
    expect(verify(read.record, await new Catalogue().environment('kuhn-poker'))).toBeNull();
    expect((await assistant.call('close', { session })).isError).toBe(false);
    await assistant.close();
  });
});

describe('the tools', () => {
  it('are described, each argument too', async () => {
    const assistant = await overHttp('legacy');
    const { tools } = await assistant.client.listTools();
    for (const { description, inputSchema } of tools) {
      expect(description).toMatch(/^[A-Z].+\.$/);
      for (const field of Object.values(inputSchema.properties ?? {})) expect(field).toHaveProperty('description');
    }
    expect(tools.map(({ name }) => name)).toEqual(
      'list_environments describe_environment start observe act replay record close'.split(' '),
    );
    await assistant.close();
  });

  it('tell what there is, and the rules also as resources', async () => {
    const assistant = await overHttp('auto');
    const list = await assistant.call('list_environments');
    expect(list.text).toContain('- kuhn-poker (2 seats): ');
    expect(list.text).toMatch(/- calculator \(train \d+, /);
    const described = await assistant.call('describe_environment', { environment: 'werewolf' });
    expect(described.text).toContain('Opponents: scripted, random.');
    const { resources } = await assistant.client.listResources();
    expect(resources.map(({ uri }) => uri)).toContain('ludus://rules/werewolf');
    const { contents } = await assistant.client.readResource({ uri: 'ludus://rules/werewolf' });
    expect(described.text).toContain((contents[0] as { text: string }).text);
    await assistant.close();
  });

  const WRONG: readonly [string, object, string][] = [
    ['describe_environment', { environment: 'kuhn' }, 'did you mean kuhn-poker?'],
    ['start', { environment: 'kuhn-poker', seat: 2 }, 'the seats are 0 to 1'],
    ['start', { environment: 'kuhn-poker', seats: 2 }, 'seats'],
    ['start', { environment: 'kuhn-poker', config: { players: 9 } }, 'players'],
    ['start', { environment: 'calculator', split: 'tets' }, 'did you mean test'],
    ['observe', { session: 'none' }, 'there is no session "none" open here'],
    ['act', { session: 'none', answer: 'bet' }, 'there is no session "none" open here'],
    ['replay', {}, 'session'],
  ];
  it.each(WRONG)('%s answers %j with what is right', async (name, args, right) => {
    const assistant = await overHttp('auto');
    const answered = await assistant.call(name, args);
    expect(answered).toMatchObject({ isError: true });
    expect(answered.text).toContain(right);
    await assistant.close();
  });
});

describe('an episode', () => {
  it('takes exactly one answer, of the kind that is asked for, and a slip of that costs no try', async () => {
    const assistant = await overHttp('legacy');
    const { session } = (await assistant.call('start', { environment: 'tic-tac-toe', seed: 1 })).fields;
    const slip = async (args: object) => (await assistant.call('act', { session, ...args })).text;
    expect(await slip({})).toContain('exactly one of the two');
    expect(await slip({ answer: 'b2', calls: [] })).toContain('exactly one of the two');
    expect(await slip({ calls: [{ name: 'mark' }] })).toContain('give your move as "answer"');
    const refused = await assistant.call('act', { session, answer: 'the middle' });
    expect(refused).toMatchObject({ isError: true, fields: { isRefused: true, status: 'your turn' } });
    expect(refused.text).toContain('2 tries are left');
    expect((await assistant.call('act', { session, answer: 'b2' })).isError).toBe(false);
    await assistant.close();
  });

  it('is not played on what was not seen: of two answers at once the second shows what the first brought', async () => {
    const assistant = await overHttp('legacy');
    const { session } = (await assistant.call('start', { environment: 'tic-tac-toe', seed: 1 })).fields;
    const [first, second] = await Promise.all(
      ['a1', 'c3'].map((answer) => assistant.call('act', { session, answer, turn: 1 })),
    );
    expect(first).toMatchObject({ isError: false, fields: { status: 'your turn', isUnseen: false } });
    expect(second).toMatchObject({ isError: true, fields: { isUnseen: true, legal: first?.fields.legal } });
    await assistant.close();
  });

  it('keeps its record to itself until it has ended', async () => {
    const assistant = await overHttp('legacy');
    const { session } = (await assistant.call('start', { environment: 'kuhn-poker' })).fields;
    for (const name of ['record', 'replay'])
      expect(await assistant.call(name, { session })).toMatchObject({ isError: true, fields: {} });
    await assistant.close();
  });

  it('belongs to its session of the protocol, and ends with it', async () => {
    const [one, other] = await Promise.all([overHttp('legacy'), overHttp('legacy')]);
    const { session } = (await one.call('start', { environment: 'kuhn-poker' })).fields;
    expect((await other.call('observe', { session })).text).toContain('there is no session');
    expect((await one.call('observe', { session })).isError).toBe(false);
    await (one.client.transport as StreamableHTTPClientTransport).terminateSession();
    const stranger = await overHttp('auto');
    expect((await stranger.call('observe', { session })).isError).toBe(true);
    await Promise.all([one.close(), other.close(), stranger.close()]);
  });

  it('is shown alike whatever the others hold, until it is told', { timeout: 60_000 }, async () => {
    const assistant = await overHttp('auto');
    const texts = new Map<string, Set<string>>();
    const hidden = new Map<string, Set<string>>();
    for (let seed = 0; seed < 40; seed++) {
      for (const { known, secret, text } of await looksOf(assistant, seed)) {
        texts.set(known, (texts.get(known) ?? new Set()).add(text));
        hidden.set(known, (hidden.get(known) ?? new Set()).add(secret));
      }
    }
    expect([...texts.values()].map(({ size }) => size)).toEqual([...texts].map(() => 1));
    expect([...hidden.values()].filter(({ size }) => size > 1).length).toBeGreaterThan(2);
    await assistant.close();
  });
});

describe('the door', () => {
  it('opens with its key alone', async () => {
    const locked = await openDoors({ doors: ['mcp'], environments: ['kuhn-poker'], options: { key: KEY } });
    const posted = await fetch(`${locked.url}/mcp`, {
      method: 'POST',
      body: '{}',
      headers: { authorization: 'Bearer no' },
    });
    expect([posted.status, posted.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    await expect(overHttp('legacy', {}, locked)).rejects.toThrow();
    const assistant = await overHttp('legacy', { Authorization: `Bearer ${KEY}` }, locked);
    expect((await assistant.call('list_environments')).isError).toBe(false);
    await assistant.close();
    await locked.close();
  });

  it('holds no more sessions of the protocol than may be, and lets idle ones go first', async () => {
    const small = await openDoors({ doors: ['mcp'], environments: ['kuhn-poker'], options: { sessions: 2 } });
    const connect = () => overHttp('legacy', {}, small);
    const [playing, idle] = [await connect(), await connect()];
    await playing.call('start', { environment: 'kuhn-poker' });
    const third = await connect();
    await expect(idle.call('list_environments')).rejects.toThrow('initialize again');
    await third.call('start', { environment: 'kuhn-poker' });
    await expect(connect()).rejects.toThrow('too many open sessions');
    expect((await third.call('start', { environment: 'kuhn-poker' })).text).toContain('there are 2 open sessions');
    await small.close();
  });
});

/** What seat 1 was shown in a game of Kuhn poker, with what it knew then and the card that it did not know. */
async function looksOf(assistant: Assistant, seed: number) {
  const seen = await playFirst(assistant, { environment: 'kuhn-poker', seed, seat: 1, opponents: 'random' });
  const session = String(seen[0]?.fields.session);
  const read = parseRecord((await assistant.call('record', { session })).text);
  if ('problem' in read) throw new Error(read.problem);
  const { steps } = read.record;
  const [secret = '', own = ''] = steps.flatMap(({ chance }) => (chance === undefined ? [] : [String(chance)]));
  const turns = steps.flatMap(({ seats }, at) => (seats?.[1] === undefined ? [] : [at]));
  return turns.map((at, index) => {
    const moves = steps
      .slice(0, at)
      .map(({ seats = {} }) => Object.entries(seats).map(([seat, { move }]) => [seat, move]));
    const text = JSON.stringify(seen[index]).replaceAll(session, '<session>');
    return { known: JSON.stringify([own, moves]), secret, text };
  });
}
