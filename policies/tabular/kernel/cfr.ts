import type { z } from 'zod';
import type { JsonObject } from '../../../src/core/json.js';
import { inWasm, withVectors } from '../../public/roads.js';
import type { Checkpoint, Road, Solving, Strategy } from '../../solver.js';
import type { GameTree } from '../../tree/game-tree.js';
import { averageOf } from './averages.js';
import { countOf, refill } from './checkpoints.js';
import { historyPass, type Pass } from './histories.js';
import { readOptions } from './options.js';
import { payoffPass } from './payoffs.js';
import { keptOfNegative, keptOfPositive, type Scheme, weightAt } from './scheme.js';
import { realise, type Sequences, sequencesOf } from './sequences.js';
import { type Factors, learn, openTables, type Tables } from './tables.js';

/** What a member of the CFR family brings: its options, what they mean, and which games its paper speaks of. */
export interface Member<O extends JsonObject> {
  readonly options: z.ZodType<O>;
  scheme(options: O): Scheme;
  /** @throws UserError with the reason when the method does not take the game */
  admit(tree: GameTree): void;
}

/** The roads of a member over whole trees, the plain one first. */
export function treeRoads<O extends JsonObject>(member: Member<O>): { readonly [name: string]: Road } {
  const road = (says: string, solve: (tree: GameTree, scheme: Scheme) => Solving): Road => ({
    says,
    open(game, options) {
      const scheme = member.scheme(readOptions(member.options, options));
      const tree = game.tree();
      member.admit(tree);
      return solve(tree, scheme);
    },
  });
  return {
    flat: road('passes over all histories; any number of seats and any returns', (tree, scheme) => {
      return new Minimising(tree, scheme, (of, _, tables) => historyPass(of, tables));
    }),
    payoffs: road('chance folded into a sparse matrix of payoffs; two seats', (tree, scheme) => {
      return new Minimising(tree, scheme, payoffPass);
    }),
    vector: road('vectors over hands on the public tree; two seats, zero sum, public moves', withVectors),
    wasm: road('the same as a WebAssembly program generated for the game, up to some size', (tree, scheme) => {
      return inWasm(tree, scheme);
    }),
  };
}

/** Counterfactual regret minimisation at work on one tree. */
class Minimising implements Solving {
  readonly #tree: GameTree;
  readonly #scheme: Scheme;
  readonly #sequences: Sequences;
  readonly #tables: Tables;
  readonly #pass: Pass;
  readonly #factors: Factors;
  #iterations = 0;

  constructor(tree: GameTree, scheme: Scheme, pass: (tree: GameTree, sequences: Sequences, tables: Tables) => Pass) {
    this.#tree = tree;
    this.#scheme = scheme;
    this.#sequences = sequencesOf(tree);
    this.#tables = openTables(tree, this.#sequences);
    this.#pass = pass(tree, this.#sequences, this.#tables);
    this.#factors = { weight: 1, positive: 1, negative: 1, predicted: scheme.predictive ? 1 : 0 };
  }

  get iterations(): number {
    return this.#iterations;
  }

  iterate(count: number): void {
    for (let i = 0; i < count; i++) this.#once();
  }

  #once(): void {
    const t = ++this.#iterations;
    const { seats } = this.#tree;
    this.#factors.weight = weightAt(this.#scheme, t);
    this.#factors.positive = keptOfPositive(this.#scheme, t);
    this.#factors.negative = keptOfNegative(this.#scheme, t);
    if (this.#scheme.updates === 'alternating') {
      for (let seat = 0; seat < seats; seat++) {
        this.#pass(seat);
        this.#learn(seat);
      }
    } else {
      for (let seat = 0; seat < seats; seat++) this.#pass(seat);
      for (let seat = 0; seat < seats; seat++) this.#learn(seat);
    }
  }

  #learn(seat: number): void {
    learn(this.#tree, this.#sequences, seat, this.#tables, this.#factors);
  }

  strategy(): Strategy {
    return averageOf(this.#tree, this.#tables.sums);
  }

  save(): Checkpoint {
    const { regrets, sums, strategy } = this.#tables;
    return {
      numbers: { iterations: this.#iterations },
      arrays: { regrets: regrets.slice(), sums: sums.slice(), strategy: strategy.slice() },
    };
  }

  restore(checkpoint: Checkpoint): void {
    const { regrets, sums, strategy, plan } = this.#tables;
    refill(checkpoint, { regrets, sums, strategy });
    this.#iterations = countOf(checkpoint);
    for (let seat = 0; seat < this.#tree.seats; seat++) realise(this.#tree, this.#sequences, seat, strategy, plan);
  }
}
