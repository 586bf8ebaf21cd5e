import { actionsOf, type GameTree, type Profile } from '../policies/tree/game-tree.js';
import type { Rng } from '../src/core/rng.js';
import type { InformationState, Node, Tree } from './tree.js';

export interface Shape {
  readonly seats: number;
  /** Moves and outcomes from the root to the furthest end. */
  readonly depth: number;
  readonly zeroSum: boolean;
}

/**
 * A random game with hidden moves in which nobody forgets what it was told or did. Who moves is drawn anew at every
 * history and moves that are not told leave no trace, so that histories of one information state lie at different depths.
 */
export function randomTree(shape: Shape, rng: Rng): Tree & { readonly paths: ReadonlyMap<Node, readonly string[]> } {
  const growing = {
    shape,
    rng,
    states: new Map<string, InformationState>(),
    paths: new Map<Node, readonly string[]>(),
  };
  const path = Array.from({ length: shape.seats }, (_, seat) => `${seat}:`);
  const root = grow(growing, path, shape.depth);
  return { seats: shape.seats, root, states: [...growing.states.values()], paths: growing.paths };
}

interface Growing {
  readonly shape: Shape;
  readonly rng: Rng;
  /** Information states by what their seat was told and did. */
  readonly states: Map<string, InformationState>;
  /** By history and seat: what the seat was told and did up to there. */
  readonly paths: Map<Node, readonly string[]>;
}

function grow(growing: Growing, path: readonly string[], left: number): Node {
  const node =
    left === 0 || (left < growing.shape.depth - 1 && growing.rng.float() < 0.15)
      ? end(growing)
      : branch(growing, path, left);
  growing.paths.set(node, path);
  return node;
}

function branch(growing: Growing, path: readonly string[], left: number): Node {
  const { shape, rng, states } = growing;
  const actor = rng.below(shape.seats + 1);
  const children = (count: number): Node[] =>
    Array.from({ length: count }, (_, option) => grow(growing, told(path, actor, option, rng), left - 1));
  if (actor === shape.seats) {
    const share = 0.1 + 0.8 * rng.float();
    return { kind: 'chance', chances: [share, 1 - share], children: children(2) };
  }
  const name = path[actor] as string;
  let at = states.get(name);
  if (at === undefined) {
    at = { seat: actor, options: ['a', 'b', 'c'].slice(0, 1 + rng.below(3)), view: name };
    states.set(name, at);
  }
  return { kind: 'decision', at, children: children(at.options.length) };
}

function end({ shape, rng }: Growing): Node {
  return { kind: 'terminal', returns: payoffs(shape, rng) };
}

function payoffs({ seats, zeroSum }: Shape, rng: Rng): number[] {
  const drawn = Array.from({ length: seats }, () => rng.below(21) - 10);
  return zeroSum && seats === 2 ? [drawn[0] as number, -(drawn[0] as number)] : drawn;
}

/** The mover remembers its move; each other seat is told it, told of it, or told nothing. */
function told(paths: readonly string[], actor: number, option: number, rng: Rng): string[] {
  const ways = [`${actor}${option} `, `${actor} `, ''];
  return paths.map((path, seat) => path + (seat === actor ? `me${option} ` : (ways[rng.below(3)] as string)));
}

/** Random probabilities at every state, a fifth of them 0. */
export function randomProfile(tree: GameTree, rng: Rng): Profile {
  const { count, offset } = tree.states;
  const profile = new Float64Array(actionsOf(tree));
  for (let state = 0; state < count; state++) {
    const start = offset[state] as number;
    const end = offset[state + 1] as number;
    for (let action = start; action < end; action++) profile[action] = rng.float() < 0.2 ? 0 : rng.float();
    const total = profile.subarray(start, end).reduce((sum, share) => sum + share, 0);
    for (let action = start; action < end; action++) {
      profile[action] = total === 0 ? 1 / (end - start) : (profile[action] as number) / total;
    }
  }
  return profile;
}
