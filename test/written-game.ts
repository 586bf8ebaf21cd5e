import { z } from 'zod';
import {
  type Environment,
  type Event,
  environment,
  type Moves,
  type Rewards,
  type Turn,
} from '../src/core/environment.js';
import { type ActionSpace, choice } from '../src/core/space.js';

/** A game written out in a test, history by history. */
export interface Scene {
  readonly turn: Turn;
  /** What follows from the moves made there. */
  readonly next: (moves: Moves) => Written;
}

/** A scene and what leads into it tells and pays. */
export interface Written {
  readonly scene: Scene;
  readonly events?: readonly Event[];
  readonly rewards?: Rewards;
}

export const OVER: Scene = { turn: { kind: 'over', outcome: 'over', truncated: false }, next: () => ({ scene: OVER }) };

/** An ending that pays seat 0, seat 1, ... these amounts. */
export function paying(...amounts: readonly number[]): Written {
  return { scene: OVER, rewards: Object.fromEntries(amounts.map((amount, seat) => [seat, { points: amount }])) };
}

/** One seat chooses. */
export function asks(seat: number, next: { readonly [option: string]: Written }): Scene {
  return {
    turn: { kind: 'act', spaces: { [seat]: choice(Object.keys(next)) } },
    next: (moves) => next[(moves as { seats: { [seat: number]: string } }).seats[seat] as string] as Written,
  };
}

/** Several seats choose at once; what follows depends on their moves in seat order. */
export function asksAll(
  spaces: { readonly [seat: number]: ActionSpace },
  next: (...moves: readonly string[]) => Written,
): Scene {
  const moved = ({ seats }: { readonly seats: { readonly [seat: number]: unknown } }) =>
    Object.values(seats) as string[];
  return { turn: { kind: 'act', spaces }, next: (moves) => next(...moved(moves as never)) };
}

/** Chance takes one of these, in order. */
export function draws(...outcomes: readonly (readonly [probability: number, Written])[]): Scene {
  return {
    turn: { kind: 'chance', outcomes: outcomes.map(([probability], index) => [index, probability] as const) },
    next: (moves) => (outcomes[(moves as { chance: number }).chance] as (typeof outcomes)[number])[1],
  };
}

/** Tells the seats something on the way into a scene. */
export function telling(scene: Scene, ...events: readonly (readonly [to: Event['to'], what: string])[]): Written {
  return { scene, events: events.map(([to, what]) => ({ to, kind: 'told', what })) };
}

/** The written game as an environment: its state is the list of moves made. */
export function written(seats: number, start: Scene, weight = 1): Environment {
  const sceneAt = (path: readonly Moves[]) => path.reduce((scene, moves) => scene.next(moves).scene, start);
  return environment<Moves[] & readonly never[], Record<string, never>>({
    spec: {
      id: 'written',
      version: '1.0.0',
      title: 'Written',
      summary: 'a game of a test',
      config: z.strictObject({}),
      rewards: { points: { says: 'points', weight, told: 'end' } },
      events: { told: { told: 'its addressees', says: 'a word' } },
      facts: () => ({
        seats,
        information: 'imperfect',
        chance: 'listed',
        calls: false,
        dynamics: 'simultaneous',
        utility: { kind: 'general', min: -100, max: 100 },
        horizon: 20,
      }),
      rules: () => 'as written',
    },
    start: () => [] as never,
    turn: (path) => sceneAt(path).turn,
    apply: (path, moves) => {
      const { events = [], rewards = {} } = sceneAt(path).next(moves);
      return { state: [...path, moves] as never, events, rewards };
    },
    view: () => null,
    say: (event) => String(event.what),
  });
}
