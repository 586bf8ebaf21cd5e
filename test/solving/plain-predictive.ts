import type { Strategy } from '../best-response.js';
import type { InformationState, Node, Tree } from '../tree.js';

/** What is kept of an information state, by option: floored sums, last regrets, what is played, and its average. */
interface Memory {
  readonly sum: number[];
  readonly last: number[];
  readonly play: number[];
  readonly average: number[];
}

/** What a walk is for: the seat that learns, the iteration, and where things are kept. */
interface Walk {
  readonly seat: number;
  readonly t: number;
  readonly memory: ReadonlyMap<InformationState, Memory>;
}

/**
 * Predictive CFR+ with alternating updates and quadratic averaging, written down plainly: the average strategy.
 * SEE: Farina, Kroer, Sandholm, "Faster Game Solving via Predictive Blackwell Approachability", AAAI 2021, algorithm 3.
 */
export function plainPredictive(tree: Tree, iterations: number): Strategy {
  const zeros = (at: InformationState): number[] => at.options.map(() => 0);
  const memory = new Map<InformationState, Memory>(
    tree.states.map((at) => [at, { sum: zeros(at), last: zeros(at), play: zeros(at), average: zeros(at) }]),
  );
  for (const kept of memory.values()) match(kept);
  for (let t = 1; t <= iterations; t++) {
    for (let seat = 0; seat < tree.seats; seat++) {
      const own = [...memory].filter(([at]) => at.seat === seat).map(([, kept]) => kept);
      for (const { last } of own) last.fill(0);
      walk({ seat, t, memory }, tree.root, 1, 1);
      for (const kept of own) {
        for (const [i, regret] of kept.last.entries()) kept.sum[i] = Math.max(0, (kept.sum[i] as number) + regret);
        match(kept);
      }
    }
  }
  return (at) => shares((memory.get(at) as Memory).average);
}

function match({ sum, last, play }: Memory): void {
  const hoped = sum.map((value, i) => Math.max(0, value + (last[i] as number)));
  for (const [i, share] of shares(hoped).entries()) play[i] = share;
}

function shares(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (total > 1e-12 ? weight / total : 1 / weights.length));
}

/** The value of a node for the seat that learns. `own` and `others`: how likely its moves and all else lead there. */
function walk(at: Walk, node: Node, own: number, others: number): number {
  if (node.kind === 'terminal') return node.returns[at.seat] as number;
  if (node.kind === 'chance') {
    return total(
      node.children.map((child, i) => [node.chances[i] as number, child]),
      (chance, child) => walk(at, child, own, others * chance),
    );
  }
  const { play, last, average } = at.memory.get(node.at) as Memory;
  const branches = node.children.map((child, i) => [play[i] as number, child] as const);
  if (node.at.seat !== at.seat) return total(branches, (chance, child) => walk(at, child, own, others * chance));
  const worths = branches.map(([chance, child]) => walk(at, child, own * chance, others));
  const value = worths.reduce((sum, worth, i) => sum + (play[i] as number) * worth, 0);
  for (const [i, worth] of worths.entries()) {
    last[i] = (last[i] as number) + others * (worth - value);
    average[i] = (average[i] as number) + at.t ** 2 * own * (play[i] as number);
  }
  return value;
}

function total(branches: readonly (readonly [number, Node])[], value: (chance: number, child: Node) => number): number {
  return branches.reduce((sum, [chance, child]) => sum + chance * value(chance, child), 0);
}
