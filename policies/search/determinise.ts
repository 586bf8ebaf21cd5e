import type { ActTurn, ChanceTurn, Environment, Knowledge, Seat } from '../../src/core/environment.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import type { Rng } from '../../src/core/rng.js';
import type { Move } from '../../src/core/space.js';
import { countOf, everyWay, guidedWay, type Open, openMoves, someWays, type Ways } from './hidden-moves.js';
import { Cloud, normalise, type Particle, thinned } from './particles.js';
import { drawn, Rules } from './rules.js';
import { Told } from './told.js';

/** All a seat knows when it is asked. An `ActRequest` is one. */
export type Known = Omit<Knowledge, 'seat'>;

export interface BeliefOptions {
  readonly rng: Rng;
  /** How many states are kept at most. Below that the belief is exact. */
  readonly most?: number;
}

const MOST = 512;
/** NOTE: with many particles and many ways on, all ways of all particles would take seconds. */
const WORK = 20_000;
const ALWAYS_LISTED = 64;
/** How many ways are drawn of each particle where they are too many to go through. */
const DRAWS = 8;
/** How many times as many states are kept when it starts over. */
const RETRY = 4;
/** How many histories are looked for one by one, and how many particles may be tried for them. */
const WANTED = 16;
const TRIES = 20_000;

/**
 * Which full states a seat must reckon with, and how likely each is, if all others play uniformly at random: made by
 * playing the game again from its start, with the seat's own moves as they were and every way the others and chance can
 * go on, and dropping what tells the seat anything else than it was told.
 *
 * The filter runs step by step. While no more than `most` states are left it is exact: weights are products of
 * probabilities, and equal states are one. Beyond that it is a particle filter: states are resampled by weight after
 * each step, and where a turn has too many ways on, a few are drawn of each state; where none of them fits (many seats
 * move at once and all is told), moves are searched for that tell what was told. Weights are then estimates. If all
 * states die, the search starts over with more, and in the end goes back and forth for single histories that fit.
 *
 * Between the seat's turns the states are kept and only carried on. An environment with `resample` is asked instead.
 */
export class Belief {
  readonly seat: Seat;
  readonly #rules: Rules;
  readonly #most: number;
  readonly #rng: Rng;
  readonly #told: Told;
  #moves: readonly Move[] = [];
  #view: Json = null;
  #particles: Particle[];
  #outcomes: readonly (readonly [Json, number])[] = [];
  #isExact = true;

  constructor(environment: Environment, config: JsonObject, seat: Seat, { rng, most = MOST }: BeliefOptions) {
    this.seat = seat;
    this.#rules = new Rules(environment, config);
    this.#most = most;
    this.#rng = rng;
    this.#told = new Told(seat);
    this.#particles = [this.#start()];
  }

  /** Whether every state that agrees with what the seat knows is there, with its exact probability. */
  get isExact(): boolean {
    return this.#isExact;
  }

  /** The states the seat may be in, with their probabilities. Empty where the environment draws them itself. */
  get states(): readonly { readonly state: Json; readonly chance: number }[] {
    return this.#particles.map(({ state, weight }) => ({ state, chance: weight }));
  }

  /**
   * Brings the belief up to date with what the seat knows now, at its turn.
   * @throws Error when no history was found that tells the seat what it was told
   */
  learn({ events, moves, view }: Known): void {
    this.#told.extend(events);
    this.#moves = moves;
    this.#view = view;
    if (this.#rules.environment.resample !== undefined) return;
    let settled = this.#follow(this.#particles, this.#most);
    // NOTE: kept states may all turn out wrong where they are not all there are; then it starts over.
    if (settled.length === 0 && !this.#isExact) settled = this.#follow([this.#start()], RETRY * this.#most);
    if (settled.length === 0 && !this.#isExact) settled = this.#backtrack();
    if (settled.length === 0) throw new Error('no history was found that tells this seat what it was told');
    this.#particles = settled;
    this.#outcomes = settled.map(({ state, weight }) => [state, weight] as const);
  }

  /** A state the seat may be in, drawn by its probability. */
  draw(rng: Rng): Json {
    const { environment, config } = this.#rules;
    if (environment.resample === undefined) {
      return rng.weighted(this.#outcomes);
    }
    const { seat } = this;
    return environment.resample(config, { seat, view: this.#view, events: this.#told.events, moves: this.#moves }, rng);
  }

  #start(): Particle {
    return { state: this.#rules.environment.start(this.#rules.config), heard: 0, moved: 0, weight: 1 };
  }

  /** Carries particles on until the seat is asked and has heard and done all it has. */
  #follow(from: readonly Particle[], most: number): Particle[] {
    const settled: Particle[] = [];
    let going = [...from];
    while (going.length > 0) {
      const left: Particle[] = [];
      for (const particle of going) (this.#isSettled(particle) ? settled : left).push(particle);
      going = this.#thin(this.#step(left, settled.length > 0), most);
      normalise([...settled, ...going]);
    }
    return this.#thin(settled, most);
  }

  /**
   * The last resort where all particles died: depth first, going back from what tells the seat something else. The
   * histories found do agree with what it knows; how likely they are against others is not known.
   */
  #backtrack(): Particle[] {
    const found: Particle[] = [];
    const stack = [this.#start()];
    for (let tries = 0; tries < TRIES && found.length < WANTED; tries++) {
      const particle = stack.pop();
      if (particle === undefined) break;
      if (this.#isSettled(particle)) found.push({ ...particle, weight: 1 });
      else stack.push(...this.#rng.shuffled(this.#step([particle], false)));
    }
    normalise(found);
    return found;
  }

  #thin(particles: readonly Particle[], most: number): Particle[] {
    if (particles.length > most) this.#isExact = false;
    return thinned(particles, most, this.#rng);
  }

  #isSettled({ state, heard, moved }: Particle): boolean {
    if (heard < this.#told.count || moved < this.#moves.length) return false;
    const turn = this.#rules.environment.turn(state);
    return turn.kind === 'act' && turn.spaces[this.seat] !== undefined;
  }

  /** One step of every particle. Where ways are drawn and none fits, nor anything else does, fitting ones are searched. */
  #step(particles: readonly Particle[], othersFit: boolean): Particle[] {
    const listed = Math.max(ALWAYS_LISTED, WORK / particles.length);
    const next = this.#advance(particles, (particle) => this.#ways(particle, listed, false));
    if (next.length > 0 || othersFit || this.#isExact) return next;
    return this.#advance(particles, (particle) => this.#ways(particle, listed, true));
  }

  #advance(particles: readonly Particle[], waysOf: (particle: Particle) => Ways): Particle[] {
    const { environment } = this.#rules;
    const cloud = new Cloud();
    for (const particle of particles) {
      for (const [moves, chance] of waysOf(particle)) {
        if (chance === 0) continue;
        const step = environment.apply(particle.state, moves);
        const heard = this.#told.after(step.events, particle.heard);
        if (heard < 0) continue;
        const own = 'seats' in moves && moves.seats[this.seat] !== undefined;
        const moved = particle.moved + (own ? 1 : 0);
        cloud.add({ state: step.state, heard, moved, weight: particle.weight * chance });
      }
    }
    return cloud.particles;
  }

  /** @param listed the most ways that are gone through one by one */
  #ways(particle: Particle, listed: number, searched: boolean): Ways {
    const turn = this.#rules.environment.turn(particle.state);
    if (turn.kind === 'chance') return this.#chances(turn, listed);
    if (turn.kind !== 'act') return [];
    const open = this.#openMoves(turn, particle);
    if (open === null || countOf(open) <= listed) return open === null ? [] : everyWay(open);
    this.#isExact = false;
    if (!searched) return someWays(open, DRAWS, this.#rng);
    const goal = { told: this.#told, heard: particle.heard };
    const found = guidedWay(this.#rules.environment, particle.state, open, goal, this.#rng);
    return found === null ? [] : [[found, 1]];
  }

  #chances(turn: ChanceTurn, listed: number): Ways {
    if ('outcomes' in turn && turn.outcomes.length <= listed) {
      return turn.outcomes.map(([chance, probability]) => [{ chance }, probability] as const);
    }
    this.#isExact = false;
    return Array.from({ length: DRAWS }, () => [{ chance: drawn(turn, this.#rng) }, 1 / DRAWS] as const);
  }

  /** Null when the seat would be asked for a move it has not made yet, before it has heard all it has. */
  #openMoves(turn: ActTurn, { moved }: Particle): Open | null {
    const asked = this.#rules.actors(turn);
    if (!asked.includes(this.seat)) return openMoves(turn, asked, {});
    const own = this.#moves[moved];
    return own === undefined ? null : openMoves(turn, asked, { [this.seat]: own });
  }
}
