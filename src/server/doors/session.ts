import { Recorder } from '../../../replays/recorder.js';
import type { AgentFactory } from '../../core/agent.js';
import type { Environment, Seat } from '../../core/environment.js';
import type { JsonObject } from '../../core/json.js';
import { type Ending, type Limits, type Progress, runEpisode } from '../../core/play.js';
import type { Seed } from '../../core/rng.js';
import { Refused } from '../wire/refused.js';
import { DoorSeat } from './seat.js';

/** One episode that programs elsewhere play. */
export interface SessionPlan {
  readonly environment: Environment;
  readonly config: JsonObject;
  readonly seed: Seed;
  /** One for each seat: an agent of this server, or null where the moves come through a door. */
  readonly seats: readonly (AgentFactory | null)[];
  readonly limits?: Limits;
  readonly tries?: number;
}

/**
 * An episode in which some seats are played through a door. The step loop is that of training, so its record replays
 * like any other. Begins at once.
 */
export class Session {
  readonly id: string;
  readonly plan: SessionPlan;
  /** Resolves when the episode has ended and its record is whole; null when something here broke. */
  readonly ended: Promise<Ending | null>;
  readonly #door: string;
  readonly #seats = new Map<Seat, DoorSeat>();
  readonly #stop = new AbortController();
  readonly #recorder: Recorder;
  #record: string | null = null;

  /** @param problem told of what broke that should not */
  constructor(id: string, door: string, plan: SessionPlan, problem: (error: unknown) => void) {
    this.id = id;
    this.#door = door;
    this.plan = plan;
    this.#recorder = new Recorder(plan, new Date().toISOString());
    this.ended = this.#run(problem).catch((error: unknown) => {
      problem(error);
      for (const seat of this.#seats.values()) seat.close(null);
      return null;
    });
  }

  /** The only seat of a door, or the one named. @throws Refused when it is not played through a door */
  seat(seat: Seat): DoorSeat {
    const found = this.#seats.get(seat);
    if (found === undefined) throw new Refused('no such seat', `seat ${seat} is not played from outside`);
    return found;
  }

  /** The seats played through a door, in order. */
  get seats(): readonly Seat[] {
    return [...this.#seats.keys()];
  }

  /** The finished record as one line, newline included; null while it goes on. */
  get record(): string | null {
    return this.#record;
  }

  /** Breaks the episode off, unless it has ended. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.ended;
  }

  async #run(problem: (error: unknown) => void): Promise<Ending> {
    const began = performance.now();
    const { environment, config, seed, seats, limits, tries } = this.plan;
    const ending = await runEpisode(
      {
        ...{ environment, config, seed, hash: true, signal: this.#stop.signal },
        clock: () => performance.now() - began,
        agents: seats.map((agent) => agent ?? ((place) => this.#seated(new DoorSeat(place, this.#door)))),
        ...(limits === undefined ? {} : { limits }),
        ...(tries === undefined ? {} : { tries }),
      },
      (progress) => this.#heard(progress),
    );
    if (ending.how === 'crashed') problem(`${environment.spec.id} broke: ${ending.error ?? 'for no reason'}`);
    return ending;
  }

  #seated(seat: DoorSeat): DoorSeat {
    this.#seats.set(seat.seat, seat);
    return seat;
  }

  #heard(progress: Progress): void {
    if (progress.kind === 'started') this.#recorder.begin(progress);
    else if (progress.kind === 'step') this.#recorder.step(progress);
    else this.#record = this.#recorder.line(progress.ending);
  }
}
