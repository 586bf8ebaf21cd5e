import type { Readable, Writable } from 'node:stream';
import { Shard } from '../../replays/shard.js';
import { Catalogue } from '../core/catalogue.js';
import { messageOf } from '../core/errors.js';
import { serveStreams } from '../server/doors/mcp/stdio.js';
import { Sessions } from '../server/doors/sessions.js';
import { agentsAtHand, openAgents } from '../server/lobby/agents.js';
import { environmentsOf, namedAgent } from './serving.js';

export interface McpOptions {
  readonly environments?: string;
  readonly agent: readonly string[];
  readonly sessions: number;
  readonly callTime: number;
  readonly records?: string;
}

/** Lets one client play over a pair of streams until it leaves. @throws UserError naming the option that cannot be */
export async function playByMcp(options: McpOptions, input: Readable, output: Writable): Promise<void> {
  const catalogue = new Catalogue();
  const named = options.agent.length === 0 ? await agentsAtHand(catalogue) : options.agent.map(namedAgent);
  const told = (line: string) => void process.stderr.write(`${line}\n`);
  const shard = options.records === undefined ? null : new Shard(options.records);
  const problem = (error: unknown) => told(messageOf(error));
  const sessions = new Sessions('mcp', {
    ...{ most: options.sessions, idleMs: Number.POSITIVE_INFINITY, problem },
    finished: (record) => shard?.append(record),
  });
  const house = {
    environments: await environmentsOf(catalogue, options.environments, told),
    agents: await openAgents(catalogue, named),
    ...{ sessions, problem, callMs: options.callTime * 1000, admits: () => true },
  };
  await serveStreams(house, input, output);
  shard?.close();
}
