import type { ChanceTurn, Environment, Moves, Seat, Turn } from '../../src/core/environment.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import type { Rng } from '../../src/core/rng.js';
import type { Move } from '../../src/core/space.js';
import { Arms, type Candidate } from './arms.js';
import { type Budget, choiceOf, drawn, type Rollout, Rules, uniformly } from './rules.js';

/** What is thought of a state that was just reached for the first time. */
export interface Evaluation {
  /** What each seat is expected to be paid from here on, weighted. */
  readonly values: readonly number[];
  /** For each seat that is asked here the probability of each option, in order; UCB1 instead of PUCT where absent. */
  readonly priors?: { readonly [seat: Seat]: readonly number[] };
}

/** A state to evaluate, with its turn. */
export interface Leaf {
  readonly state: Json;
  readonly turn: Turn;
}

export interface MctsOptions {
  /** Of exploration, for returns scaled to a range of width 1. */
  readonly c?: number;
  readonly rollout?: Rollout;
  readonly rng: Rng;
}

/** NOTE: sqrt(2) is the constant of UCB1 for rewards in [0, 1]. */
const EXPLORATION = Math.SQRT2;

class Node {
  readonly state: Json;
  readonly turn: Turn;
  /** What the step that led here paid each seat; null for nothing. */
  readonly paid: readonly number[] | null;
  readonly children = new Map<number | string, Node>();
  priors: { readonly [seat: Seat]: readonly number[] } | null = null;
  asked: readonly Seat[] = [];
  /** Of each seat asked, made when the node is first passed through. */
  arms: readonly Arms[] | null = null;

  constructor(state: Json, turn: Turn, paid: readonly number[] | null) {
    this.state = state;
    this.turn = turn;
    this.paid = paid;
  }
}

/** A node passed through, and the arm each asked seat picked there. */
type Pass = { readonly node: Node; readonly picks: readonly number[] };

/**
 * Monte Carlo tree search on known states: UCT (Kocsis & Szepesvari 2006), each seat maximising its own return (max^n),
 * chance drawn by its probabilities. A new node is worth what one rollout from it pays, or what an evaluation says.
 *
 * Seats that move at once pick independently, each by its own bandit (decoupled UCT). That finds good replies and pure
 * equilibria, but need not converge to a mixed one (Shafiei, Sturtevant & Schaeffer 2009): use a solver where
 * mixing matters.
 */
export class Mcts {
  readonly #rules: Rules;
  readonly #constant: number;
  readonly #rollout: Rollout;
  readonly #rng: Rng;
  #root: Node;

  constructor(environment: Environment, config: JsonObject, { c = EXPLORATION, rollout, rng }: MctsOptions) {
    this.#rules = new Rules(environment, config);
    this.#constant = c * this.#rules.span;
    this.#rollout = rollout ?? uniformly;
    this.#rng = rng;
    this.#root = this.#fresh(environment.start(config));
  }

  /** The state to decide in. What the tree knows of it from earlier searches is kept. */
  moveTo(state: Json): void {
    this.#root = found(this.#root, state) ?? this.#fresh(state);
  }

  /** Searches with rollouts until the budget is spent, and gives what a seat asked here has found of its options. */
  search(seat: Seat, spent: Budget): Candidate[] {
    const running = this.searching(seat, spent);
    let next = running.next();
    while (next.done !== true) next = running.next({ values: this.#played(next.value.state) });
    return next.value;
  }

  /** The same with an evaluation of new states, such as a network's, in place of rollouts. */
  async searchWith(
    evaluate: (leaf: Leaf) => Evaluation | Promise<Evaluation>,
    seat: Seat,
    spent: Budget,
  ): Promise<Candidate[]> {
    const running = this.searching(seat, spent);
    let next = running.next();
    while (next.done !== true) next = running.next(await evaluate(next.value));
    return next.value;
  }

  /** The search as a generator: hands out each new state and is handed its evaluation. At least one simulation is made. */
  *searching(seat: Seat, spent: Budget): Generator<Leaf, Candidate[], Evaluation> {
    const root = this.#root;
    if (root.arms === null) this.#open(root, yield root);
    for (let done = 0; done === 0 || !spent(done); done++) {
      const path: Pass[] = [];
      const leaf = this.#descend(root, path);
      const values = leaf.turn.kind === 'over' ? null : (yield* evaluated(leaf)).values;
      this.#learn(path, leaf, values);
    }
    return this.#armsOf(root)[root.asked.indexOf(seat)]?.candidates() ?? [];
  }

  #fresh(state: Json): Node {
    return new Node(state, this.#rules.environment.turn(state), null);
  }

  #played(state: Json): number[] {
    const purse = new Array<number>(this.#rules.seats).fill(0);
    this.#rules.rollout(state, purse, this.#rng, this.#rollout);
    return purse;
  }

  /** Goes down to a node never met before, or to an end. */
  #descend(root: Node, path: Pass[]): Node {
    let node = root;
    for (;;) {
      if (node.turn.kind === 'over') return node;
      const [key, moves, picks] = node.turn.kind === 'chance' ? this.#chance(node.turn) : this.#choose(node);
      path.push({ node, picks });
      const child = node.children.get(key);
      if (child === undefined) return this.#grow(node, key, moves);
      node = child;
    }
  }

  #chance(turn: ChanceTurn): [number | string, Moves, readonly number[]] {
    const chance = drawn(turn, this.#rng);
    return [typeof chance === 'number' ? chance : JSON.stringify(chance), { chance }, []];
  }

  /** Every asked seat picks by its own arms; the picks together are numbered like digits. */
  #choose(node: Node): [number, Moves, readonly number[]] {
    const arms = this.#armsOf(node);
    const seats: { [seat: Seat]: Move } = {};
    const picks: number[] = [];
    let key = 0;
    for (let i = 0; i < arms.length; i++) {
      const own = arms[i] as Arms;
      const pick = own.pick(this.#rng, this.#constant * jitter(arms.length, this.#rng));
      picks.push(pick);
      key = key * own.ids.length + pick;
      seats[node.asked[i] as Seat] = own.ids[pick] as string;
    }
    return [key, { seats }, picks];
  }

  #armsOf(node: Node): readonly Arms[] {
    if (node.arms === null) this.#open(node, null);
    return node.arms ?? [];
  }

  #open(node: Node, evaluation: Evaluation | null): void {
    const { turn } = node;
    if (evaluation?.priors !== undefined) node.priors = evaluation.priors;
    if (turn.kind !== 'act') return;
    node.asked = this.#rules.actors(turn);
    node.arms = node.asked.map((seat) => {
      const ids = choiceOf(turn, seat).options.map(({ id }) => id);
      return new Arms(ids, node.priors?.[seat] ?? null);
    });
  }

  #grow(parent: Node, key: number | string, moves: Moves): Node {
    const { environment, seats } = this.#rules;
    const step = environment.apply(parent.state, moves);
    const paid = step.rewards === undefined ? null : new Array<number>(seats).fill(0);
    if (paid !== null) this.#rules.pay(step.rewards, paid);
    const child = new Node(step.state, environment.turn(step.state), paid);
    parent.children.set(key, child);
    return child;
  }

  /** Tells every arm on the way what its seat was paid from there on. */
  #learn(path: readonly Pass[], leaf: Node, values: readonly number[] | null): void {
    const later = values === null ? new Array<number>(this.#rules.seats).fill(0) : [...values];
    let below = leaf;
    for (let i = path.length - 1; i >= 0; i--) {
      const { node, picks } = path[i] as Pass;
      if (below.paid !== null) {
        for (const [seat, amount] of below.paid.entries()) later[seat] = (later[seat] as number) + amount;
      }
      for (let j = 0; j < picks.length; j++) {
        const seat = node.asked[j] as Seat;
        ((node.arms as readonly Arms[])[j] as Arms).learn(picks[j] as number, later[seat] as number);
      }
      below = node;
    }
  }
}

/**
 * NOTE: bandits of seats alike in all would move in step, and take what both get when both do the same for what one gets
 * by doing it. A constant of exploration that varies from pick to pick, each seat's by itself, keeps them apart.
 */
function jitter(seats: number, rng: Rng): number {
  return seats === 1 ? 1 : 2 * rng.float();
}

function* evaluated(leaf: Node): Generator<Leaf, Evaluation, Evaluation> {
  const evaluation = yield leaf;
  if (evaluation.priors !== undefined) leaf.priors = evaluation.priors;
  return evaluation;
}

/** How many nodes of the old tree are looked through: those of the next few steps. */
const NEAR = 2000;

/** The node of a state in a tree, nearest to its root first; null when it is not among the nearest. */
function found(root: Node, state: Json): Node | null {
  const wanted = JSON.stringify(state);
  const queue = [root];
  for (let at = 0; at < queue.length && at < NEAR; at++) {
    const node = queue[at] as Node;
    if (JSON.stringify(node.state) === wanted) return node;
    queue.push(...node.children.values());
  }
  return null;
}
