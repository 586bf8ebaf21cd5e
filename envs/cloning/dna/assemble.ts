import { UserError } from '../../../src/core/errors.js';
import type { Sequence } from './sequence.js';
import { canonical, closed, joined, reversed } from './shape.js';

/** How two neighbouring ends may be joined: the number of bases they share, or null where they do not fit. */
export type Joint = (first: Sequence, second: Sequence) => number | null;

/** Products and steps after which a search is called off: ends that fit in so many ways are no plan. */
const MOST = 64;
const PATIENCE = 20_000;
/** What one tube may hold. NOTE: bounds the time that an assembly takes, whatever is put in. */
const MOST_PIECES = 24;
const MOST_BASES = 200_000;

/** A piece in one of its two orientations: its number twice, and one more when it is turned round. */
type Node = number;

/** The oriented pieces, and how each is joined to each. NOTE: worked out once, for a search asks for it again and again. */
interface Plan {
  readonly nodes: readonly Sequence[];
  readonly joints: readonly (readonly (number | null)[])[];
}

function planOf(pieces: readonly Sequence[], joint: Joint): Plan {
  const nodes = pieces.flatMap((piece) => [piece, reversed(piece)]);
  return { nodes, joints: nodes.map((first) => nodes.map((second) => joint(first, second))) };
}

/** Every circle that uses each piece once, in any order and orientation. @throws UserError when there are too many */
export function circles(pieces: readonly Sequence[], joint: Joint): Sequence[] {
  return unlike(pieces, joint, (plan, keep) => {
    walk(plan, [0], (path) => {
      if (path.length === pieces.length) keep(circle(plan, path));
      return true;
    });
  });
}

/** Every line that uses each of two or more pieces once. @throws UserError when there are too many */
export function chains(pieces: readonly Sequence[], joint: Joint): Sequence[] {
  return unlike(pieces, joint, (plan, keep) => {
    walk(plan, [...plan.nodes.keys()], (path) => {
      if (path.length === pieces.length && path.length > 1) keep(line(plan, path));
      return true;
    });
  });
}

/** Every circle of some of the pieces, each used at most once; those of most pieces first. @throws UserError as above */
export function anyCircles(pieces: readonly Sequence[], joint: Joint): Sequence[] {
  return unlike(pieces, joint, (plan, keep) => {
    const found: { path: readonly Node[]; product: Sequence }[] = [];
    const firsts = pieces.map((_, at) => 2 * at);
    walk(plan, firsts, (path) => {
      const isFirst = path.every((node) => node >> 1 >= (path[0] as Node) >> 1);
      const product = isFirst ? circle(plan, path) : null;
      if (product !== null) found.push({ path, product });
      return isFirst;
    });
    for (const { product } of found.sort((a, b) => b.path.length - a.path.length)) keep(product);
  });
}

/** The products of a search, each once. */
function unlike(
  pieces: readonly Sequence[],
  joint: Joint,
  search: (plan: Plan, keep: (product: Sequence | null) => void) => void,
): Sequence[] {
  const found = new Map<string, Sequence>();
  if (pieces.length === 0) return [];
  checkSize(pieces);
  let met = 0;
  search(planOf(pieces, joint), (product) => {
    if (product === null) return;
    if (++met > MOST) throw tooMany();
    const name = canonical(product);
    if (!found.has(name)) found.set(name, product);
  });
  return [...found.values()];
}

function checkSize(pieces: readonly Sequence[]): void {
  const bases = pieces.reduce((sum, { sequence }) => sum + sequence.length, 0);
  if (pieces.length > MOST_PIECES || bases > MOST_BASES) {
    throw new UserError(
      `at most ${MOST_PIECES} pieces and ${MOST_BASES} bases are put together at once; here are ${pieces.length} and ${bases}`,
    );
  }
}

function tooMany(): UserError {
  return new UserError('the ends fit in too many ways; give each junction ends of its own');
}

/** Visits every path from the given nodes on, each piece used at most once; it goes on from a path where the visit says so. */
function walk({ joints }: Plan, firsts: readonly Node[], visit: (path: readonly Node[]) => boolean): void {
  let steps = 0;
  const grow = (path: readonly Node[]): void => {
    if (++steps > PATIENCE) throw tooMany();
    if (!visit(path)) return;
    const last = path.at(-1) as Node;
    for (const [next, overlap] of (joints[last] as readonly (number | null)[]).entries()) {
      if (overlap !== null && path.every((node) => node >> 1 !== next >> 1)) grow([...path, next]);
    }
  };
  for (const first of firsts) grow([first]);
}

function overlapOf({ joints }: Plan, first: Node, second: Node): number | null {
  return joints[first]?.[second] ?? null;
}

function line(plan: Plan, path: readonly Node[]): Sequence {
  const [first, ...rest] = path as readonly [Node, ...Node[]];
  let [product, last] = [plan.nodes[first] as Sequence, first];
  for (const node of rest) {
    product = joined(product, plan.nodes[node] as Sequence, overlapOf(plan, last, node) ?? 0);
    last = node;
  }
  return product;
}

/** The path closed to a circle; null where its ends do not fit. */
function circle(plan: Plan, path: readonly Node[]): Sequence | null {
  const overlap = overlapOf(plan, path.at(-1) as Node, path[0] as Node);
  return overlap === null ? null : closed(line(plan, path), overlap);
}
