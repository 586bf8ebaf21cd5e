import type { AgentFactory, AgentFamily } from '../../core/agent.js';
import type { Catalogue } from '../../core/catalogue.js';
import type { Environment, Seat } from '../../core/environment.js';
import { UserError } from '../../core/errors.js';
import type { JsonObject } from '../../core/json.js';
import { stream } from '../../core/rng.js';
import type { TableAgent } from '../matches/hall.js';
import { Threads } from '../threads/threads.js';

/** An agent as whoever runs the server names it: what people read, and its spec, which they do not see. */
export interface NamedAgent {
  readonly name: string;
  readonly spec: string;
}

/**
 * The agents that people may seat, by name.
 * @param threads where those think that compute
 * @throws UserError with what is wrong about one
 */
export async function openAgents(
  catalogue: Catalogue,
  named: readonly NamedAgent[],
  threads = new Threads(),
): Promise<ReadonlyMap<string, TableAgent>> {
  const agents = new Map<string, TableAgent>();
  for (const { name, spec } of named) {
    if (agents.has(name)) throw new UserError(`two agents are named "${name}"`);
    const family = await catalogue.family(spec.split(':', 1)[0] as string);
    if (family.terminal) throw new UserError(`"${spec}" needs this terminal; people sit down by the page`);
    const here = await catalogue.agent(spec);
    const factory = family.computes === true ? threads.factory(spec, here) : here;
    agents.set(name, { name, title: family.title, factory });
  }
  return agents;
}

/**
 * The agents that a server may offer unasked: those that open without an argument and wait for nothing outside. Who sits
 * in well comes first, because the first that fits is who sits in for somebody away.
 */
export async function agentsAtHand(catalogue: Catalogue): Promise<NamedAgent[]> {
  const found: AgentFamily[] = [];
  for (const { id } of catalogue.agents) {
    const family = await catalogue.family(id);
    if (await isAtHand(family)) found.push(family);
  }
  const rank = ({ standIn }: AgentFamily) => standIn ?? Number.POSITIVE_INFINITY;
  return found
    .sort((a, b) => (rank(a) < rank(b) ? -1 : Number(rank(a) > rank(b))))
    .map(({ id }) => ({ name: id, spec: id }));
}

/** Why an agent cannot take a seat; null when it can. Takes it, to see, and gets up again. */
export function unfit(
  { factory }: Pick<TableAgent, 'factory'>,
  environment: Environment,
  config: JsonObject,
  seat: Seat,
): string | null {
  try {
    void seatOnce(factory, environment, config, seat)?.catch(() => undefined);
    return null;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

function seatOnce(
  factory: AgentFactory,
  environment: Environment,
  config: JsonObject,
  seat: Seat,
): Promise<void> | undefined {
  const agent = factory({ environment, config, seat, rng: stream('seated once', String(seat)) });
  const closed = agent.close?.(null);
  return closed instanceof Promise ? closed : undefined;
}

async function isAtHand(family: AgentFamily): Promise<boolean> {
  if (family.terminal) return false;
  try {
    if (((await family.limits?.('')) ?? null) !== null) return false;
    await family.open('');
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
