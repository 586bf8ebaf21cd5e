import { type Rng, type RngState, type Seed, stream } from './rng.js';

/** Random streams by name, as somebody may see them who must not draw from them. */
export type StreamStates = ReadonlyMap<string, Pick<Rng, 'state' | 'isAt'>>;

/** The named random streams of one episode, each made when somebody first draws from it. */
export class Streams {
  readonly #seed: Seed;
  readonly #made = new Map<string, Rng>();

  constructor(seed: Seed) {
    this.#seed = seed;
  }

  of(label: string): Rng {
    let rng = this.#made.get(label);
    if (rng === undefined) {
      rng = stream(this.#seed, label);
      this.#made.set(label, rng);
    }
    return rng;
  }

  /** The streams made so far, to be looked at. */
  get all(): StreamStates {
    return this.#made;
  }

  /** Goes on from these states. Whoever holds a stream keeps it. */
  restore(states: { readonly [label: string]: RngState }): void {
    for (const [label, state] of Object.entries(states)) this.of(label).restore(state);
  }
}
