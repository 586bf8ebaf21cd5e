import type { Role } from './config.js';
import { everyone, has, list, one, type Seats, size, without } from './seats.js';
import type { Half, Round, State, Team } from './types.js';

/** Everything about a state that follows from it and is asked in many places. */

export function teamOf(role: Role): Team {
  return role === 'werewolf' ? 'wolves' : 'village';
}

export function roundOf({ rounds }: State): Round {
  return rounds[rounds.length - 1] as Round;
}

/** Who is alive. Those the wolves have chosen are, until the morning. */
export function living(state: State): Seats {
  let alive = everyone(state.roles.length);
  for (const round of state.rounds) alive &= ~deadIn(round);
  return alive;
}

export function deadIn({ killed, shot, out }: Round): Seats {
  let dead = out === null ? 0 : one(out);
  for (const seat of killed) dead |= one(seat);
  for (const { target } of shot) if (target >= 0) dead |= one(target);
  return dead;
}

/** Those of a set who hold a role. */
export function holders(state: State, role: Role, among: Seats): Seats {
  let set = 0;
  for (let seat = 0; seat < state.roles.length; seat++) {
    if (state.roles[seat] === role && has(among, seat)) set |= one(seat);
  }
  return set;
}

/** The wolves alive. */
export function pack(state: State): Seats {
  return holders(state, 'werewolf', living(state));
}

/** In which half of the round a seat died that a hunter or a vote or the night took. */
export function halfOfDeath(round: Round, seat: number): Half {
  return round.killed.includes(seat) ? 'night' : 'day';
}

/** The dying hunter who is still to shoot. One who was shot himself does not shoot back. */
export function dyingHunter(state: State): number | undefined {
  const { killed, out, shot } = roundOf(state);
  const owes = (seat: number) => state.roles[seat] === 'hunter' && !shot.some((done) => done.seat === seat);
  return killed.find(owes) ?? (out !== null && owes(out) ? out : undefined);
}

/** Who has won, or null while the game goes on. */
export function winnerOf(state: State): Team | null {
  const alive = living(state);
  const wolves = size(holders(state, 'werewolf', alive));
  const others = size(alive) - wolves;
  if (wolves === 0) return 'village';
  const enough = state.config.ending === 'parity' ? wolves >= others : others === 0;
  return enough ? 'wolves' : null;
}

/** Whether a witch has not used a potion yet. */
export function hasPotion({ rounds }: State, seat: number, potion: 'heal' | 'poison'): boolean {
  return rounds.every(({ potions }) => potions[seat] !== potion);
}

/** What everybody is shown of somebody who dies in a half of the round. */
export function shownOf({ config, roles }: State, seat: number, half: Half): Role | Team | null {
  const role = roles[seat] as Role;
  const reveal = config.reveal[half];
  return reveal === 'none' ? null : reveal === 'team' ? teamOf(role) : role;
}

/**
 * Who may speak or vote, in order: by number, or with rotating talk starting one later each day. Where chance or bids
 * choose the speaker this is no order, only who there is.
 */
export function lineUp(state: State, phase: 'discussion' | 'vote'): readonly number[] {
  const alive = living(state);
  if (phase === 'vote' || state.config.talk.order !== 'rotating') return list(alive);
  const first = (state.rounds.length - 1) % state.roles.length;
  const before = alive & (one(first) - 1);
  return [...list(alive & ~before), ...list(before)];
}

/** Everybody alive but one. */
export function others(state: State, seat: number): Seats {
  return without(living(state), seat);
}
