import type { Json } from '../../src/core/json.js';
import type { Rng } from '../../src/core/rng.js';

/** An imagined history, as far as the future depends on it: the state, and how much of what the seat knows it has used. */
export interface Particle {
  readonly state: Json;
  /** Events told to the seat so far, and its own moves so far. */
  readonly heard: number;
  readonly moved: number;
  weight: number;
}

/** A weighted set of particles in which equal ones are one. */
export class Cloud {
  readonly #particles = new Map<string, Particle>();

  add(particle: Particle): void {
    const key = `${particle.heard} ${particle.moved} ${JSON.stringify(particle.state)}`;
    const known = this.#particles.get(key);
    if (known === undefined) this.#particles.set(key, particle);
    else known.weight += particle.weight;
  }

  get particles(): Particle[] {
    return [...this.#particles.values()];
  }
}

/**
 * At most so many particles in place of more, without changing what they weigh in expectation: systematic resampling
 * (Kitagawa 1996), equal ones again as one.
 */
export function thinned(particles: readonly Particle[], most: number, rng: Rng): Particle[] {
  if (particles.length <= most) return [...particles];
  const total = particles.reduce((sum, { weight }) => sum + weight, 0);
  const share = total / most;
  const kept: Particle[] = [];
  let mark = rng.float() * share;
  let passed = 0;
  for (const particle of particles) {
    passed += particle.weight;
    let hits = 0;
    for (; mark < passed && mark < total; mark += share) hits++;
    if (hits > 0) kept.push({ ...particle, weight: hits * share });
  }
  return kept;
}

/** Scales weights so that all together weigh 1. NOTE: long histories would underflow. */
export function normalise(particles: readonly Particle[]): void {
  const total = particles.reduce((sum, { weight }) => sum + weight, 0);
  for (const particle of particles) particle.weight /= total;
}
