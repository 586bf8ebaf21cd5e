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
