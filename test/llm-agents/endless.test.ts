import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLanguageAgent } from '../../agents/llm/open.js';
import type { AgentFactory } from '../../src/core/agent.js';
import { Models } from '../../src/llm/open.js';
import { answers, type Behaviour, endless, silent } from '../model-server/behaviours.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';
import { callsOf, play } from './table.js';

let server: ModelServer;
const opened: Models[] = [];
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(async () => {
  await server.close();
  for (const models of opened) await models.close();
});

const folder: AgentFactory = () => ({
  manifest: { agent: 'folder' },
  act: ({ space }) => ({ move: space.kind === 'choice' ? (space.options[0]?.id as string) : '' }),
});

/** Begins an answer and then says nothing more, with the connection open. */
const stalls: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"choices":[{"message":{"role":"assistant","content":"I th');
};

/** How the reply never ends, what stops it, how the try is called, and the reason. */
const ENDS: [string, Behaviour, { maxBytes?: number; timeoutMs?: number }, string, number | null, string, RegExp][] = [
  [
    'writes on and on, to the limit of bytes',
    endless(),
    { maxBytes: 50_000 },
    '',
    null,
    'crashed',
    /more than 50000 bytes/,
  ],
  ['writes on and on, to the client’s deadline', endless(), { timeoutMs: 300 }, '', null, 'late', /within 300 ms/],
  ['writes on and on, to the agent’s limit', endless(), {}, ',timeoutMs=300', null, 'late', /within 300 ms/],
  ['writes on and on, to the table’s limit', endless(), {}, '', 300, 'late', /within 300 ms/],
  ['stalls, to the client’s deadline', stalls, { timeoutMs: 300 }, '', null, 'late', /within 300 ms/],
  ['stalls, to the agent’s limit', stalls, {}, ',timeoutMs=300', null, 'late', /within 300 ms/],
  ['stalls, to the table’s limit', stalls, {}, '', 300, 'late', /within 300 ms/],
  ['says nothing at all, to the agent’s limit', silent(), {}, ',timeoutMs=300', null, 'late', /within 300 ms/],
  [
    'fills its length with words',
    answers({ text: 'and so on '.repeat(5_000), finish: 'length' }),
    {},
    '',
    null,
    'truncated',
    /length limit/,
  ],
];

it.each(['', '?road=sdk'].flatMap((road) => ENDS.map((row) => [road, ...row] as const)))(
  'road "%s": a reply that %s costs one try, and the next is played',
  async (road, _, behaviour, post, rest, turnMs, failure, reason) => {
    server.play([behaviour, answers('{"answer": "bet"}')]);
    const models = new Models({ env: {}, post: { ...post, patience: { attempts: 1 } } });
    opened.push(models);
    const model = await openLanguageAgent(`compatible/toy@${server.origin}/v1${road}${rest}`, models);
    const played = await play([model, folder], turnMs === null ? {} : { limits: { turnMs } });
    const [decided] = played.steps.flatMap(({ seats }) => (seats?.[0] === undefined ? [] : [seats[0]]));
    expect(decided).toMatchObject({ move: 'bet', tries: [{ failure, reason: expect.stringMatching(reason) }] });
    expect(callsOf(played, 0)).toHaveLength(2);
    expect(server.received).toHaveLength(2);
  },
);
