import { z } from 'zod';
import { solver } from '../../policies/found.js';
import type { Game, Road, Solver, Solving } from '../../policies/solver.js';
import type { GameTree } from '../../policies/tree/game-tree.js';
import type { Environment } from '../core/environment.js';
import { messageOf, suggestion, UserError } from '../core/errors.js';
import type { Json } from '../core/json.js';
import { stream } from '../core/rng.js';

const object = z.record(z.string(), z.unknown() as z.ZodType<Json>);

export const solvePlan = z.strictObject({
  ludus: z.literal(1),
  /** Id, or scheme:argument. */
  environment: z.string(),
  version: z.string(),
  config: object,
  algorithm: z.string(),
  road: z.string(),
  options: object,
  seed: z.string(),
  /** NashConv to reach, in returns. */
  until: z.number(),
  /** The most iterations; null for no limit. */
  iterations: z.number().nullable(),
  /** The most histories to compile; null for the usual limit. */
  histories: z.number().nullable(),
  clock: z.enum(['real', 'fixed']),
});

/** What `ludus solve` is to do. Kept with the work in progress, so that resuming does exactly this. */
export type SolvePlan = z.infer<typeof solvePlan>;

/** A plan with everything it names at hand. */
export interface OpenedSolving {
  readonly plan: SolvePlan;
  readonly environment: Environment;
  readonly solver: Solver;
  readonly solving: Solving;
  /** What strategies are graded on; null where the game is too large for it. */
  readonly tree: GameTree | null;
  /** Why there is no tree. */
  readonly ungraded: string | null;
}

/** Opens what a plan names, before anything is written. @throws UserError that says what is wrong with it */
export async function openSolving(plan: SolvePlan, game: Game): Promise<OpenedSolving> {
  const { environment } = game;
  if (environment.spec.version !== plan.version) {
    throw new UserError(
      `this was begun on ${plan.environment} ${plan.version}, and here is ${environment.spec.version}: start again`,
    );
  }
  const found = await solver(plan.algorithm);
  const road = roadOf(found, plan.road);
  const solving = open(found, road, game, plan);
  return { plan, environment, solver: found, solving, ...gradable(game, plan) };
}

/** A road of a solver by name. @throws UserError with those there are */
export function roadOf({ id, roads }: Solver, name: string): Road {
  const road = Object.hasOwn(roads, name) ? roads[name] : undefined;
  if (road === undefined) throw new UserError(`${id} has no road "${name}"; ${suggestion(name, Object.keys(roads))}`);
  return road;
}

/** NOTE: a road that refuses a game says why; which other roads there are helps then. */
function open(found: Solver, road: Road, game: Game, plan: SolvePlan): Solving {
  try {
    return road.open(game, plan.options, stream(plan.seed, 'solver'));
  } catch (error) {
    const others = Object.entries(found.roads).filter(([name]) => name !== plan.road);
    if (!(error instanceof UserError) || others.length === 0) throw error;
    const listed = others.map(([name, { says }]) => `  --road ${name}: ${says}`);
    throw new UserError(`${error.message}\nOther roads of ${found.id}:\n${listed.join('\n')}`, { cause: error });
  }
}

/** The tree to grade on; where the game is too large for one, solving needs another reason to stop. */
function gradable(game: Game, plan: SolvePlan): { tree: GameTree | null; ungraded: string | null } {
  try {
    return { tree: game.tree(), ungraded: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (plan.iterations !== null) return { tree: null, ungraded: messageOf(error) };
    throw new UserError(`NashConv cannot be computed here, so say when to stop with --iterations: ${error.message}`);
  }
}
