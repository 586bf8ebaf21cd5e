import type { Moves, Turn } from '../../src/core/environment.js';
import { ROLES, type Role, seatsOf } from './config.js';
import { change, type Draft, tell } from './draft.js';
import { list, remember } from './seats.js';
import { pack } from './table.js';
import type { State } from './types.js';

/** NOTE: a hand of cards left is told by how many there are of each role, a number to the base of 21. */
const BASE = 21;

const turns = remember((left) => {
  const counts = ROLES.map((_, index) => Math.floor(left / BASE ** index) % BASE);
  const cards = counts.reduce((sum, count) => sum + count, 0);
  const outcomes = ROLES.map((role, index) => [role, (counts[index] as number) / cards] as const);
  return { kind: 'chance', outcomes: outcomes.filter(([, probability]) => probability > 0) } satisfies Turn;
});

/** The next seat gets one of the cards left, each equally likely. */
export function dealTurn({ config, roles }: State): Turn {
  let left = 0;
  for (const [index, role] of ROLES.entries()) left += config.roles[role] * BASE ** index;
  for (const role of roles) left -= BASE ** ROLES.indexOf(role);
  return turns(left);
}

/** Gives the next seat its role; true when all have one and the wolves have met. */
export function deal(draft: Draft, moves: Moves): boolean {
  const role = ('chance' in moves ? moves.chance : 'villager') as Role;
  const { roles, config } = draft.state;
  change(draft, { roles: [...roles, role] });
  tell(draft, { to: [roles.length], kind: 'role', seat: roles.length, role });
  if (roles.length + 1 < seatsOf(config)) return false;
  const wolves = list(pack(draft.state));
  tell(draft, { to: wolves, kind: 'mates', seats: wolves });
  return true;
}
