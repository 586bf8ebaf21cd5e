import { randomInt } from 'node:crypto';
import type { Agent } from '../../core/agent.js';
import type { Catalogue } from '../../core/catalogue.js';
import { readConfig, readFields } from '../../core/config.js';
import type { Environment } from '../../core/environment.js';
import { messageOf, suggestion, UserError } from '../../core/errors.js';
import type { JsonObject } from '../../core/json.js';
import { stream } from '../../core/rng.js';
import { designs } from './designs.js';
import { Hall } from './hall.js';
import type { Contest, TournamentPlan } from './plan.js';
import { type ContestRequest, type TournamentRequest, type TournamentWish, tournamentRequest } from './request.js';

type Entrant = TournamentPlan['agents'][number];

/**
 * The complete plan of what is asked for, as `runTournament` plays it. Every agent is seated once where it is to play.
 * @param wish as a plan file says it
 * @throws UserError when a field is wrong, a name is unknown or double, or something does not fit
 */
export function planTournament(wish: TournamentWish, catalogue: Catalogue): Promise<TournamentPlan> {
  const read = readFields(tournamentRequest, wish as unknown as JsonObject, 'plan');
  return draftPlan(read as unknown as TournamentRequest, catalogue);
}

/**
 * The complete plan of a request: configurations read, anchors added, a seed drawn where none was given.
 * @throws UserError when a name is unknown or double, a design does not fit, or an agent cannot sit where it is to play
 */
export async function draftPlan(request: TournamentRequest, catalogue: Catalogue): Promise<TournamentPlan> {
  if (designs[request.design] === undefined) {
    throw new UserError(`there is no design "${request.design}"; ${suggestion(request.design, Object.keys(designs))}`);
  }
  const wanted = request.environments.map((one) => (typeof one === 'string' ? { environment: one } : one));
  const environments = await Promise.all(wanted.map(({ environment }) => catalogue.environment(environment)));
  const contests = wanted.map((one, at) => contestOf(one, environments[at] as Environment));
  const plan: TournamentPlan = {
    ludus: 1,
    agents: entrantsOf(request, environments),
    contests,
    design: request.design,
    ...(request.games === undefined ? {} : { games: request.games }),
    blocks: request.blocks,
    seed: String(request.seed ?? randomInt(1, 1_000_000)),
    clock: request.clock,
    rules: request.rules,
  };
  for (const [at, environment] of environments.entries()) refuseMisfit(plan, contests[at] as Contest, environment);
  await tryOut(await Hall.open(plan, catalogue));
  return plan;
}

function contestOf(request: ContestRequest, { spec }: Environment): Contest {
  const { preset, config = {}, sides, seating } = request;
  if (sides === undefined && seating === 'sides')
    throw new UserError('seating by sides takes sides: say which roles sit together');
  const roles = Object.values(sides ?? {}).flat();
  const twice = roles.find((role, at) => roles.indexOf(role) !== at);
  if (twice !== undefined) throw new UserError(`sides: "${twice}" is on two sides`);
  return {
    environment: spec.id,
    version: spec.version,
    config: readConfig(spec, { set: config, ...(preset === undefined ? {} : { preset }) }),
    ...(sides === undefined ? {} : { sides, seating: seating ?? 'sides' }),
  };
}

/** The agents of a request and the anchors. A free design has those anchors that its games name. */
function entrantsOf(request: TournamentRequest, environments: readonly Environment[]): Entrant[] {
  const named = request.agents.map((one) => (typeof one === 'string' ? { name: one, agent: one } : one));
  const anchors = request.anchors && request.design !== 'free' ? anchorsOf(environments) : [];
  const agents: Entrant[] = named.map((one) => (anchors.includes(one.agent) ? { ...one, anchor: true as const } : one));
  for (const anchor of anchors) {
    if (!agents.some(({ agent }) => agent === anchor)) agents.push({ name: anchor, agent: anchor, anchor: true });
  }
  const names = agents.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new UserError(`two agents are called "${twice}"; give each a name of its own, as in --agent first=${twice}`);
  }
  return agents;
}

/** NOTE: an environment without a scripted player has the random anchor alone. */
function anchorsOf(environments: readonly Environment[]): string[] {
  return environments.every(({ scripted }) => scripted !== undefined) ? ['random', 'scripted'] : ['random'];
}

function refuseMisfit({ agents, games, design, rules }: TournamentPlan, contest: Contest, { spec }: Environment): void {
  const { seats } = spec.facts(contest.config as JsonObject);
  const places = contest.seating === 'sides' ? Object.keys(contest.sides ?? {}).length : seats;
  if (rules.onFailure === 'forfeit' && seats > 2) {
    throw new UserError(`a forfeit is for one or two seats; ${spec.id} has ${seats} here: use substitute`);
  }
  if (design !== 'free' && places > 1 && agents.length < 2)
    throw new UserError(`${spec.id} needs two agents or more; name another`);
  if ((design === 'free') !== (games !== undefined)) {
    throw new UserError('games are listed for the free design, and only for it');
  }
  const names = agents.map(({ name }) => name);
  for (const game of games ?? []) {
    if (game.length !== places) throw new UserError(`games: ${spec.id} has ${places} places, not ${game.length}`);
    const unknown = game.find((name) => !names.includes(name));
    if (unknown !== undefined)
      throw new UserError(`games: no agent is called "${unknown}"; ${suggestion(unknown, names)}`);
  }
}

/** Seats every agent once in every environment and lets it go: what does not fit must fail before any game is paid for. */
async function tryOut(hall: Hall): Promise<void> {
  for (const { name } of hall.plan.agents) {
    const make = await hall.agent(name);
    for (const [at, environment] of hall.environments.entries()) {
      const config = hall.plan.contests[at]?.config as JsonObject;
      let agent: Agent;
      try {
        agent = make({ environment, config, seat: 0, rng: stream(0, 'seat 0') });
      } catch (error) {
        throw new UserError(`${name} cannot play ${environment.spec.id}: ${messageOf(error)}`, { cause: error });
      }
      await agent.close?.(null);
      if (agent.manifest.terminal === true) throw new UserError(`${name} is a person at a terminal; use ludus play`);
    }
  }
}
