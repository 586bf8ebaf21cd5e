import {
  type ActTurn,
  actors,
  type Environment,
  type Event,
  isTold,
  type Moves,
  type Rewards,
  type Seat,
  type Turn,
  weightsOf,
} from '../src/core/environment.js';
import type { Json, JsonObject } from '../src/core/json.js';
import type { ActionSpace, Move } from '../src/core/space.js';

/**
 * Small games enumerated plainly through the contract. Takes environments whose moves are choices and whose chance is
 * listed, and throws a `TypeError` at anything else.
 */

/** One history, as `walk` reaches it. */
export interface Visit {
  readonly state: Json;
  readonly turn: Turn;
  /** Steps applied so far. */
  readonly steps: number;
  /** Weighted return of each seat so far. */
  readonly returns: readonly number[];
  /** What the last step told. */
  readonly events: readonly Event[];
}

/** Visits every history once, parents first. Seats that move at once make one step together. */
export function walk(environment: Environment, config: JsonObject, visit: (at: Visit) => void): void {
  const weights = weightsOf(environment.spec, config);
  const go = (state: Json, steps: number, returns: readonly number[], events: readonly Event[]): void => {
    const turn = environment.turn(state);
    visit({ state, turn, steps, returns, events });
    for (const moves of branches(turn)) {
      const step = environment.apply(state, moves);
      go(step.state, steps + 1, paid(returns, step.rewards, weights), step.events ?? []);
    }
  };
  go(environment.start(config), 0, nothing(environment, config), []);
}

/** What a seat knows when it is to move: one object for each sequence of events told to it and of its own moves. */
export interface InformationState {
  readonly seat: Seat;
  /** Ids of the options, in the order of the space. */
  readonly options: readonly string[];
  readonly view: Json;
}

/** A history, with those that go on from it: one for each outcome of chance, or for each option in order. */
export type Node =
  | { readonly kind: 'terminal'; readonly returns: readonly number[] }
  | { readonly kind: 'chance'; readonly chances: readonly number[]; readonly children: readonly Node[] }
  | { readonly kind: 'decision'; readonly at: InformationState; readonly children: readonly Node[] };

export interface Tree {
  readonly seats: number;
  readonly root: Node;
  readonly states: readonly InformationState[];
}

/**
 * The whole game as a tree. Seats that move at once decide one after another in seat order, each knowing nothing of the
 * moves already picked: these reach its information state only with the events of the step they make together.
 */
export function growTree(environment: Environment, config: JsonObject): Tree {
  return new Grower(environment, config).tree();
}

class Grower {
  readonly #environment: Environment;
  readonly #config: JsonObject;
  readonly #weights: { readonly [part: string]: number };
  /** Every sequence a seat can have heard, as a numbered path: known path and what came next give the longer path. */
  readonly #paths = new Map<string, number>();
  readonly #states = new Map<number, InformationState>();

  constructor(environment: Environment, config: JsonObject) {
    this.#environment = environment;
    this.#config = config;
    this.#weights = weightsOf(environment.spec, config);
  }

  tree(): Tree {
    const none = nothing(this.#environment, this.#config);
    const paths = none.map((_, seat) => this.#longer(-1 - seat, ''));
    const root = this.#grow(this.#environment.start(this.#config), paths, none);
    return { seats: none.length, root, states: [...this.#states.values()] };
  }

  #grow(state: Json, paths: readonly number[], returns: readonly number[]): Node {
    const turn = this.#environment.turn(state);
    if (turn.kind === 'over') return { kind: 'terminal', returns };
    if (turn.kind === 'act') return this.#decide(state, turn, actors(turn), {}, paths, returns);
    const outcomes = listed(turn);
    return {
      kind: 'chance',
      chances: outcomes.map(([, chance]) => chance),
      children: outcomes.map(([move]) => this.#after(state, { chance: move }, paths, returns)),
    };
  }

  #decide(
    state: Json,
    turn: ActTurn,
    seats: readonly Seat[],
    picked: { readonly [seat: number]: Move },
    paths: readonly number[],
    returns: readonly number[],
  ): Node {
    const [seat, ...later] = seats;
    if (seat === undefined) return this.#after(state, { seats: picked }, paths, returns);
    const at = this.#stateOf(seat, paths[seat] as number, state, turn.spaces[seat]);
    const children = at.options.map((id) =>
      this.#decide(state, turn, later, { ...picked, [seat]: id }, paths, returns),
    );
    return { kind: 'decision', at, children };
  }

  #after(state: Json, moves: Moves, paths: readonly number[], returns: readonly number[]): Node {
    const step = this.#environment.apply(state, moves);
    const total = paid(returns, step.rewards, this.#weights);
    // NOTE: half of all histories are ends, and what is heard there decides nothing.
    if (this.#environment.turn(step.state).kind === 'over') return { kind: 'terminal', returns: total };
    const heard = (step.events ?? []).map((event) => ({ event, text: JSON.stringify(event) }));
    const next = paths.map((path, seat) => {
      const move = 'seats' in moves ? moves.seats[seat] : undefined;
      const own = move === undefined ? path : this.#longer(path, `move ${JSON.stringify(move)}`);
      return heard.reduce((at, { event, text }) => (isTold(event, seat) ? this.#longer(at, text) : at), own);
    });
    return this.#grow(step.state, next, total);
  }

  #longer(path: number, came: string): number {
    const name = `${path} ${came}`;
    let longer = this.#paths.get(name);
    if (longer === undefined) {
      longer = this.#paths.size;
      this.#paths.set(name, longer);
    }
    return longer;
  }

  #stateOf(seat: Seat, path: number, state: Json, space: ActionSpace | undefined): InformationState {
    let known = this.#states.get(path);
    if (known === undefined) {
      known = { seat, options: optionsOf(space), view: this.#environment.view(state, seat) };
      this.#states.set(path, known);
    }
    return known;
  }
}

/** Every way a turn can go. */
function branches(turn: Turn): Moves[] {
  if (turn.kind === 'over') return [];
  if (turn.kind !== 'act') return listed(turn).map(([chance]) => ({ chance }));
  let picks: { readonly [seat: number]: Move }[] = [{}];
  for (const seat of actors(turn)) {
    const options = optionsOf(turn.spaces[seat]);
    picks = picks.flatMap((pick) => options.map((id) => ({ ...pick, [seat]: id })));
  }
  return picks.map((seats) => ({ seats }));
}

function listed(turn: Turn): readonly (readonly [Move, number])[] {
  if (turn.kind === 'chance' && 'outcomes' in turn) return turn.outcomes;
  throw new TypeError(`a ${turn.kind} turn lists no outcomes`);
}

function optionsOf(space: ActionSpace | undefined): readonly string[] {
  if (space?.kind === 'choice') return space.options.map(({ id }) => id);
  throw new TypeError(`only choices can be enumerated, not ${space?.kind}`);
}

function nothing(environment: Environment, config: JsonObject): readonly number[] {
  return new Array<number>(environment.spec.facts(config).seats).fill(0);
}

function paid(
  returns: readonly number[],
  rewards: Rewards | undefined,
  weights: { readonly [part: string]: number },
): readonly number[] {
  if (rewards === undefined) return returns;
  return returns.map((amount, seat) => {
    const parts = Object.entries(rewards[seat] ?? {});
    return parts.reduce((total, [part, value]) => total + value * (weights[part] ?? 0), amount);
  });
}
