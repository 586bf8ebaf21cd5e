import type { ActRequest, Place } from '../src/core/agent.js';
import { actors, type Environment } from '../src/core/environment.js';
import { Episode } from '../src/core/episode.js';
import type { JsonObject } from '../src/core/json.js';
import { Observation } from '../src/core/observation.js';
import { type Seed, stream } from '../src/core/rng.js';
import type { ActionSpace, Move } from '../src/core/space.js';
import type { Rule } from './kind.js';
import { actionsOf, type GameTree, type Profile } from './tree/game-tree.js';

/** How many states are asked about at once, so that a network answers them as one batch. */
const AT_ONCE = 256;
/** How far a row may be from adding up to 1 and still be one. */
const ROUNDING = 1e-3;

/**
 * The profile that a policy plays, found by asking it at every information state of a tree: each is reached by one of
 * its histories, played through the contract, and what the seat is shown there is what it would be shown at a table.
 * Right for policies that are functions of what they are asked; one that draws once an episode is something else.
 * @param seat sits the policy down; called once for every state
 * @throws whatever the policy throws, and RangeError when its rows do not fit the options
 */
export async function profileByAsking(
  tree: GameTree,
  environment: Environment,
  config: JsonObject,
  seat: (place: Place) => Rule,
  seed: Seed = 0,
): Promise<Profile> {
  const { count, offset } = tree.states;
  const profile = new Float64Array(actionsOf(tree));
  const reached = firstHistories(tree);
  const parents = parentsOf(tree);
  for (let from = 0; from < count; from += AT_ONCE) {
    const states = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, at) => from + at);
    const rows = await Promise.all(
      states.map((state) => {
        const path = pathTo(reached[state] as number, parents);
        const own = tree.states.seat[state] as number;
        const rng = stream(seed, `state ${state}`);
        const rule = seat({ environment, config, seat: own, rng });
        return rule(requestAt(tree, new Episode(environment, config), path, own, rng));
      }),
    );
    for (const [at, row] of rows.entries()) profile.set(checked(row, tree, from + at), offset[from + at]);
  }
  return profile;
}

/** By information state: its first history. */
function firstHistories({ size, actor, at, states }: GameTree): Int32Array {
  const first = new Int32Array(states.count).fill(-1);
  for (let history = 0; history < size; history++) {
    if ((actor[history] as number) < 0) continue;
    const state = at[history] as number;
    if (first[state] === -1) first[state] = history;
  }
  return first;
}

function parentsOf({ size, first, children }: GameTree): Int32Array {
  const parents = new Int32Array(size).fill(-1);
  for (let history = 0; history < size; history++) {
    const start = first[history] as number;
    parents.fill(history, start, start + (children[history] as number));
  }
  parents[0] = -1;
  return parents;
}

/** The histories from the root to one, both included. */
function pathTo(history: number, parents: Int32Array): number[] {
  const path: number[] = [];
  for (let at = history; at >= 0; at = parents[at] as number) path.push(at);
  return path.reverse();
}

/** Plays a path and gives what the seat is asked at its end. */
function requestAt(
  tree: GameTree,
  episode: Episode,
  path: readonly number[],
  seat: number,
  rng: Observation['rng'],
): ActRequest {
  // NOTE: seats that move at once decide one after another in the tree, so what is picked waits for its step.
  let picked: { [seat: number]: Move } = {};
  for (const [depth, history] of path.slice(0, -1).entries()) {
    const option = (path[depth + 1] as number) - (tree.first[history] as number);
    const { turn } = episode;
    if (turn.kind === 'chance' && 'outcomes' in turn) {
      episode.applyChecked({ chance: turn.outcomes[option]?.[0] as Move });
      continue;
    }
    const mover = tree.actor[history] as number;
    picked[mover] = tree.states.options[tree.at[history] as number]?.[option] as Move;
    if (Object.keys(picked).length < actors(turn).length) continue;
    episode.applyChecked({ seats: picked });
    picked = {};
  }
  return observe(episode, seat, rng);
}

function observe(episode: Episode, seat: number, rng: Observation['rng']): Observation {
  const { turn } = episode;
  const space = turn.kind === 'act' ? turn.spaces[seat] : undefined;
  if (space === undefined) throw new RangeError(`the tree is not that of this game: seat ${seat} is not to move`);
  const asking = { rng, fresh: 0, attempt: 1, refused: null, budgetMs: null, signal: null };
  return new Observation(episode, seat, space satisfies ActionSpace, asking);
}

/** A row that fits its options, made to add up to 1 exactly: policies answer in numbers of 32 bits. */
function checked(row: ArrayLike<number>, { states }: GameTree, state: number): ArrayLike<number> {
  const wanted = states.options[state]?.length;
  const where = `at information state ${states.names[state]}`;
  if (row.length !== wanted) {
    throw new RangeError(`the policy gave ${row.length} probabilities for ${wanted} options ${where}`);
  }
  let sum = 0;
  for (let at = 0; at < row.length; at++) sum += row[at] as number;
  if (!(Math.abs(sum - 1) < ROUNDING)) throw new RangeError(`the policy's probabilities add up to ${sum} ${where}`);
  return Array.from(row, (one) => one / sum);
}
