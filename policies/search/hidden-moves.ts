import type { ActTurn, Environment, Moves, Seat } from '../../src/core/environment.js';
import type { Json } from '../../src/core/json.js';
import type { Rng } from '../../src/core/rng.js';
import type { Move } from '../../src/core/space.js';
import { choiceOf } from './rules.js';
import type { Told } from './told.js';

/** What may be played in a turn, with probabilities. */
export type Ways = readonly (readonly [Moves, number])[];

/** The moves of a turn that are open: the options of every seat but the one that knows its own move. */
export interface Open {
  readonly fixed: { readonly [seat: Seat]: Move };
  readonly seats: readonly { readonly seat: Seat; readonly ids: readonly string[] }[];
}

export function openMoves(turn: ActTurn, asked: readonly Seat[], fixed: { readonly [seat: Seat]: Move }): Open {
  const others = asked.filter((seat) => fixed[seat] === undefined);
  return { fixed, seats: others.map((seat) => ({ seat, ids: choiceOf(turn, seat).options.map(({ id }) => id) })) };
}

/** In how many ways the open moves can be made together. */
export function countOf({ seats }: Open): number {
  return seats.reduce((product, { ids }) => product * ids.length, 1);
}

/** All of them, each as likely. */
export function everyWay(open: Open): Ways {
  let picks: { readonly [seat: Seat]: Move }[] = [open.fixed];
  for (const { seat, ids } of open.seats) picks = picks.flatMap((pick) => ids.map((id) => ({ ...pick, [seat]: id })));
  return picks.map((seats) => [{ seats }, 1 / picks.length] as const);
}

/** So many of them, drawn with equal chances. */
export function someWays(open: Open, count: number, rng: Rng): Ways {
  return Array.from({ length: count }, () => [{ seats: drawnMoves(open, rng) }, 1 / count] as const);
}

/** How often all seats are gone through. */
const PASSES = 3;

/**
 * One of them that tells what was told, where drawing would not find any: one seat after another takes a move that
 * makes the events most alike to those told, one of the best at random, so that what the events do not tell stays
 * random. Null when that does not lead to the events told.
 */
export function guidedWay(
  environment: Environment,
  state: Json,
  open: Open,
  { told, heard }: { readonly told: Told; readonly heard: number },
  rng: Rng,
): Moves | null {
  let seats = drawnMoves(open, rng);
  for (let pass = 0; pass < PASSES; pass++) {
    for (const { seat, ids } of rng.shuffled(open.seats)) {
      const trials = rng.shuffled(ids).map((id) => ({ ...seats, [seat]: id }));
      const likeness = trials.map((trial) => told.likeness(environment.apply(state, { seats: trial }).events, heard));
      seats = trials[likeness.indexOf(Math.max(...likeness))] as typeof seats;
    }
    if (told.after(environment.apply(state, { seats }).events, heard) >= 0) return { seats };
  }
  return null;
}

function drawnMoves(open: Open, rng: Rng): { readonly [seat: Seat]: Move } {
  const seats: { [seat: Seat]: Move } = { ...open.fixed };
  for (const { seat, ids } of open.seats) seats[seat] = rng.pick(ids);
  return seats;
}
