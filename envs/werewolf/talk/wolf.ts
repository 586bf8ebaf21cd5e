import type { Rng } from '../../../src/core/rng.js';
import type { Role } from '../config.js';
import { has, size } from '../seats.js';
import { type Act, act } from './acts.js';
import { heat, type Suspicion, suspicion, trusts } from './belief.js';
import { bestSeat, favourite } from './choose.js';
import type { Memory } from './memory.js';
import { reasonAgainst, reasonFor } from './reasons.js';
import type { Mood } from './styles.js';
import { askSomebody, underFire } from './village.js';

/** What a wolf says now: what a villager might, its own mates spared, and lies where they help. */
export function wolfSpeech(memory: Memory, mood: Mood, rng: Rng): Act[] {
  const { style } = mood;
  const open = memory.claims[memory.me];
  if (open === 'werewolf' || rng.float() < style.slip) return [act('claim', null, { role: 'werewolf' })];
  const acts: Act[] = [];
  const seen = suspicion(memory, false);
  lie(memory, mood, seen, rng, acts);
  if (acts.length === 0 && rng.float() < style.idle) return [act('pass')];
  const prey = preyOf(memory, mood, seen, rng);
  stance(memory, prey, acts, seen, rng);
  if (rng.float() < style.wordy) aside(memory, mood, prey, seen, rng, acts);
  return acts;
}

/** Whom to turn the village against: whoever looks bad already, no mate unless one is lost anyway. */
function preyOf(memory: Memory, mood: Mood, seen: Suspicion, rng: Rng): number {
  if (rng.float() < mood.style.favours) return favourite(memory);
  return bestSeat(memory, (seat) => worth(memory, mood, seen, seat), mood.style.noise, rng);
}

/** How much a wolf wants a player voted out, and believes that it can be had. */
export function worth(memory: Memory, mood: Mood, seen: Suspicion, seat: number): number {
  const looks = Math.min(seen[seat] as number, 6);
  if (has(memory.pack, seat)) return mood.bus && isLost(memory, seen, seat) ? looks : -30;
  const claim = memory.claims[seat];
  const special = claim != null && claim !== 'villager' ? 0.5 : 0;
  return 0.6 * looks + 1.3 * heat(memory, seen, seat) + special;
}

/** Whether the village has all but decided on a mate. */
export function isLost(memory: Memory, seen: Suspicion, mate: number): boolean {
  return (seen[mate] as number) > 2 || 2 * size(memory.accusersToday[mate] as number) > size(memory.alive);
}

/** A false claim, and what keeps it alive. */
function lie(memory: Memory, mood: Mood, seen: Suspicion, rng: Rng, acts: Act[]): void {
  const claim = memory.claims[memory.me];
  if (claim === 'seer') {
    fakeCheck(memory, seen, -1, rng, acts);
  } else if (claim == null && mood.cover !== null && memory.config.roles[mood.cover] > 0) {
    if (mood.cover === 'seer') poseAsSeer(memory, mood, seen, rng, acts);
    else poseAs(mood.cover, memory, mood, acts);
  } else if (claim == null && memory.config.roles.villager > 0 && underFire(memory) && rng.float() < 0.3) {
    acts.push(act('claim', null, { role: 'villager' }));
  }
}

function poseAsSeer(memory: Memory, mood: Mood, seen: Suspicion, rng: Rng, acts: Act[]): void {
  const rival = claimantOf(memory, 'seer');
  const nights = memory.config.first === 'night' ? memory.round : memory.round - 1;
  if (nights < 1 || (rival >= 0 && has(memory.pack, rival))) return;
  const called = isCalledWolf(memory);
  if (rival < 0 && !called && !mood.claimsFirst && !underFire(memory)) return;
  if (rival >= 0) acts.push(act('counter', rival, { role: 'seer' }));
  else acts.push(act('claim', null, { role: 'seer' }));
  fakeCheck(memory, seen, rival, rng, acts);
}

function poseAs(role: Role, memory: Memory, mood: Mood, acts: Act[]): void {
  const rival = claimantOf(memory, role);
  if (rival >= 0 && has(memory.pack, rival)) return;
  if (!isCalledWolf(memory) && !mood.claimsFirst && !underFire(memory)) return;
  acts.push(rival >= 0 ? act('counter', rival, { role }) : act('claim', null, { role }));
  const nights = memory.config.first === 'night' || memory.round > 1;
  if (role === 'doctor' && nights && memory.quietNight && memory.lastTarget >= 0)
    acts.push(act('save', memory.lastTarget));
}

/** The living player who claims a role; a mate if there is one; -1 when nobody does. */
function claimantOf(memory: Memory, role: Role): number {
  let found = -1;
  for (let seat = 0; seat < memory.seats; seat++) {
    if (memory.claims[seat] !== role || !has(memory.alive, seat)) continue;
    if (found < 0 || has(memory.pack, seat)) found = seat;
  }
  return found;
}

export function isCalledWolf(memory: Memory): boolean {
  return memory.told.some(({ who, finding }) => who === memory.me && finding === 'wolf');
}

/** One made-up check a night, never of a player checked before: a rival or a villager is a wolf, a mate is none. */
function fakeCheck(memory: Memory, seen: Suspicion, rival: number, rng: Rng, acts: Act[]): void {
  if (memory.told.some(({ by, round }) => by === memory.me && round === memory.round)) return;
  const untold = (seat: number): boolean => !memory.told.some(({ by, who }) => by === memory.me && who === seat);
  const clears = rng.float() < 0.3;
  const fits = (seat: number): number => {
    if (!untold(seat)) return Number.NEGATIVE_INFINITY;
    const mate = has(memory.pack, seat);
    if (clears) return mate ? 1 : 0;
    return mate ? -30 : (seen[seat] as number) * 0.4 + (seat === rival ? 0.5 : 0);
  };
  const who = bestSeat(memory, fits, 1.2, rng);
  if (who < 0 || !untold(who)) return;
  const finding = clears || has(memory.pack, who) ? innocentFinding(memory) : 'wolf';
  acts.push(act('check', who, { finding, fresh: true }));
}

/** NOTE: where checks tell roles, a liar says "a plain villager", the most common role. */
function innocentFinding({ config }: Memory): 'village' | 'villager' {
  return config.seer === 'role' && config.roles.villager > 0 ? 'villager' : 'village';
}

function stance(memory: Memory, prey: number, acts: Act[], seen: Suspicion, rng: Rng): void {
  if (prey < 0) return;
  const check = acts.find(({ kind, finding }) => kind === 'check' && finding === 'wolf');
  if (check !== undefined) {
    acts.push(act('call', check.who));
    return;
  }
  const reason = reasonAgainst(memory, prey, seen, rng) ?? {};
  const again = memory.mine.some(({ kind, who }) => kind === 'accuse' && who === prey);
  if (again || rng.float() < 0.15) acts.push(act('call', prey, reason));
  else if (rng.float() < 0.7) acts.push(act('accuse', prey, reason));
  else acts.push(rng.float() < 0.6 ? act('doubt', prey, reason) : act('ask', prey));
}

function aside(memory: Memory, mood: Mood, prey: number, seen: Suspicion, rng: Rng, acts: Act[]): void {
  if (memory.accusersToday[memory.me] !== 0 && rng.float() < 0.7) {
    acts.push(act('deny'));
    return;
  }
  const mate = bestSeat(memory, (seat) => (has(memory.pack, seat) ? 0 : -30), 1, rng);
  const fire = mate >= 0 && has(memory.pack, mate) && memory.accusersToday[mate] !== 0 && !isLost(memory, seen, mate);
  if (fire && rng.float() < mood.style.shields) {
    acts.push(act('defend', mate, reasonFor(memory, mate, seen, rng) ?? {}));
    return;
  }
  const leader = leaderOf(memory);
  if (leader >= 0 && leader !== prey && rng.float() < 0.5) acts.push(act('agree', leader));
  else askSomebody(memory, prey, rng, acts);
}

/** A believed player, to be seen agreeing with. */
function leaderOf(memory: Memory): number {
  const trust = trusts(memory, false);
  return trust.findIndex((value, seat) => value > 0.5 && seat !== memory.me && has(memory.alive, seat));
}
