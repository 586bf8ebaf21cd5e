import { once } from 'node:events';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { WebSocket } from 'ws';
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

/** A call that ends nothing, and the text that answers it. */
export interface Called {
  readonly name: string;
  readonly args: object;
  readonly answer: string;
}

/** A call of the environment that Ludus is asked for. */
export const OURS: Called = { name: 'calculator', args: { expr: '6 * 7' }, answer: '42' };
/** One of the environment that Aviary tries its own server with. */
export const THEIRS: Called = { name: 'cast_int', args: { x: 5.2 }, answer: '5' };

/** Aviary's requests, as its Python client sends them. */
export const aviary =
  ({ name, args, answer }: Called): Protocol =>
  async (site) => {
    const connection = await Connection.open(site);
    const { pathname } = new URL(site);
    const base = pathname === '/' ? '' : pathname;
    const { env_id } = JSON.parse(await connection.ask(`${base}/start`, '{"task_idx":1}')) as { env_id: string };
    const reset = JSON.stringify({ env_id });
    const called = { function: { arguments: JSON.stringify(args), name } };
    const tool_calls = [{ id: 'call00001', type: 'function', ...called }];
    const step = JSON.stringify({
      env_id,
      action: { role: 'assistant', content: 'thinking', function_call: null, tool_calls },
    });
    return {
      begin: async () => void (await connection.ask(`${base}/reset`, reset)),
      async step() {
        const [messages] = JSON.parse(await connection.ask(`${base}/step`, step)) as [{ content: string }[]];
        if (messages[0]?.content !== answer) throw new Error(`a call was answered by ${JSON.stringify(messages)}`);
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
  const { name, args } = OURS;
  const message = JSON.stringify([{ id: 'call00001', name, args }]);
  const step = JSON.stringify({ type: 'step', data: { message } });
  return {
    begin: () => ask('{"type":"reset","data":{"seed":1}}'),
    step: () => ask(step),
    close: () => socket.close(),
  };
};

/** Tools of the Model Context Protocol over HTTP, by the client of its makers, whose own work is the larger part. */
export const mcp: Protocol = async (site) => {
  const client = new Client({ name: 'bench', version: '1' }, { versionNegotiation: { mode: 'legacy' } });
  await client.connect(new StreamableHTTPClientTransport(new URL(site)));
  const call = async (name: string, given: object) => {
    const { structuredContent, isError, content } = await client.callTool({ name, arguments: { ...given } });
    if (isError === true) throw new Error(`a call was answered by ${JSON.stringify(content)}`);
    return (structuredContent as { session?: unknown } | undefined)?.session;
  };
  let session: unknown;
  return {
    async begin() {
      if (session !== undefined) await call('close', { session });
      session = await call('start', { environment: OURS.name, config: { maxSteps: 2 * STEPS } });
    },
    step: async () => void (await call('act', { session, calls: [{ name: OURS.name, args: OURS.args }] })),
    close: () => void client.close(),
  };
};
