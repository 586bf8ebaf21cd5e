import type { Seat } from '../src/core/environment.js';
import type { InformationState, Node, Tree } from './tree.js';

/** Exact values of strategies on a whole tree, computed plainly: the reference that faster solvers are checked against. */

/** A behaviour strategy of all seats: the probability of each option, in order. */
export type Strategy = (at: InformationState) => readonly number[];

export const uniform: Strategy = ({ options }) => options.map(() => 1 / options.length);

/** One seat plays the strategy, all others uniformly. */
export function oneSeat(strategy: Strategy, seat: Seat): Strategy {
  return (at) => (at.seat === seat ? strategy(at) : uniform(at));
}

/** Expected return of each seat when all play the strategy. */
export function expectedReturns(tree: Tree, strategy: Strategy): number[] {
  const play = remembered(strategy);
  const value = (node: Node): readonly number[] => {
    if (node.kind === 'terminal') return node.returns;
    const chances = node.kind === 'chance' ? node.chances : play(node.at);
    const total = new Array<number>(tree.seats).fill(0);
    for (const [index, child] of node.children.entries()) {
      const chance = chances[index] as number;
      if (chance === 0) continue;
      for (const [seat, amount] of value(child).entries()) total[seat] = (total[seat] as number) + chance * amount;
    }
    return total;
  };
  return [...value(tree.root)];
}

/** The most a seat can expect when all others play the strategy. */
export function bestResponse(tree: Tree, strategy: Strategy, seat: Seat): number {
  const play = remembered(strategy);
  const reached = reachOf(tree, play, seat);
  const best = new Map<InformationState, number>();
  const value = (node: Node): number => {
    if (node.kind === 'terminal') return node.returns[seat] as number;
    if (node.kind === 'decision' && node.at.seat === seat) return value(node.children[answer(node.at)] as Node);
    const chances = node.kind === 'chance' ? node.chances : play(node.at);
    return sum(node.children.map((child, index) => weigh(chances[index] as number, child)));
  };
  const weigh = (chance: number, node: Node): number => (chance === 0 ? 0 : chance * value(node));
  const answer = (at: InformationState): number => {
    let choice = best.get(at);
    if (choice === undefined) {
      const nodes = reached.get(at) ?? [];
      const worth = at.options.map((_, index) =>
        sum(nodes.map(([node, reach]) => weigh(reach, node.children[index] as Node))),
      );
      choice = worth.indexOf(Math.max(...worth));
      best.set(at, choice);
    }
    return choice;
  };
  return value(tree.root);
}

/** Sum over seats of what each could gain by answering the others' strategy best; 0 at a Nash equilibrium. */
export function nashConv(tree: Tree, strategy: Strategy): number {
  return sum(expectedReturns(tree, strategy).map((value, seat) => bestResponse(tree, strategy, seat) - value));
}

type Decision = Extract<Node, { kind: 'decision' }>;

/** The histories of each information state of a seat, with the probability that chance and the others lead there. */
function reachOf(tree: Tree, play: Strategy, seat: Seat): Map<InformationState, [Decision, number][]> {
  const reached = new Map<InformationState, [Decision, number][]>();
  const go = (node: Node, reach: number): void => {
    if (node.kind === 'terminal') return;
    const own = node.kind === 'decision' && node.at.seat === seat;
    if (own) {
      const nodes = reached.get(node.at);
      if (nodes === undefined) reached.set(node.at, [[node, reach]]);
      else nodes.push([node, reach]);
    }
    const chances = node.kind === 'chance' ? node.chances : play(node.at);
    for (const [index, child] of node.children.entries()) go(child, own ? reach : reach * (chances[index] as number));
  };
  go(tree.root, 1);
  return reached;
}

function remembered(strategy: Strategy): Strategy {
  const known = new Map<InformationState, readonly number[]>();
  return (at) => {
    let chances = known.get(at);
    if (chances === undefined) {
      chances = strategy(at);
      known.set(at, chances);
    }
    return chances;
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
