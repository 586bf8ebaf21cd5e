import { once } from 'node:events';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { WebSocket } from 'ws';
import { Assistant } from '../../test/server/doors/mcp-client.js';
import { Connection } from './http.js';

/** Steps of an episode, after which it begins anew. */
export const STEPS = 20;

/** One client with one environment. */
export interface Player {
  /** Begins an episode, whatever was before. */
  begin(): Promise<void>;
  step(): Promise<void>;
  close(): void;
}

/** A client that knows a protocol. @param site the address of an environment at a door */
export type Protocol = (site: string) => Promise<Player>;

const X = 5.2;

/** Aviary's requests, as its Python client sends them. */
export const aviary: Protocol = async (site) => {
  const connection = await Connection.open(site);
  const { pathname } = new URL(site);
  const base = pathname === '/' ? '' : pathname;
  const { env_id } = JSON.parse(await connection.ask(`${base}/start`, '{"task_idx":1}')) as { env_id: string };
  const reset = JSON.stringify({ env_id });
  const called = { function: { arguments: JSON.stringify({ x: X }), name: 'cast_int' } };
  const tool_calls = [{ id: 'call00001', type: 'function', ...called }];
  const step = JSON.stringify({
    env_id,
    action: { role: 'assistant', content: 'thinking', function_call: null, tool_calls },
  });
  return {
    begin: async () => void (await connection.ask(`${base}/reset`, reset)),
    async step() {
      const [messages] = JSON.parse(await connection.ask(`${base}/step`, step)) as [{ content: string }[]];
      if (messages[0]?.content !== '5') throw new Error(`a call was answered by ${JSON.stringify(messages)}`);
    },
    close: () => connection.close(),
  };
};

/** OpenEnv's frames over a WebSocket: an environment is its socket's. */
export const openenv: Protocol = async (site) => {
  const socket = new WebSocket(`${site.replace('http', 'ws')}/ws`, { perMessageDeflate: false });
  await once(socket, 'open');
  let answered: (frame: { type: string }) => void = () => undefined;
  socket.on('message', (data) => answered(JSON.parse(String(data)) as { type: string }));
  const ask = (message: string) =>
    new Promise<void>((resolve, reject) => {
      answered = (frame) =>
        frame.type === 'observation'
          ? resolve()
          : reject(new Error(`a frame was answered by ${JSON.stringify(frame)}`));
      socket.send(message);
    });
  const message = JSON.stringify([{ id: 'call00001', name: 'cast_int', args: { x: X } }]);
  const step = JSON.stringify({ type: 'step', data: { message } });
  return {
    begin: () => ask('{"type":"reset","data":{"seed":1}}'),
    step: () => ask(step),
    close: () => socket.close(),
  };
};

/** Tools of the Model Context Protocol over HTTP, by the client of its makers, whose own work is the larger part. */
export const mcp: Protocol = async (site) => {
  const transport = new StreamableHTTPClientTransport(new URL(site));
  const assistant = await Assistant.connect(transport);
  let session: unknown;
  return {
    async begin() {
      if (session !== undefined) await assistant.call('close', { session });
      session = (await assistant.call('start', { environment: 'dummy' })).fields.session;
    },
    async step() {
      const { isError, text } = await assistant.call('act', { session, calls: [{ name: 'cast_int', args: { x: X } }] });
      if (isError) throw new Error(`a call was answered by ${text}`);
    },
    close: () => void assistant.close(),
  };
};
