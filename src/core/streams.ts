import { type Rng, type RngState, type Seed, stream } from './rng.js';

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

  /** Where each stream stands that was used so far. */
  readonly states = (): { readonly [label: string]: RngState } =>
    Object.fromEntries([...this.#made].map(([label, rng]) => [label, rng.state()]));

  /** Goes on from these states. Whoever holds a stream keeps it. */
  restore(states: { readonly [label: string]: RngState }): void {
    for (const [label, state] of Object.entries(states)) this.of(label).restore(state);
  }
}
