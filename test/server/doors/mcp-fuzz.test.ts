import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../../src/core/catalogue.js';
import type { Json, JsonObject } from '../../../src/core/json.js';
import { type Rng, stream } from '../../../src/core/rng.js';
import { serveStreams } from '../../../src/server/doors/mcp/stdio.js';
import { Sessions } from '../../../src/server/doors/sessions.js';
import { openDoors } from './opened.js';

const ODD: readonly Json[] = [null, true, -1, 1e300, '', 'x'.repeat(3000), '__proto__', '\u0000\ud800', [], {}, [[[]]]];
const TOOLS = ['list_environments', 'describe_environment', 'start', 'observe', 'act', 'replay', 'record', 'close'];
const FIELDS = ['environment', 'session', 'answer', 'calls', 'config', 'seat', 'from', 'constructor', 'toString'];

/** A request that no server can do, though it is well formed; or none at all. */
function malformed(rng: Rng, id: number): string {
  const wrong: (() => Json | string)[] = [
    () => ({ jsonrpc: '2.0', id, method: rng.pick(['', 'tools/cal', '__proto__', 'initialise']), params: {} }),
    () => ({ jsonrpc: '2.0', id, method: 'tools/call', params: rng.pick(ODD.slice(0, 9)) }),
    () => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: rng.pick(ODD), arguments: rng.pick(ODD) } }),
    () => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: rng.pick(TOOLS), arguments: args(rng) } }),
    () => ({ jsonrpc: rng.pick(['1.0', '', 'two']), id, method: 'tools/list' }),
    () => rng.pick(ODD),
    () => JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/list' }).slice(0, 1 + rng.below(20)),
    () => `${'['.repeat(1 + rng.below(5000))}`,
  ];
  const made = rng.pick(wrong)();
  return typeof made === 'string' ? made.replaceAll('\n', ' ') || '-' : JSON.stringify(made);
}

/** Arguments of which one at least is none of the tool's. */
function args(rng: Rng): JsonObject {
  return { [rng.pick(FIELDS)]: rng.pick(ODD), nothing: rng.pick(ODD) };
}

interface Reply {
  readonly id: number | null;
  readonly error?: { readonly message: string };
  readonly result?: { readonly isError?: boolean; readonly content: readonly { readonly text: string }[] };
}

/** What a reply complains of; throws where it does not, or tells of the insides of the server. */
function complaintOf(text: string): string {
  const { error, result } = JSON.parse(text) as Reply;
  const said = error?.message ?? (result?.isError === true ? result.content[0]?.text : undefined);
  if (said === undefined || said === '') throw new Error(`no error: ${text.slice(0, 300)}`);
  if (/\n\s+at |node_modules|file:\/\/|\.ts:\d/.test(text)) throw new Error(`a trace: ${text.slice(0, 300)}`);
  return said;
}

const ping = { jsonrpc: '2.0', id: 'ping', method: 'ping' };

describe('messages that are none', () => {
  it('are answered each over streams, 10,000 of them, and the server stays up', { timeout: 60_000 }, async () => {
    const problems: unknown[] = [];
    const problem = (error: unknown) => void problems.push(error);
    const catalogue = new Catalogue({ environments: [], agents: [] });
    const house = {
      environments: new Map([['kuhn-poker', await catalogue.environment('kuhn-poker')]]),
      ...{ agents: new Map(), sessions: new Sessions('mcp', { most: 9, idleMs: 1e9, problem }) },
      ...{ admits: () => true, callMs: 1000, problem },
    };
    const [input, output] = [new PassThrough(), new PassThrough()];
    const served = serveStreams(house, input, output);
    const replies = createInterface({ input: output })[Symbol.asyncIterator]();
    const rng = stream('malformed', 'streams');
    for (let index = 0; index < 10_000; index++) {
      input.write(`${malformed(rng, index)}\n`);
      complaintOf((await replies.next()).value as string);
    }
    input.write(`${JSON.stringify(ping)}\n`);
    expect((await replies.next()).value).toContain('"id":"ping"');
    input.end();
    await served;
    expect(problems).toEqual([]);
  });

  it('are answered each over HTTP, and the server stays up', { timeout: 60_000 }, async () => {
    const { url, lines, close } = await openDoors({ doors: ['mcp'], environments: ['kuhn-poker'] });
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    const post = (body: string, more = {}) =>
      fetch(`${url}/mcp`, { method: 'POST', body, headers: { ...headers, ...more } });
    const hello = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '1' } };
    const begun = await post(JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'initialize', params: hello }));
    const session = { 'mcp-session-id': begun.headers.get('mcp-session-id') as string };
    const rng = stream('malformed', 'http');
    for (let index = 0; index < 600; index++) {
      const response = await post(malformed(rng, index), index % 3 === 0 ? {} : session);
      expect(response.status).toBeLessThan(500);
      complaintOf(await response.text());
    }
    expect((await post(JSON.stringify(ping), session)).status).toBe(200);
    await close();
    expect(lines).toEqual([]);
  });
});
