/**
 * Extensive-form fictitious play (XFP): each seat answers the others' average strategies best, and mixes the answer into
 * its own average.
 * SEE: Heinrich, Lanctot, Silver, "Fictitious Self-Play in Extensive-Form Games", ICML 2015, section 3: strategies are
 * mixed by their realisation plans (lemma 6, theorem 7), here with step size 1 / (t + 1) from uniform play.
 *
 * Converges to equilibrium with two seats and a constant sum, and where all seats are paid alike; elsewhere it may go
 * round in circles.
 */
import type { Checkpoint, Solver, Solving, Strategy } from '../solver.js';
import { type GameTree, type Profile, uniformProfile } from '../tree/game-tree.js';
import { averageOf } from './kernel/averages.js';
import { countOf, refill } from './kernel/checkpoints.js';
import { answer, type Endings, endingsOf, gain } from './kernel/endings.js';
import { noOptions, readOptions } from './kernel/options.js';
import { realise, type Sequences, sequencesOf } from './kernel/sequences.js';

class Answering implements Solving {
  readonly #tree: GameTree;
  readonly #sequences: Sequences;
  readonly #endings: Endings;
  /**
   * The sum of all answers' realisation plans and that of uniform play, the empty sequence last.
   * NOTE: the averages are this over one more than the iterations; best answers do not mind the factor.
   */
  readonly #sums: Profile;
  readonly #gains: Profile;
  /** By state: the action that answers best, and by sequence: whether the answers play it. */
  readonly #best: Int32Array;
  readonly #plays: Uint8Array;
  #iterations = 0;

  constructor(tree: GameTree) {
    this.#tree = tree;
    this.#sequences = sequencesOf(tree);
    this.#endings = endingsOf(tree);
    const { empty } = this.#sequences;
    this.#sums = new Float64Array(empty + 1).fill(1);
    for (let seat = 0; seat < tree.seats; seat++) {
      realise(tree, this.#sequences, seat, uniformProfile(tree), this.#sums);
    }
    this.#gains = new Float64Array(empty + 1);
    this.#best = new Int32Array(tree.states.count);
    this.#plays = new Uint8Array(empty + 1).fill(1, empty);
  }

  get iterations(): number {
    return this.#iterations;
  }

  iterate(count: number): void {
    const { seats, states } = this.#tree;
    const { empty } = this.#sequences;
    for (let i = 0; i < count; i++) {
      for (let seat = 0; seat < seats; seat++) {
        gain(this.#endings, seat, this.#sums, this.#gains);
        answer(states.offset, this.#sequences, seat, this.#gains, this.#best);
      }
      for (let seat = 0; seat < seats; seat++) this.#mix(seat);
      this.#sums[empty] = (this.#sums[empty] as number) + 1;
      this.#iterations++;
    }
  }

  #mix(seat: number): void {
    const { offset } = this.#tree.states;
    const { before, order } = this.#sequences;
    for (const state of order[seat] as Int32Array) {
      const end = offset[state + 1] as number;
      const reached = this.#plays[before[state] as number] as number;
      this.#plays.fill(0, offset[state], end);
      const best = this.#best[state] as number;
      this.#plays[best] = reached;
      this.#sums[best] = (this.#sums[best] as number) + reached;
    }
  }

  strategy(): Strategy {
    return averageOf(this.#tree, this.#sums.subarray(0, this.#sequences.empty));
  }

  save(): Checkpoint {
    return { numbers: { iterations: this.#iterations }, arrays: { sums: this.#sums.slice() } };
  }

  restore(checkpoint: Checkpoint): void {
    const iterations = countOf(checkpoint);
    refill(checkpoint, { sums: this.#sums });
    this.#iterations = iterations;
  }
}

const solver: Solver = {
  id: 'fictitious-play',
  title: 'Extensive-form fictitious play',
  paper: 'Heinrich, Lanctot, Silver, ICML 2015',
  options: noOptions,
  roads: {
    flat: {
      says: 'best answers over all endings of the compiled tree; any number of seats and any returns',
      open(game, options) {
        readOptions(noOptions, options);
        return new Answering(game.tree());
      },
    },
  },
};

export default solver;
