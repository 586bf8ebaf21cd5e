import {
  type ActTurn,
  actors,
  type Environment,
  type Event,
  isTold,
  type Moves,
  type Outcomes,
  type Rewards,
  type Seat,
  type Turn,
  weightsOf,
} from '../../../src/core/environment.js';
import { type Json, type JsonObject, lanes } from '../../../src/core/json.js';
import type { Rng } from '../../../src/core/rng.js';
import type { Move } from '../../../src/core/space.js';
import { CHANCE, TERMINAL } from '../../tree/game-tree.js';
import { keyName, Running, sequenceName } from '../../tree/information.js';
import { OptionLists, outcomesOf } from '../../tree/turns.js';
import { unit } from './sampling.js';

/** A history in the middle of a step: of the seats that move at once, some may have picked already. */
export interface Position {
  readonly state: Json;
  readonly turn: Turn;
  /** The seat to pick, `CHANCE` or `TERMINAL`. */
  readonly mover: number;
  /** The seats that are to pick in this step, and what those before the mover have picked. */
  readonly asked: readonly Seat[];
  readonly picked: { readonly [seat: number]: Move };
  /** Weighted return of each seat so far. */
  readonly returns: readonly number[];
  /** By seat: fingerprints of what it was told and of its own moves; empty where the environment has a key. */
  readonly told: readonly Running[];
  readonly made: readonly Running[];
}

/** A game played straight through its rules, for those too large to compile. Positions never change. */
export class Rules {
  readonly seats: number;
  readonly #environment: Environment;
  readonly #config: JsonObject;
  readonly #weights: { readonly [part: string]: number };
  readonly #lists: OptionLists;
  readonly #remembers: boolean;

  /** @param names whether positions remember what `name` is made of, which costs as much as the steps themselves */
  constructor(environment: Environment, config: JsonObject, names = true) {
    this.#environment = environment;
    this.#remembers = names && environment.key === undefined;
    this.#config = config;
    this.#weights = weightsOf(environment.spec, config);
    this.#lists = new OptionLists(environment);
    this.seats = environment.spec.facts(config).seats;
  }

  root(): Position {
    const memories = (): Running[] => Array.from({ length: this.seats }, () => new Running());
    const remembers = this.#remembers;
    const returns = new Array<number>(this.seats).fill(0);
    const state = this.#environment.start(this.#config);
    return this.#at(state, returns, remembers ? memories() : [], remembers ? memories() : []);
  }

  /** @throws UserError at a turn that is no choice */
  options({ turn, mover }: Position): readonly string[] {
    return this.#lists.of((turn as ActTurn).spaces[mover] as ActTurn['spaces'][number], mover);
  }

  /** The name of the mover's information state. */
  name({ state, mover, told, made }: Position): string {
    if (this.#environment.key !== undefined) {
      return keyName(this.#environment, mover, this.#environment.view(state, mover));
    }
    return sequenceName(mover, told[mover] as Running, made[mover] as Running);
  }

  /** After the mover picks one of its options. */
  next(position: Position, option: number): Position {
    const { asked, mover } = position;
    const picked = { ...position.picked, [mover]: this.options(position)[option] as string };
    const after = asked.indexOf(mover) + 1;
    if (after === asked.length) return this.#step(position, { seats: picked });
    return { ...position, mover: asked[after] as number, picked };
  }

  /** What chance lists. @throws UserError where it can only be drawn, and at a call */
  outcomes({ turn }: Position): Outcomes {
    return outcomesOf(this.#environment, turn as Exclude<Turn, { kind: 'act' | 'over' }>);
  }

  /** After one of the listed outcomes. */
  after(position: Position, outcome: number): Position {
    const [move] = this.outcomes(position)[outcome] as readonly [Move, number];
    return this.#step(position, { chance: move });
  }

  /** After chance. Lists are drawn from as trees draw from them; what cannot be listed is drawn by its rules. */
  luck(position: Position, rng: Rng): Position {
    const { turn } = position;
    if (turn.kind === 'chance' && 'draw' in turn) return this.#step(position, { chance: turn.draw(rng) });
    const outcomes = this.outcomes(position);
    const drawn = unit(rng);
    let sum = 0;
    for (const [move, probability] of outcomes) {
      sum += probability;
      if (drawn < sum) return this.#step(position, { chance: move });
    }
    return this.#step(position, { chance: (outcomes[outcomes.length - 1] as readonly [Move, number])[0] });
  }

  #at(state: Json, returns: readonly number[], told: readonly Running[], made: readonly Running[]): Position {
    const turn = this.#environment.turn(state);
    const asked = actors(turn, this.seats);
    const mover = turn.kind === 'over' ? TERMINAL : turn.kind === 'act' ? (asked[0] as number) : CHANCE;
    return { state, turn, mover, asked, picked: {}, returns, told, made };
  }

  #step({ state, returns, told, made }: Position, moves: Moves): Position {
    const step = this.#environment.apply(state, moves);
    const total = paid(returns, step.rewards, this.#weights);
    const events = step.events ?? [];
    const moved = 'seats' in moves ? moves.seats : {};
    return this.#at(
      step.state,
      total,
      told.map((memory, seat) => longer(memory, toldTo(events, seat))),
      made.map((memory, seat) => (moved[seat] === undefined ? memory : longer(memory, [moved[seat]]))),
    );
  }
}

function toldTo(events: readonly Event[], seat: Seat): readonly Event[] {
  return events.filter((event) => isTold(event, seat));
}

function longer(memory: Running, items: readonly Json[]): Running {
  if (items.length === 0) return memory;
  const next = new Running();
  next.a = memory.a;
  next.b = memory.b;
  for (const item of items) next.add(lanes(JSON.stringify(item)));
  return next;
}

function paid(
  returns: readonly number[],
  rewards: Rewards | undefined,
  weights: { readonly [part: string]: number },
): readonly number[] {
  if (rewards === undefined) return returns;
  return returns.map((sum, seat) => {
    let total = sum;
    for (const [part, amount] of Object.entries(rewards[seat] ?? {})) total += amount * (weights[part] ?? 0);
    return total;
  });
}
