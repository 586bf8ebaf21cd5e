import type { EpisodeRecord } from '../../../replays/schema.js';
import { refuseOtherVersion } from '../../../replays/session.js';
import type { AgentFactory, AgentPool } from '../../core/agent.js';
import { Catalogue } from '../../core/catalogue.js';
import type { Environment } from '../../core/environment.js';
import type { Contest, TournamentPlan } from './plan.js';
import { amongContests, type PlayedGame, playedOf } from './played.js';
import { rolesOfRecord } from './roles.js';
import { type Game, Schedule } from './schedule.js';
import { underName } from './seated.js';

/** Everything a plan names, found: its environments, its games, and its agents, each opened once when first seated. */
export class Hall {
  readonly plan: TournamentPlan;
  readonly environments: readonly Environment[];
  readonly schedule: Schedule;
  readonly #catalogue: Catalogue;
  readonly #agents = new Map<string, Promise<AgentFactory>>();

  private constructor(plan: TournamentPlan, environments: readonly Environment[], catalogue: Catalogue) {
    this.plan = plan;
    this.environments = environments;
    this.schedule = new Schedule(plan, environments);
    this.#catalogue = catalogue;
  }

  /** @throws UserError when an environment is unknown or of another version than the plan's */
  static async open(plan: TournamentPlan, catalogue: Catalogue = new Catalogue()): Promise<Hall> {
    const environments = await Promise.all(plan.contests.map(({ environment }) => catalogue.environment(environment)));
    for (const [at, environment] of environments.entries()) {
      const { environment: id, version } = plan.contests[at] as Contest;
      refuseOtherVersion({ id, version }, environment);
    }
    return new Hall(plan, environments, catalogue);
  }

  environmentOf(game: Game): Environment {
    return this.environments[game.contest] as Environment;
  }

  /** What a record of a game came to. */
  played(index: number, record: EpisodeRecord): PlayedGame {
    const game = this.schedule.game(index);
    const { sides } = this.schedule.contestOf(game);
    const roles = rolesOfRecord(this.environmentOf(game), record);
    return amongContests(playedOf(record, game, roles, sides), this.plan.contests);
  }

  /** The agents of a game by seat, under their names. */
  agentsOf(game: Game): Promise<AgentFactory[]> {
    return Promise.all(game.seats.map((name) => this.agent(name)));
  }

  /** The agent of a name. @throws UserError when it cannot be opened */
  agent(name: string): Promise<AgentFactory> {
    let opened = this.#agents.get(name);
    if (opened === undefined) {
      opened = this.#catalogue.agent(this.specOf(name)).then((make) => underName(make, name));
      this.#agents.set(name, opened);
    }
    return opened;
  }

  specOf(name: string): string {
    const found = this.plan.agents.find((agent) => agent.name === name);
    if (found === undefined) throw new RangeError(`there is no agent "${name}" in the plan`);
    return found.agent;
  }

  /** What each agent waits for outside this process, by name; those that compute here are not in it. */
  async pools(): Promise<Map<string, AgentPool>> {
    const pools = new Map<string, AgentPool>();
    for (const { name, agent } of this.plan.agents) {
      const pool = await this.#catalogue.limits(agent);
      if (pool !== null) pools.set(name, pool);
    }
    return pools;
  }
}
