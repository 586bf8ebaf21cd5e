import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import random from '../../agents/random.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import { playRecorded } from '../../replays/session.js';
import { verify } from '../../replays/verify.js';
import type { Agent, AgentFactory } from '../../src/core/agent.js';
import { howToAnswer } from '../../src/core/answers.js';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import { describedTools } from '../../src/core/offered.js';
import { runEpisode } from '../../src/core/play.js';
import type { Move, ToolsSpace } from '../../src/core/space.js';
import { describeFailure } from '../../src/laws/report.js';
import { runLaws } from '../../src/laws/run.js';
import { openDoors } from '../server/doors/opened.js';
import recorded from '../server/doors/recorded/aviary.json' with { type: 'json' };
import { type Exchange, replayed } from './replayed.js';

const folder = mkdtempSync(join(tmpdir(), 'ludus-remote-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const catalogue = new Catalogue();

/** Plays an episode and keeps its record in a file. */
async function play(id: string, set: JsonObject, agent: AgentFactory, name: string): Promise<EpisodeRecord> {
  const environment = await catalogue.environment(id);
  const config = readConfig(environment.spec, { set });
  const table = { environment, config, seed: 3, agents: [agent], hash: true };
  const playing = playRecorded({ table, specs: ['random'], file: join(folder, `${name}.jsonl`) });
  let next = await playing.next();
  while (next.done !== true) next = await playing.next();
  return next.value;
}

/** An agent that makes the given moves, one after the other. */
function moving(...moves: readonly Move[]): AgentFactory {
  const left = [...moves];
  return (): Agent => ({ manifest: { agent: 'moving' }, act: () => ({ move: left.shift() ?? [] }) });
}

describe.each(['aviary:http://localhost:1', 'openenv:ws://localhost:1/some'])('remote:%s', (argument) => {
  it('keeps the laws, with nobody there', async () => {
    const environment = await catalogue.environment(`remote:${argument}`);
    const reports = await runLaws(environment, { seeds: 8, cases: 300 });
    for (const { law, failures } of reports) expect([law, failures.map(describeFailure)]).toEqual([law, []]);
    expect(reports.filter(({ law, cases }) => law <= 4 && cases === 0)).toEqual([]);
  });
});

describe('an environment of a server of ours', () => {
  const sites = [
    'openenv:/openenv/tic-tac-toe',
    'openenv:/openenv/calculator',
    'aviary:/aviary/calculator',
    'aviary:/aviary/kuhn-poker',
  ];
  it.each(sites)('%s is played to its end, and its record replays when the server is gone', async (site) => {
    const server = await openDoors({
      doors: ['openenv', 'aviary'],
      environments: ['tic-tac-toe', 'calculator', 'kuhn-poker'],
      options: { sessions: 1 },
    });
    const id = `remote:${site.replace(':/', `:${server.url}/`)}`;
    const agent = await random.open('');
    const records: EpisodeRecord[] = [];
    for (const round of [1, 2, 3]) records.push(await play(id, {}, agent, `${site.replaceAll('/', '-')}-${round}`));
    await server.close();
    const environment = await catalogue.environment(id);
    for (const record of records) {
      expect(record.end).toMatchObject({ how: 'rules', outcome: 'finished' });
      expect(verify(record, environment)).toBeNull();
    }
  });

  it('is solved by its tools, and pays what it pays there', async () => {
    const server = await openDoors({ doors: ['openenv', 'aviary'], environments: ['calculator'] });
    const { problemOf } = await import('../../envs/calculator/dataset.js');
    const { answer } = problemOf('train_3');
    const calls = [
      { id: 'a', name: 'calculator', args: { expr: '6 * 7' } },
      { id: 'b', name: 'submit_answer', args: { answer } },
    ];
    const asks = { 'aviary:/aviary': { task: 3 }, 'openenv:/openenv': { reset: { task: 3, split: 'train' } } };
    for (const [door, set] of Object.entries(asks)) {
      const id = `remote:${door.replace(':/', `:${server.url}/`)}/calculator`;
      const record = await play(id, set, moving(calls), `solved-${Object.keys(set).join()}`);
      expect(record.end).toMatchObject({ returns: [1], outcome: 'finished' });
      expect(JSON.stringify(record.steps.at(-1))).toContain('"results":["42","True"]');
    }
    await server.close();
  });

  it('is let go of when its episode is left', async () => {
    const server = await openDoors({
      doors: ['openenv', 'aviary'],
      environments: ['tic-tac-toe'],
      options: { sessions: 1 },
    });
    for (const door of ['openenv', 'aviary', 'openenv', 'aviary']) {
      const environment = await catalogue.environment(`remote:${door}:${server.url}/${door}/tic-tac-toe`);
      const stop = new AbortController();
      const leaving: AgentFactory = () => ({
        manifest: { agent: 'leaving' },
        act: () => new Promise(() => stop.abort()),
      });
      const table = {
        environment,
        config: readConfig(environment.spec),
        seed: 1,
        agents: [leaving],
        signal: stop.signal,
      };
      expect((await runEpisode(table)).how).toBe('cancelled');
    }
    const info = await fetch(`${server.url}/aviary/tic-tac-toe/info`);
    expect(await info.json()).toMatchObject({ running_env_ids: [] });
    await server.close();
  });
});

describe("a server of Aviary's own", () => {
  it('as it was recorded is played as it was, with the same answers', async () => {
    vi.stubEnv('LUDUS_REMOTE_KEY', 'sekret');
    const server = await replayed(recorded.exchanges as unknown as readonly Exchange[]);
    const first = [
      { id: 'call00001', name: 'cast_int', args: { x: 5.2 } },
      { id: 'call00002', name: 'nope', args: {} },
    ];
    const story = [{ id: 'call00003', name: 'print_story', args: { story: 'Owls fly over quiet hills' } }];
    const record = await play(`remote:aviary:${server.url}/`, { task: 1 }, moving(first, [], story), 'recorded');
    server.close();
    expect(record.end).toMatchObject({ how: 'rules', returns: [1] });
    const [reset, , step, , none, , end] = record.steps.map(({ answers }) => answers?.[0] as JsonObject);
    expect(reset).toMatchObject({ text: 'Write a 5 word story via print_story about owls', reward: 0, done: false });
    expect(Object.keys(reset?.tools as JsonObject)).toEqual([
      'print_story',
      'cast_float',
      'cast_int',
      'get_random_int',
    ]);
    expect(step).toMatchObject({ results: ['5', 'Invalid tool call: nope'], text: '' });
    expect(none).toMatchObject({ results: [], text: 'No tool calls input in tool request hello.' });
    expect(end).toMatchObject({ results: ['null'], reward: 1, done: true });
    const theirs = recorded.exchanges.slice(1, 7).map(({ path }) => path);
    expect(server.asked.map(({ path }) => path)).toEqual(theirs);
    expect(new Set(server.asked.map(({ key }) => key))).toEqual(new Set(['sekret']));
    const [, , { body: sent }] = server.asked as [object, object, { body: JsonObject }];
    const calls = (sent.action as { tool_calls: { function: { arguments: string; name: string } }[] }).tool_calls;
    expect(calls.map(({ function: { name, arguments: args } }) => [name, JSON.parse(args) as Json])).toEqual([
      ['cast_int', { x: 5.2 }],
      ['nope', {}],
    ]);
    expect(readFileSync(join(folder, 'recorded.jsonl'), 'utf8')).not.toContain('sekret');
  });
});

describe('a server that fails', () => {
  const failed = { outcome: 'the environment elsewhere failed', how: 'horizon' };
  it.each(['aviary:http://127.0.0.1:1', 'openenv:http://127.0.0.1:1'])(
    'by not being there ends the episode: %s',
    async (at) => {
      const record = await play(`remote:${at}`, {}, moving(), `gone-${at.slice(0, 6)}`);
      expect(record.end).toMatchObject(failed);
    },
  );

  const start = { path: '/start', body: null, status: 200, answer: { env_id: 'e' } };
  const begun = { path: '/reset', body: null, status: 200, answer: [[{ role: 'user', content: 'Go.' }], []] };
  const rows: readonly [string, readonly Exchange[]][] = [
    ['no id', [{ ...start, answer: {} }]],
    ['no list', [start, { ...begun, answer: 'x' }]],
    ['an error', [start, begun, { path: '/step', body: null, status: 500, answer: { detail: 'x' } }]],
    ['a list too short', [start, begun, { path: '/step', body: null, status: 200, answer: [[], 0] }]],
  ];
  it.each(rows)('by giving %s ends the episode', async (what, exchanges) => {
    const server = await replayed(exchanges);
    const record = await play(`remote:aviary:${server.url}`, {}, moving('hello'), `failed ${what}`);
    server.close();
    expect(record.end).toMatchObject(failed);
    expect(verify(record, await catalogue.environment(`remote:aviary:${server.url}`))).toBeNull();
  });

  it('by paying more than is declared ends it unpaid', async () => {
    const step = { path: '/step', body: null, status: 200, answer: [[], 7, false, false] };
    const server = await replayed([start, begun, step]);
    const record = await play(`remote:aviary:${server.url}`, { best: 5 }, moving('hello'), 'rich');
    server.close();
    expect(record.end).toMatchObject({ outcome: 'it paid what is not expected', returns: [0] });
  });
});

describe('an address', () => {
  const rows: readonly [string, RegExp][] = [
    ['remote', /write remote:<argument>/],
    ['remote:http://localhost', /takes a protocol and an address/],
    ['remote:avairy:http://localhost', /did you mean aviary/],
    ['remote:aviary:localhost', /begins with http:\/\//],
    ['remote:aviary:ws://localhost', /begins with http:\/\//],
    ['remote:openenv:http://me:secret@localhost', /LUDUS_REMOTE_KEY/],
  ];
  it.each(rows)('%s is refused', async (id, reason) => {
    await expect(catalogue.environment(id)).rejects.toThrow(reason);
  });
});

describe('tools that only an episode knows', () => {
  const space: ToolsSpace = {
    kind: 'tools',
    tools: ['look'],
    described: {
      look: { description: 'Looks.', parameters: { type: 'object', properties: { at: { type: 'string' } } } },
    },
  };

  it('are told in words and sent to models as they were described', () => {
    expect(howToAnswer({}, space)).toContain('- look: Looks. Its arguments: {"at":{"type":"string"}}');
    expect(describedTools({}, space)).toEqual([{ name: 'look', ...space.described?.look }]);
  });
});
