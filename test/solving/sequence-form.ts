import highs from 'highs';
import type { InformationState, Node, Tree } from '../tree.js';

/**
 * The value of a two-seat zero-sum game and an equilibrium of it by linear programming over the sequence form: slow,
 * exact, and sharing nothing with the solvers that are checked against it.
 * SEE: Koller, Megiddo, von Stengel, "Efficient Computation of Equilibria for Extensive Two-Person Games", Games and
 * Economic Behavior 14, 1996, section 4.
 */
export interface Solution {
  /** What seat 0 can expect. */
  readonly value: number;
  /** For each information state of both seats the probability of each option. */
  readonly strategy: (at: InformationState) => readonly number[];
}

/** NOTE: the package's types speak of its CommonJS build; what is imported here is the function itself. */
const loaded = (highs as unknown as typeof highs.default)();

/** @throws Error when the program has no optimum: then the tree was no zero-sum game of two seats */
export async function solveSequenceForm(tree: Tree): Promise<Solution> {
  const form = new SequenceForm(tree);
  const solver = await loaded;
  const solved = solver.solve(form.program(), {
    primal_feasibility_tolerance: 1e-9,
    dual_feasibility_tolerance: 1e-9,
  });
  if (solved.Status !== 'Optimal') throw new Error(`the linear program of a game is ${solved.Status}`);
  const columns = solved.Columns as { readonly [name: string]: { readonly Primal: number } };
  const rows = new Map((solved.Rows as readonly { Name: string; Dual: number }[]).map((row) => [row.Name, row.Dual]));
  const plans = [
    (sequence: number) => columns[`x${sequence}`]?.Primal ?? 0,
    // NOTE: the other seat's realisation plan is the price of the rows that bound what it concedes.
    (sequence: number) => Math.abs(rows.get(`s${sequence}`) ?? 0),
  ];
  return {
    value: solved.ObjectiveValue,
    strategy: (at) => form.behaviour(at, plans[at.seat] as (sequence: number) => number),
  };
}

/** The empty sequence of each seat. */
const EMPTY = 0;

/** Sequences of both seats, numbered from 1 for each; a state's options have consecutive numbers. */
class SequenceForm {
  readonly #states = new Map<InformationState, { readonly first: number; readonly before: number }>();
  readonly #counts = [1, 1];
  /** By sequence of seat 1, then of seat 0: probability of chance times return of seat 0. */
  readonly #payoffs = new Map<number, Map<number, number>>();

  constructor(tree: Tree) {
    if (tree.seats !== 2) throw new Error(`the sequence form is for two seats, not ${tree.seats}`);
    this.#visit(tree.root, [EMPTY, EMPTY], 1);
  }

  #visit(node: Node, played: readonly [number, number], chance: number): void {
    if (node.kind === 'terminal') {
      this.#pay(played, chance * (node.returns[0] as number));
      return;
    }
    if (node.kind === 'chance') {
      for (const [i, child] of node.children.entries())
        this.#visit(child, played, chance * (node.chances[i] as number));
      return;
    }
    const { seat } = node.at;
    const { first, before } = this.#state(node.at, played[seat] as number);
    if (before !== played[seat]) throw new Error('a seat forgets its own moves');
    for (const [i, child] of node.children.entries()) {
      this.#visit(child, seat === 0 ? [first + i, played[1]] : [played[0], first + i], chance);
    }
  }

  #state(at: InformationState, before: number) {
    let known = this.#states.get(at);
    if (known === undefined) {
      const first = this.#counts[at.seat] as number;
      this.#counts[at.seat] = first + at.options.length;
      known = { first, before };
      this.#states.set(at, known);
    }
    return known;
  }

  #pay([own, other]: readonly [number, number], amount: number): void {
    const row = this.#payoffs.get(other) ?? new Map<number, number>();
    row.set(own, (row.get(own) ?? 0) + amount);
    this.#payoffs.set(other, row);
  }

  /** In the text format of CPLEX: `x` are seat 0's sequences, `v` what seat 1's information states concede at most. */
  program(): string {
    const own = [...this.#states]
      .filter(([at]) => at.seat === 0)
      .map(([at, { first, before }]) => {
        const options = at.options.map((_, i) => `+ x${first + i}`).join(' ');
        return `p${first}: ${options} - x${before} = 0`;
      });
    const others = [...this.#states].filter(([at]) => at.seat === 1);
    /** By sequence of seat 1: the states it leads to. */
    const after = new Map<number, number[]>();
    for (const [, { first, before }] of others) after.set(before, [...(after.get(before) ?? []), first]);
    const rows = others.flatMap(([at, { first }]) => at.options.map((_, i) => this.#row(first + i, first, after)));
    const free = ['v0', ...others.map(([, { first }]) => `v${first}`)];
    return [
      'Maximize',
      ' value: v0',
      'Subject To',
      ` start: x${EMPTY} = 1`,
      ...own.map((line) => ` ${line}`),
      ` ${this.#row(EMPTY, 0, after)}`,
      ...rows.map((line) => ` ${line}`),
      'Bounds',
      ...free.map((name) => ` ${name} free`),
      'End',
    ].join('\n');
  }

  /** What a state concedes is at most what a sequence leaving it pays, with what the states behind that concede. */
  #row(sequence: number, state: number, after: ReadonlyMap<number, readonly number[]>): string {
    const behind = (after.get(sequence) ?? []).map((first) => ` - v${first}`).join('');
    const paid = [...(this.#payoffs.get(sequence) ?? [])]
      .filter(([, amount]) => amount !== 0)
      .map(([own, amount]) => ` ${amount > 0 ? '-' : '+'} ${Math.abs(amount)} x${own}`)
      .join('');
    return `s${sequence}: v${state}${behind}${paid} <= 0`;
  }

  behaviour(at: InformationState, plan: (sequence: number) => number): readonly number[] {
    const { first } = this.#states.get(at) ?? { first: 0 };
    const weights = at.options.map((_, i) => Math.max(0, plan(first + i)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => (total > 0 ? weight / total : 1 / weights.length));
  }
}
