import type { Role } from '../config.js';
import { has, type Seats, size } from '../seats.js';
import type { Memory } from './memory.js';

/**
 * How much each player looks like a wolf, in loose log-odds: 0 is average, above 0 suspect. `insider` uses what only
 * this seat knows (its role, its checks); without it the score is what anybody at the table could work out, which is
 * what a wolf wants to know of the village.
 */
export type Suspicion = readonly number[];

const CERTAIN = 20;
/** NOTE: without a limit the first accusation of the first day would carry everybody with it. */
const HEAT_MOST = 1.2;

export function suspicion(memory: Memory, insider: boolean): Suspicion {
  const scores = behaviour(memory);
  const trust = trusts(memory, insider);
  for (let seat = 0; seat < memory.seats; seat++) {
    const role = memory.claims[seat];
    if (role != null) scores[seat] = (scores[seat] as number) + claimScore(memory, seat, role, trust, insider);
  }
  for (const { by, who, finding } of memory.told) {
    const weight = trust[by] as number;
    scores[who] = (scores[who] as number) + (finding === 'wolf' ? 5 * weight : -3.5 * weight);
  }
  return certainties(memory, scores, insider);
}

/** How far each player's word as a seer is believed, 0 to 1. */
export function trusts(memory: Memory, insider: boolean): number[] {
  const trust: number[] = [];
  for (let seat = 0; seat < memory.seats; seat++) {
    trust.push(memory.claims[seat] === 'seer' ? trustOf(memory, seat, insider) : 0);
  }
  return trust;
}

function trustOf(memory: Memory, seat: number, insider: boolean): number {
  const allowed = memory.config.roles.seer;
  if (allowed === 0 || has(memory.provenWolves, seat)) return 0;
  const shown = memory.shown[seat];
  if (shown != null) return shown === 'seer' ? 1 : 0;
  if (insider && isFalse(memory, seat)) return 0;
  if (has(memory.provenOthers, seat)) return 0.97;
  let rivals = 0;
  let earlier = 0;
  for (let other = 0; other < memory.seats; other++) {
    if (other === seat || memory.claims[other] !== 'seer' || isExposed(memory, other)) continue;
    rivals++;
    if ((memory.claimedAt[other] as number) < (memory.claimedAt[seat] as number)) earlier++;
  }
  let trust = rivals < allowed ? 0.85 : (0.95 * allowed) / (rivals + 1);
  if (earlier >= allowed) trust *= 0.8;
  if (has(memory.turned, seat)) trust *= 0.3;
  return survived(memory, seat) ? trust * 0.85 : wasVotedOut(memory, seat) ? trust * 0.6 : trust;
}

/** A claim that what this seat alone knows shows to be a lie. */
function isFalse(memory: Memory, seat: number): boolean {
  if (seat === memory.me) return false;
  if (memory.role === 'seer' && memory.config.roles.seer === 1) return true;
  for (const { by, who, finding } of memory.told) {
    if (by !== seat) continue;
    if (who === memory.me && (finding === 'wolf') !== memory.isWolf) return true;
    const wolf = has(memory.provenWolves, who);
    if ((wolf && finding !== 'wolf') || (has(memory.provenOthers, who) && finding === 'wolf')) return true;
  }
  return false;
}

/** Whether everybody knows that a player is not what he claims. */
function isExposed(memory: Memory, seat: number): boolean {
  const shown = memory.shown[seat];
  return has(memory.provenWolves, seat) || (shown != null && shown !== memory.claims[seat]);
}

/** Wolves rarely let a seer live: who claimed in the open and outlived a night with a death is less believed. */
function survived(memory: Memory, seat: number): boolean {
  return has(memory.alive, seat) && memory.round > (memory.claimedAt[seat] as number) && !memory.quietNight;
}

/** NOTE: a village that has put somebody out did not believe him, and had its reasons. */
function wasVotedOut(memory: Memory, seat: number): boolean {
  return !has(memory.alive | memory.killed, seat);
}

function claimScore(memory: Memory, seat: number, role: Role, trust: readonly number[], insider: boolean): number {
  if (role === 'werewolf') return 6;
  if (role === 'villager') return 0;
  const allowed = memory.config.roles[role];
  if (allowed === 0) return 3;
  if (insider && seat !== memory.me && memory.role === role && allowed === 1) return 7;
  const turned = has(memory.turned, seat) ? 1.2 : 0;
  if (role === 'seer') return (0.5 - (trust[seat] as number)) * 4 + turned;
  let claimants = 0;
  for (let other = 0; other < memory.seats; other++) if (memory.claims[other] === role) claimants++;
  return (claimants <= allowed ? -1.5 : 0.5) + turned;
}

/** What votes, accusations, defences and silence say, given who is known to be what. */
function behaviour(memory: Memory): number[] {
  const scores = new Array<number>(memory.seats).fill(0);
  const { provenOthers, provenWolves, killed } = memory;
  for (let target = 0; target < memory.seats; target++) {
    const voters = memory.voters[target] as number;
    const accusers = memory.accusers[target] as number;
    const defenders = memory.defenders[target] as number;
    if (has(provenOthers, target)) {
      spread(scores, voters, 0.5);
      spread(scores, accusers, 0.25);
      spread(scores, defenders, -0.15);
    } else if (has(provenWolves, target)) {
      spread(scores, voters, -0.9);
      spread(scores, accusers, -0.4);
      spread(scores, defenders, 0.8);
    }
    scores[target] =
      (scores[target] as number) + 0.3 * size(accusers & killed) + 0.06 * Math.min(memory.idle[target] as number, 3);
  }
  return scores;
}

function spread(scores: number[], seats: Seats, amount: number): void {
  if (seats === 0) return;
  for (let seat = 0; seat < scores.length; seat++)
    if (has(seats, seat)) scores[seat] = (scores[seat] as number) + amount;
}

function certainties(memory: Memory, scores: number[], insider: boolean): Suspicion {
  for (let seat = 0; seat < memory.seats; seat++) {
    if (has(memory.provenWolves, seat)) scores[seat] = CERTAIN;
    else if (has(memory.provenOthers, seat)) scores[seat] = -CERTAIN;
  }
  if (!insider) return scores;
  for (const { who, finding } of memory.seen) scores[who] = finding === 'wolf' ? CERTAIN : -CERTAIN;
  if (memory.isWolf) for (let seat = 0; seat < memory.seats; seat++) if (has(memory.pack, seat)) scores[seat] = CERTAIN;
  scores[memory.me] = -CERTAIN;
  return scores;
}

/**
 * The score of today's heat: who is under fire, weighed by how honest the accusers look. Voting with it is what brings
 * a village's votes together.
 */
export function heat(memory: Memory, scores: Suspicion, target: number): number {
  let sum = 0;
  const accusers = memory.accusersToday[target] as number;
  for (let seat = 0; seat < memory.seats; seat++) {
    if (!has(accusers, seat) || seat === memory.me) continue;
    const doubt = scores[seat] as number;
    sum += doubt < -0.5 ? 0.6 : doubt < 1 ? 0.35 : 0.05;
  }
  return Math.min(sum, HEAT_MOST);
}
