import { Catalogue } from '../../src/core/catalogue.js';
import { stream } from '../../src/core/rng.js';
import { sample } from '../../src/core/space.js';
import { openAgents } from '../../src/server/lobby/agents.js';
import type { Hall } from '../../src/server/matches/hall.js';
import type { ServerOptions } from '../../src/server/plan.js';
import { type OpenServer, openServer } from '../../src/server/serve.js';

/** A whole server as `ludus serve` opens it, and what it wrote into its log. */
export interface Served extends OpenServer {
  readonly lines: readonly string[];
}

export async function serve(games: readonly string[], options: Partial<ServerOptions> = {}): Promise<Served> {
  const catalogue = new Catalogue({ environments: [], agents: [] });
  const environments = await Promise.all(games.map(async (id) => [id, await catalogue.environment(id)] as const));
  const named = ['scripted', 'random', 'mcts'].map((name) => ({ name, spec: name }));
  const lines: string[] = [];
  const server = await openServer({
    catalogue,
    environments: new Map(environments),
    agents: await openAgents(catalogue, named),
    port: 0,
    log: (line) => void lines.push(line),
    ...options,
  });
  return { ...server, lines };
}

/** Asks a server as a program does. Gives the status and the JSON of the answer. */
export async function ask(
  url: string,
  path: string,
  body?: unknown,
  headers: { readonly [name: string]: string } = {},
): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const sent = { 'content-type': 'application/json', ...headers };
  const response = await fetch(
    url + path,
    body === undefined ? { headers } : { method: 'POST', headers: sent, body: text },
  );
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

/** Plays a game to its end with random moves of all its people. */
export async function finish(hall: Hall, id: string): Promise<void> {
  const rng = stream('finish', id);
  while (hall.match(id).over === undefined) {
    for (const [seat, { kind }] of hall.match(id).seats.entries()) {
      const { asked, tick } = hall.state(id, seat).G;
      const { environment } = hall.oversee(id, hall.match(id).game).episode;
      if (kind === 'person' && asked !== null)
        await hall.act(id, seat, tick, sample(environment.spec, asked.space, rng));
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
