import type { Rng } from '../../../src/core/rng.js';
import { has } from '../seats.js';
import type { Why } from './acts.js';
import { type Suspicion, trusts } from './belief.js';
import type { Memory } from './memory.js';

/** How far a seer must be believed for his checks to be given as a reason. */
const BELIEVED = 0.4;

/** Grounds that really are there; a second player where the reason names one. */
export type Reason = { readonly why: Why; readonly whom: number | null };

/** One of the grounds against a player, drawn at random; null when nothing that happened speaks against him. */
export function reasonAgainst(memory: Memory, who: number, scores: Suspicion, rng: Rng): Reason | null {
  const found: Reason[] = [];
  checksOf(memory, who, found);
  if (has(memory.turned, who)) found.push({ why: 'turned', whom: null });
  if (has(memory.voters[memory.me] as number, who)) found.push({ why: 'votedMe', whom: null });
  if (has(memory.accusersToday[memory.me] as number, who)) found.push({ why: 'pushedMe', whom: null });
  if ((memory.idle[who] as number) > 0) found.push({ why: 'quiet', whom: null });
  for (let other = 0; other < memory.seats; other++) {
    if (other !== who && other !== memory.me) dealings(memory, who, other, scores, found);
  }
  return found.length === 0 ? null : rng.pick(found);
}

/** One of the grounds for a player. */
export function reasonFor(memory: Memory, who: number, scores: Suspicion, rng: Rng): Reason | null {
  const found: Reason[] = [];
  const trust = trusts(memory, !memory.isWolf);
  for (const told of memory.told) {
    const good = told.finding !== 'wolf' && told.who === who && told.by !== memory.me;
    if (good && (trust[told.by] as number) > BELIEVED) found.push({ why: 'cleared', whom: told.by });
  }
  for (let other = 0; other < memory.seats; other++) {
    if (other === memory.me || (scores[other] as number) < 1) continue;
    if (has(memory.voters[other] as number, who)) found.push({ why: 'helped', whom: other });
  }
  const claim = memory.claims[who];
  if (claim != null && claim !== 'villager' && rivalOf(memory, who) < 0) found.push({ why: 'claimed', whom: null });
  return found.length === 0 ? null : rng.pick(found);
}

/** Somebody else who claims the same special role; -1 when there is none. */
export function rivalOf(memory: Memory, who: number): number {
  const claim = memory.claims[who];
  if (claim == null || claim === 'villager' || claim === 'werewolf') return -1;
  return memory.claims.findIndex((other, seat) => other === claim && seat !== who);
}

function checksOf(memory: Memory, who: number, found: Reason[]): void {
  const trust = trusts(memory, !memory.isWolf);
  for (const told of memory.told) {
    if (told.who !== who || told.finding !== 'wolf' || told.by === memory.me) continue;
    if ((trust[told.by] as number) < BELIEVED) continue;
    found.push({ why: 'checked', whom: told.by }, { why: 'checked', whom: told.by });
  }
  const rival = rivalOf(memory, who);
  if (rival >= 0 && rival !== memory.me) found.push({ why: 'rival', whom: rival });
}

/** What a player did to another that looks bad now. */
function dealings(memory: Memory, who: number, other: number, scores: Suspicion, found: Reason[]): void {
  const innocent = has(memory.provenOthers, other);
  if (innocent && has(memory.voters[other] as number, who)) found.push({ why: 'voted', whom: other });
  if (innocent && has(memory.accusers[other] as number, who)) found.push({ why: 'pushed', whom: other });
  if (has(memory.accusers[who] as number, other) && has(memory.killed, other))
    found.push({ why: 'outlived', whom: other });
  const suspect = (scores[other] as number) > 1;
  if (suspect && has(memory.defenders[other] as number, who)) found.push({ why: 'defended', whom: other });
}
