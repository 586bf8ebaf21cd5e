import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AgentFactory } from '../../src/core/agent.js';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import type { JsonObject } from '../../src/core/json.js';
import type { Clock } from '../../src/server/lobby/wire.js';
import { Hall, type HallPlan, type NewMatch, type TableAgent } from '../../src/server/matches/hall.js';
import { type MatchStore, MemoryStore } from '../../src/server/matches/store.js';
import { Sockets } from '../../src/server/sockets/sockets.js';

export const NO_CLOCK: Clock = { turnMs: null, gameMs: null, incrementMs: 0, late: 'substitute', absentMs: null };

/** A server of tables over real sockets, as bare as it can be, for tests of what stands behind them. */
export interface Tables {
  readonly hall: Hall;
  readonly sockets: Sockets;
  readonly http: Server;
  readonly url: string;
  readonly problems: unknown[];
  readonly store: MatchStore;
  close(): Promise<void>;
  /** Opens a match with every seat for people, and sits down in all of them. */
  full(
    game: string,
    config?: JsonObject,
    settled?: Partial<NewMatch>,
  ): Promise<{ readonly id: string; readonly tokens: readonly string[] }>;
}

export interface TablesOptions {
  readonly store?: MatchStore;
  /** Agents of the catalogue that may be seated. */
  readonly agents?: readonly string[];
  /** Others, by name. */
  readonly seated?: readonly (readonly [string, AgentFactory])[];
  readonly hall?: Partial<HallPlan>;
}

export async function openTables(
  games: readonly string[],
  { store = new MemoryStore(), agents = ['random'], seated: own = [], hall: more = {} }: TablesOptions = {},
): Promise<Tables> {
  const catalogue = new Catalogue();
  const environments = new Map(
    await Promise.all(games.map(async (id) => [id, await catalogue.environment(id)] as const)),
  );
  const seated = await Promise.all(
    agents.map(async (name) => [name, agent(name, await catalogue.agent(name))] as const),
  );
  for (const [name, factory] of own) seated.push([name, agent(name, factory)]);
  const problems: unknown[] = [];
  const sockets = new Sockets({
    origins: null,
    rate: { burst: 1000, perSecond: 1000 },
    spectators: 50,
    problem: (error) => void problems.push(error),
  });
  const problem = (error: unknown) => void problems.push(error);
  const hall = new Hall({ environments, agents: new Map(seated), store, events: sockets, problem, ...more });
  const http = createServer();
  sockets.open(http, hall, games);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    hall,
    sockets,
    http,
    url: `http://127.0.0.1:${port}`,
    problems,
    store,
    async close() {
      await sockets.close();
      await hall.close();
      http.close();
    },
    async full(game, config, settled = {}) {
      const { spec } = environments.get(game) as NonNullable<ReturnType<typeof environments.get>>;
      const made = { clock: NO_CLOCK, consent: false, standIn: null, agents: {}, unlisted: false };
      const { id, seats } = await hall.create({ ...made, ...settled, game, config: config ?? readConfig(spec) });
      const tokens: string[] = [];
      for (let seat = 0; seat < seats.length; seat++)
        if (seats[seat]?.kind === 'open') tokens.push((await hall.join(id, game, { name: `p${seat}`, seat })).token);
      return { id, tokens };
    },
  };
}

function agent(name: string, factory: AgentFactory): TableAgent {
  return { name, title: name, factory };
}
