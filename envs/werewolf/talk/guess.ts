import type { Json, JsonObject } from '../../../src/core/json.js';
import type { Role } from '../config.js';
import { has, size } from '../seats.js';
import { suspicion, trusts } from './belief.js';
import type { Memory } from './memory.js';
import { NAMES } from './template.js';

/**
 * The roles a talker takes the others for. As many of the worst suspects as there can be wolves left are wolves, claims
 * that are believed hold, and everybody else has the most common role.
 * @param limits as the space gives them: the players asked for and the roles of the game
 */
export function guess(memory: Memory, limits: Json | undefined): JsonObject {
  const { players, roles } = limits as { players: readonly string[]; roles: readonly Role[] };
  const asked = NAMES.flatMap((name, seat) => (players.includes(name) ? [seat] : []));
  const wolves = memory.isWolf ? memory.pack : likelyWolves(memory, asked);
  const answer: { [player: string]: Role } = {};
  for (const seat of asked)
    answer[NAMES[seat] as string] = has(wolves, seat) ? 'werewolf' : innocentRole(memory, seat, roles);
  return answer;
}

/** The worst suspects, as many as wolves may be left among those asked for. */
function likelyWolves(memory: Memory, asked: readonly number[]): number {
  const scores = suspicion(memory, true);
  const left = Math.max(1, memory.config.roles.werewolf - size(memory.provenWolves & ~memory.alive));
  const worst = [...asked].sort((a, b) => (scores[b] as number) - (scores[a] as number));
  return worst.slice(0, left).reduce((set, seat) => set | (1 << seat), 0);
}

function innocentRole(memory: Memory, seat: number, roles: readonly Role[]): Role {
  const seen = memory.seen.find(({ who }) => who === seat)?.finding;
  if (seen !== undefined && seen !== 'wolf' && seen !== 'village') return seen;
  const claim = memory.claims[seat];
  const believed = claim != null && claim !== 'werewolf' && roles.includes(claim);
  if (believed && (claim !== 'seer' || (trusts(memory, true)[seat] as number) > 0.4)) return claim;
  const commonest = [...roles].sort((a, b) => countOf(memory, b) - countOf(memory, a));
  return commonest[0] ?? 'villager';
}

/** How many of a role there are to be among others; wolves are counted elsewhere. */
function countOf({ config, role: own }: Memory, role: Role): number {
  return role === 'werewolf' ? -1 : config.roles[role] - (role === own ? 1 : 0);
}
