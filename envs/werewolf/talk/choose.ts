import type { Rng } from '../../../src/core/rng.js';
import type { ChoiceSpace } from '../../../src/core/space.js';
import { has } from '../seats.js';
import { targetOf } from '../spaces.js';
import type { Memory } from './memory.js';

/** The first word of an option id: what it does. */
export function verbOf(id: string): string {
  const space = id.indexOf(' ');
  return space < 0 ? id : id.slice(0, space);
}

export type Choice = { readonly id: string; readonly target: number; readonly score: number };

/** The option whose target scores best, with noise; options without a target, and `-Infinity`, are passed over. */
export function best(
  space: ChoiceSpace,
  score: (target: number, id: string) => number,
  noise: number,
  rng: Rng,
): Choice | null {
  let chosen: Choice | null = null;
  for (const { id } of space.options) {
    const target = targetOf(id);
    if (target < 0) continue;
    const value = score(target, id) + noise * rng.float();
    if (value > (chosen?.score ?? Number.NEGATIVE_INFINITY)) chosen = { id, target, score: value };
  }
  return chosen;
}

/** The living player other than oneself who scores best, with noise; -1 when nobody may be chosen. */
export function bestSeat(memory: Memory, score: (seat: number) => number, noise: number, rng: Rng): number {
  let chosen = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (let seat = 0; seat < memory.seats; seat++) {
    if (seat === memory.me || !has(memory.alive, seat)) continue;
    const value = score(seat) + noise * rng.float();
    if (value > most) {
      most = value;
      chosen = seat;
    }
  }
  return chosen;
}

/** The favourite of a talker that has one: the living player with the lowest number who is neither itself nor a mate. */
export function favourite(memory: Memory): number {
  for (let seat = 0; seat < memory.seats; seat++) {
    if (seat !== memory.me && has(memory.alive, seat) && !has(memory.pack, seat)) return seat;
  }
  return -1;
}
