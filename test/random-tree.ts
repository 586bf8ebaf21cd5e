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
export function randomTree(shape: Shape, rng: Rng): Tree {
  const states = new Map<string, InformationState>();
  const paths = Array.from({ length: shape.seats }, (_, seat) => `${seat}:`);
  return { seats: shape.seats, root: grow(shape, rng, states, paths, shape.depth), states: [...states.values()] };
}

function grow(
  shape: Shape,
  rng: Rng,
  states: Map<string, InformationState>,
  paths: readonly string[],
  left: number,
): Node {
  if (left === 0 || (left < shape.depth - 1 && rng.float() < 0.15))
    return { kind: 'terminal', returns: payoffs(shape, rng) };
  const actor = rng.below(shape.seats + 1);
  const branch = (count: number): Node[] =>
    Array.from({ length: count }, (_, option) => grow(shape, rng, states, told(paths, actor, option, rng), left - 1));
  if (actor === shape.seats) {
    const shares = [rng.float() + 0.1, rng.float() + 0.1];
    const total = (shares[0] as number) + (shares[1] as number);
    return { kind: 'chance', chances: shares.map((share) => share / total), children: branch(2) };
  }
  const path = paths[actor] as string;
  let at = states.get(path);
  if (at === undefined) {
    at = { seat: actor, options: ['a', 'b', 'c'].slice(0, 1 + rng.below(3)), view: path };
    states.set(path, at);
  }
  return { kind: 'decision', at, children: branch(at.options.length) };
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
