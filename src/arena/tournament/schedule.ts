import type { Header } from '../../../replays/schema.js';
import type { Environment } from '../../core/environment.js';
import { UserError } from '../../core/errors.js';
import type { JsonObject } from '../../core/json.js';
import { episodeSeed, stream } from '../../core/rng.js';
import { type Design, designs } from './designs.js';
import type { Contest, TournamentPlan } from './plan.js';
import { rolesOfDeal } from './roles.js';

/** One game of a tournament. */
export interface Game {
  readonly index: number;
  /** Which of the plan's contests. */
  readonly contest: number;
  readonly block: number;
  /** Shared by all games of the block. */
  readonly seed: string;
  /** Names of the agents by seat. */
  readonly seats: readonly string[];
}

/** All games of a plan, in the order they are to be played: block by block, so that a part of it is balanced too. */
export class Schedule {
  readonly games: readonly Game[];
  readonly #index: ReadonlyMap<string, number>;
  readonly #plan: TournamentPlan;

  /**
   * @param environments of the plan's contests, in their order
   * @throws UserError when the games cannot be told apart, or a side has no seat
   */
  constructor(plan: TournamentPlan, environments: readonly Environment[]) {
    this.#plan = plan;
    this.games = gamesOf(plan, environments);
    this.#index = new Map(this.games.map((game) => [keyOf(plan, game), game.index]));
    if (this.#index.size < this.games.length) {
      throw new UserError('the plan lists a game twice in one block: play it in more blocks instead');
    }
  }

  /** Which game a record or journal is of; null when of none. */
  indexOf({ environment, seed, seats }: Header): number | null {
    const { id, version, config } = environment;
    return this.#index.get(keyText(id, version, config, seed, seats.map(nameOf))) ?? null;
  }

  game(index: number): Game {
    const game = this.games[index];
    if (game === undefined) throw new RangeError(`there is no game ${index} of ${this.games.length}`);
    return game;
  }

  contestOf(game: Game): Contest {
    return this.#plan.contests[game.contest] as Contest;
  }
}

/** The name an agent plays under: its manifest says it, for two agents of a tournament may be of one kind. */
export function nameOf(manifest: { readonly agent: string; readonly [key: string]: unknown }): string {
  return typeof manifest.name === 'string' ? manifest.name : manifest.agent;
}

function gamesOf(plan: TournamentPlan, environments: readonly Environment[]): Game[] {
  const games: Game[] = [];
  for (let block = 0; block < plan.blocks; block++) {
    const seed = episodeSeed(plan.seed, block);
    for (const [contest, environment] of environments.entries()) {
      for (const seats of blockGames(plan, contest, environment, seed)) {
        games.push({ index: games.length, contest, block, seed, seats });
      }
    }
  }
  return games;
}

/** The games of one contest under one seed: names by seat. */
function blockGames(
  plan: TournamentPlan,
  at: number,
  environment: Environment,
  seed: string,
): readonly (readonly string[])[] {
  const contest = plan.contests[at] as Contest;
  const { seats } = environment.spec.facts(contest.config as JsonObject);
  const design = designs[plan.design] as Design;
  const seat = (places: number): readonly (readonly string[])[] =>
    design({
      agents: plan.agents.map(({ name }) => name),
      places,
      games: plan.games ?? [],
      rng: stream(seed, 'seating'),
    });
  if (contest.seating !== 'sides') return seat(seats);
  const sides = Object.keys(contest.sides ?? {});
  const dealt = dealtSides(contest, environment, seed).map((side) => sides.indexOf(side));
  return seat(sides.length).map((places) => dealt.map((side) => places[side] as string));
}

/** The side of each seat under a seed. @throws UserError when a seat has no role, or its role no side */
function dealtSides(
  { environment: id, config, sides = {} }: Contest,
  environment: Environment,
  seed: string,
): string[] {
  return rolesOfDeal(environment, config as JsonObject, seed).map((role, seat) => {
    if (role === null) throw new UserError(`sides: the opening of ${id} deals seat ${seat} no role; leave sides out`);
    const side = Object.keys(sides).find((name) => sides[name]?.includes(role));
    if (side === undefined) throw new UserError(`sides: no side of ${id} has the role "${role}"`);
    return side;
  });
}

function keyOf(plan: TournamentPlan, { contest, seed, seats }: Game): string {
  const { environment, version, config } = plan.contests[contest] as Contest;
  return keyText(environment, version, config, seed, seats);
}

function keyText(id: string, version: string, config: object, seed: string, seats: readonly string[]): string {
  return JSON.stringify([id, version, config, seed, seats]);
}
