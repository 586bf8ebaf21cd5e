import { profileOfPolicy } from '../../policies/exploit.js';
import { fingerprintOf, refuseOther } from '../../policies/folder.js';
import { solver } from '../../policies/found.js';
import { Evaluator } from '../../policies/grading/evaluator.js';
import { type GradeSource, RecordGrader } from '../../policies/grading/record.js';
import { openPolicy } from '../../policies/open.js';
import { solve } from '../../policies/solve.js';
import type { Game, Solving } from '../../policies/solver.js';
import { encodeTable, strategyOf } from '../../policies/table.js';
import type { Profile } from '../../policies/tree/game-tree.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import { refuseOtherVersion } from '../../replays/session.js';
import type { Catalogue } from '../core/catalogue.js';
import type { Environment } from '../core/environment.js';
import { UserError } from '../core/errors.js';
import type { JsonObject } from '../core/json.js';
import { stream } from '../core/rng.js';
import { ByGame } from './by-game.js';
import { exact } from './gains.js';
import type { Screen } from './screen.js';
import { shownGame } from './tree.js';

/** Solving stops at this share of the range of returns. */
const UNTIL = 1e-3;
/** What is tried without a policy: the first that takes the game. */
const ALGORITHMS = ['pcfr+', 'cfr'];

export interface GradersOptions {
  readonly catalogue: Catalogue;
  /** A policy's folder or module; without one every game is solved. */
  readonly policy?: string;
  /** The most iterations of solving. */
  readonly iterations: number;
  /** The most histories to compile; undefined for the usual. */
  readonly histories?: number;
  readonly screen: Screen;
}

/** A game that records can be graded in. */
export interface GradedGame {
  readonly environment: Environment;
  readonly config: JsonObject;
  readonly source: GradeSource;
  readonly nashConv: number;
  /** Whether that is close enough to call the policy an equilibrium. */
  readonly close: boolean;
  readonly grader: RecordGrader;
}

/** Makes the graders of games, each game once however many records it has. */
export class Graders {
  readonly #options: GradersOptions;
  readonly #games = new ByGame((record) => this.#open(record));

  constructor(options: GradersOptions) {
    this.#options = options;
  }

  /** @throws UserError when the record's game cannot be graded: too large, another version, not the policy's */
  game(record: EpisodeRecord): Promise<GradedGame> {
    return this.#games.of(record);
  }

  async #open(record: EpisodeRecord): Promise<GradedGame> {
    const { catalogue, policy, screen, histories } = this.#options;
    const environment = await catalogue.environment(record.environment.id);
    refuseOtherVersion(record.environment, environment);
    const config = record.environment.config as JsonObject;
    const game = shownGame(environment, config, { catalogue, screen, limit: histories });
    const { profile, source } = policy === undefined ? await this.#solve(game) : await laid(policy, game);
    const tree = game.tree();
    const { nashConv, exploitability } = new Evaluator(tree).nashConv(profile);
    const whole = { ...source, exploitability: Math.max(0, exploitability) };
    const grader = new RecordGrader(environment, tree, profile, whole);
    return { environment, config, source: whole, nashConv, close: nashConv <= untilOf(game) * (1 + 1e-9), grader };
  }

  async #solve(game: Game): Promise<Rule> {
    const { iterations, screen } = this.#options;
    // NOTE: made here, so that a game that is too large is refused once and not by each algorithm.
    const evaluator = new Evaluator(game.tree());
    const { algorithm, solving } = await firstThatTakes(game, ALGORITHMS);
    await solve({
      solving,
      until: untilOf(game),
      iterations,
      grade: (strategy) => evaluator.nashConv(strategy.probabilities),
      graded: ({ iteration, nashConv }) => {
        const line = (): string => `solving: ${iteration} iterations, NashConv ${exact(nashConv)}`;
        screen.show(() => [line()], line);
      },
    });
    const strategy = solving.strategy();
    return {
      profile: strategy.probabilities,
      source: { algorithm, policy: fingerprintOf(encodeTable(strategy)) },
    };
  }
}

interface Rule {
  readonly profile: Profile;
  readonly source: Omit<GradeSource, 'exploitability'>;
}

/** A policy laid over a game. @throws UserError when it is another game's, or does not know every state */
async function laid(path: string, game: Game): Promise<Rule> {
  const opened = await openPolicy(path);
  const { environment, config } = game;
  if (opened.made !== null) refuseOther(opened.made, environment, config);
  const tree = game.tree();
  const { profile, missing } = await profileOfPolicy(tree, environment, config, opened);
  if (missing > 0) {
    throw new UserError(
      `${path} knows all but ${missing} of the ${tree.states.count} information states; it cannot grade`,
    );
  }
  const { hash } = opened.about;
  return {
    profile,
    source: {
      algorithm: opened.made?.algorithm.id ?? path,
      policy: typeof hash === 'string' ? hash : fingerprintOf(encodeTable(strategyOf(tree, profile))),
    },
  };
}

async function firstThatTakes(
  game: Game,
  ids: readonly string[],
): Promise<{ readonly algorithm: string; readonly solving: Solving }> {
  const [id = '', ...others] = ids;
  const { roads, options } = await solver(id);
  const [road] = Object.values(roads);
  try {
    if (road === undefined) throw new UserError(`${id} has no road to run on`);
    return { algorithm: id, solving: road.open(game, options.parse({}), stream(0, 'grade')) };
  } catch (error) {
    if (!(error instanceof UserError) || others.length === 0) throw error;
    return firstThatTakes(game, others);
  }
}

function untilOf({ environment, config }: Pick<Game, 'environment' | 'config'>): number {
  const { min, max } = environment.spec.facts(config).utility;
  return UNTIL * (max - min);
}
