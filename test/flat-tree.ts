import { CHANCE, type GameTree, TERMINAL } from '../policies/tree/game-tree.js';
import type { InformationState, Node, Tree } from './tree.js';

/**
 * Lays a plain tree out flat, breadth first: the same game in the form that solvers run on.
 * @param paths what each seat was told and did at each history, to be kept as its knowledge
 */
export function flatten({ seats, root, states }: Tree, paths?: ReadonlyMap<Node, readonly string[]>): GameTree {
  const nodes = breadthFirst(root);
  const number = new Map(states.map((state, index) => [state, index]));
  const offset = new Int32Array(states.length + 1);
  for (const [index, { options }] of states.entries()) offset[index + 1] = (offset[index] as number) + options.length;
  const returns: number[] = [];
  const size = nodes.length;
  const flat = { actor: new Int8Array(size), first: new Int32Array(size), children: new Int32Array(size) };
  const at = new Int32Array(size).fill(-1);
  const chance = new Float64Array(size).fill(1);
  let next = 1;
  for (const [index, node] of nodes.entries()) {
    flat.actor[index] = node.kind === 'terminal' ? TERMINAL : node.kind === 'chance' ? CHANCE : node.at.seat;
    if (node.kind === 'terminal') {
      at[index] = returns.length / seats;
      returns.push(...node.returns);
      continue;
    }
    if (node.kind === 'decision') at[index] = number.get(node.at) as number;
    else for (const [child, share] of node.chances.entries()) chance[next + child] = share;
    flat.first[index] = next;
    flat.children[index] = node.children.length;
    next += node.children.length;
  }
  return {
    environment: 'plain',
    version: '1.0.0',
    config: {},
    seats,
    zeroSum: seats === 2 && isZeroSum(returns),
    size,
    ...flat,
    at,
    chance,
    returns: Float64Array.from(returns),
    states: statesOf(states, offset),
    ...(paths === undefined ? {} : { knowledge: knowledgeOf(nodes, seats, paths) }),
  };
}

/** By seat; the public, who is told nothing here, stands last. */
function knowledgeOf(nodes: readonly Node[], seats: number, paths: ReadonlyMap<Node, readonly string[]>): Int32Array[] {
  const numbers = new Map<string, number>();
  const numberOf = (path: string): number => {
    const number = numbers.get(path) ?? numbers.size;
    numbers.set(path, number);
    return number;
  };
  const bySeat = (_: unknown, seat: number) =>
    Int32Array.from(nodes, (node) => numberOf(paths.get(node)?.[seat] as string));
  return [...Array.from({ length: seats }, bySeat), new Int32Array(nodes.length)];
}

function statesOf(states: readonly InformationState[], offset: Int32Array): GameTree['states'] {
  return {
    count: states.length,
    seat: Uint8Array.from(states, ({ seat }) => seat),
    offset,
    names: states.map((_, index) => String(index)),
    options: states.map(({ options }) => options),
  };
}

function breadthFirst(root: Node): Node[] {
  const nodes = [root];
  for (const node of nodes) if (node.kind !== 'terminal') nodes.push(...node.children);
  return nodes;
}

function isZeroSum(returns: readonly number[]): boolean {
  return returns.every((value, index) => index % 2 === 1 || Math.abs(value + (returns[index + 1] as number)) < 1e-12);
}
