import { Catalogue } from '../../../src/core/catalogue.js';
import type { Environment } from '../../../src/core/environment.js';
import { doorOf } from '../../../src/server/doors/door.js';
import { openAgents } from '../../../src/server/lobby/agents.js';
import type { DoorOptions, ServerOptions } from '../../../src/server/plan.js';
import { openServer } from '../../../src/server/serve.js';

/** A server with doors, over a real socket. */
export interface Opened {
  readonly url: string;
  /** What was logged. */
  readonly lines: readonly string[];
  close(): Promise<void>;
}

export interface Wanted {
  readonly doors: readonly string[];
  /** Environments of the catalogue by their ids, and others as they are. */
  readonly environments: readonly (string | Environment)[];
  readonly options?: Partial<DoorOptions>;
  readonly server?: Partial<ServerOptions>;
}

export async function openDoors({ doors, environments, options, server }: Wanted): Promise<Opened> {
  const catalogue = new Catalogue({ environments: [], agents: [] });
  const all = await Promise.all(
    environments.map((one) => (typeof one === 'string' ? catalogue.environment(one) : one)),
  );
  const lines: string[] = [];
  const opened = await openServer({
    catalogue,
    environments: new Map(all.map((environment) => [environment.spec.id, environment])),
    agents: await openAgents(catalogue, [
      { name: 'scripted', spec: 'scripted' },
      { name: 'random', spec: 'random' },
    ]),
    port: 0,
    log: (line) => void lines.push(line),
    doors: {
      doors: await Promise.all(doors.map(doorOf)),
      sessions: 500,
      idleMs: 3_600_000,
      callMs: 10_000,
      ...options,
    },
    ...server,
  });
  return { url: opened.url, lines, close: () => opened.close() };
}
