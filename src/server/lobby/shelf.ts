import { Hono } from 'hono';
import { configSchema, readConfig, readFields } from '../../core/config.js';
import type { Environment, Look } from '../../core/environment.js';
import { readBody } from '../http/body.js';
import type { Visit } from '../http/visit.js';
import { unfit } from './agents.js';
import { rulesBody } from './bodies.js';
import type { Lobby } from './lobby.js';
import type { AgentCard, Configured, EnvironmentCard } from './wire.js';

/** What a page needs beside the lobby of boardgame.io: environments, agents, all matches. Mounted at /api. */
export function shelfRoutes(lobby: Lobby): Hono<Visit> {
  const { environments } = lobby.plan;
  let agents: AgentCard[] | undefined;
  return new Hono<Visit>()
    .get('/environments', (c) => c.json([...environments.values()].map(cardOf)))
    .get('/environments/:id', (c) => c.json(wholeCard(lobby, c.req.param('id'))))
    .post('/environments/:id/rules', async (c) => {
      const { config } = await readBody(c.req.raw, rulesBody);
      return c.json(configured(lobby.environment(c.req.param('id')), config));
    })
    .get('/agents', (c) => {
      agents ??= agentCards(lobby);
      return c.json(agents);
    })
    .get('/matches', (c) => c.json({ matches: lobby.list(null) }));
}

function cardOf({ spec }: Environment): EnvironmentCard {
  const { id, version, title, summary } = spec;
  return {
    ...{ id, version, title, summary },
    facts: spec.facts(readConfig(spec)),
    presets: Object.entries(spec.presets ?? {}).map(([name, { says, config }]) => ({ name, says, config })),
    looks: looksOf(spec),
    rewards: Object.fromEntries(Object.entries(spec.rewards).map(([part, { says }]) => [part, says])),
  };
}

function looksOf({ events }: Environment['spec']): { readonly [kind: string]: Look } {
  const set = Object.entries(events).flatMap(([kind, { look }]) => (look === undefined ? [] : [[kind, look] as const]));
  return Object.fromEntries(set);
}

function wholeCard(lobby: Lobby, id: string): EnvironmentCard {
  const environment = lobby.environment(id);
  const card = lobby.plan.catalogue.card(id);
  return {
    ...cardOf(environment),
    schema: configSchema(environment.spec),
    ...(card === null ? {} : { card }),
  };
}

function configured({ spec }: Environment, wanted: Configured['config']): Configured {
  const config = readFields(spec.config, wanted, 'config');
  return { config, rules: spec.rules(config), facts: spec.facts(config) };
}

function agentCards({ plan: { agents, environments } }: Lobby): AgentCard[] {
  return [...agents.values()].map((agent) => {
    const { name, title } = agent;
    const cannot = [...environments.values()].filter((one) => unfit(agent, one, readConfig(one.spec), 0) !== null);
    return { name, title, not: cannot.map(({ spec }) => spec.id) };
  });
}
