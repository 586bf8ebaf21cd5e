import type { Rng } from '../../../src/core/rng.js';
import { has, size } from '../seats.js';
import { type Act, act } from './acts.js';
import { heat, type Suspicion, suspicion } from './belief.js';
import { bestSeat, favourite } from './choose.js';
import type { Memory, Told } from './memory.js';
import { reasonAgainst, reasonFor } from './reasons.js';
import type { Mood } from './styles.js';

/** What an honest player says now, most important first. */
export function villageSpeech(memory: Memory, mood: Mood, rng: Rng): Act[] {
  const acts: Act[] = [];
  const scores = suspicion(memory, true);
  const suspect = mainSuspect(memory, mood, scores, rng);
  disclose(memory, mood, rng, acts);
  if (acts.length === 0 && rng.float() < mood.style.idle) return [act('pass')];
  stance(memory, suspect, scores, rng, acts);
  if (rng.float() < mood.style.wordy) aside(memory, suspect, scores, rng, acts);
  return acts;
}

/** Whom to speak against. */
function mainSuspect(memory: Memory, { style }: Mood, scores: Suspicion, rng: Rng): number {
  if (rng.float() < style.favours) return favourite(memory);
  return bestSeat(memory, (seat) => (scores[seat] as number) + 0.5 * heat(memory, scores, seat), style.noise, rng);
}

/** Telling one's role and what goes with it, where the time has come. */
function disclose(memory: Memory, mood: Mood, rng: Rng, acts: Act[]): void {
  if (memory.role === 'seer') {
    discloseChecks(memory, mood, rng, acts);
    return;
  }
  const impostor = impostorOf(memory);
  const pressed = underFire(memory);
  if (memory.claims[memory.me] == null) {
    if (memory.role === 'villager') {
      if (pressed && rng.float() < 0.3) acts.push(act('claim', null, { role: 'villager' }));
      return;
    }
    if (impostor >= 0) acts.push(act('counter', impostor, { role: memory.role }));
    else if (pressed) acts.push(act('claim', null, { role: memory.role }));
    else return;
  }
  discloseSave(memory, acts);
}

/** A doctor who has come out tells whom he kept alive. */
function discloseSave(memory: Memory, acts: Act[]): void {
  const guards = memory.role === 'doctor' || memory.role === 'bodyguard';
  if (!guards || !memory.quietNight || memory.lastTarget < 0 || memory.lastTarget === memory.me) return;
  if (!memory.mine.some(({ kind }) => kind === 'save')) acts.push(act('save', memory.lastTarget));
}

function discloseChecks(memory: Memory, mood: Mood, rng: Rng, acts: Act[]): void {
  const { me } = memory;
  const silent = memory.seen.filter((check) => !hasTold(memory, check));
  const open = memory.claims[me] === 'seer';
  if (!open) {
    const impostor = impostorOf(memory);
    const wolf = memory.seen.some(({ who, finding }) => finding === 'wolf' && has(memory.alive, who));
    const tells = mood.style.tellsWolf;
    if (!mustTell(memory, mood, wolf, impostor, tells, rng)) return;
    if (impostor >= 0) acts.push(act('counter', impostor, { role: 'seer' }));
    else acts.push(act('claim', null, { role: 'seer' }));
  }
  silent.sort((a, b) => rank(memory, b) - rank(memory, a));
  for (const { who, finding, round } of silent.slice(0, 2)) {
    acts.push(act('check', who, { finding, fresh: round === memory.round }));
  }
}

function mustTell(memory: Memory, mood: Mood, wolf: boolean, impostor: number, tells: number, rng: Rng): boolean {
  if (tells === 0) return false;
  if (wolf || impostor >= 0) return rng.float() < tells;
  if (memory.seen.length > 0 && underFire(memory)) return rng.float() < tells;
  return mood.tellsVillage && memory.seen.length > 0;
}

/** Wolves first, then the latest check. */
function rank(memory: Memory, { finding, who, round }: Told): number {
  return (finding === 'wolf' ? 100 : 0) + (has(memory.alive, who) ? 50 : 0) + round;
}

export function hasTold(memory: Memory, { who }: Told): boolean {
  return memory.told.some((told) => told.by === memory.me && told.who === who);
}

/** Somebody who claims a role that only this seat can have; -1 when there is none alive. */
export function impostorOf(memory: Memory): number {
  if (memory.role === 'villager' || memory.config.roles[memory.role] !== 1) return -1;
  for (let seat = 0; seat < memory.seats; seat++) {
    if (seat !== memory.me && memory.claims[seat] === memory.role && has(memory.alive, seat)) return seat;
  }
  return -1;
}

/** Two accusers today, or most of those who have spoken. */
export function underFire(memory: Memory): boolean {
  const accusers = size(memory.accusersToday[memory.me] as number);
  return accusers >= 2 || (accusers === 1 && size(memory.spoken) <= 2);
}

/** Where the speaker stands: against his suspect, as sure as he is. */
function stance(memory: Memory, suspect: number, scores: Suspicion, rng: Rng, acts: Act[]): void {
  if (suspect < 0) return;
  const score = scores[suspect] as number;
  const check = acts.find(({ kind, finding }) => kind === 'check' && finding === 'wolf');
  if (check !== undefined) acts.push(act('call', check.who));
  else acts.push(against(memory, suspect, score, scores, rng));
}

function against(memory: Memory, suspect: number, score: number, scores: Suspicion, rng: Rng): Act {
  const reason = reasonAgainst(memory, suspect, scores, rng) ?? {};
  const again = memory.mine.some(({ kind, who }) => kind === 'accuse' && who === suspect);
  if (again || (score > 3 && rng.float() < 0.5)) return act('call', suspect, reason);
  const sure = score + heat(memory, scores, suspect);
  if (sure > 0.5 || rng.float() < 0.6) return act('accuse', suspect, reason);
  return rng.float() < 0.5 ? act('doubt', suspect, reason) : act('ask', suspect);
}

/** One more thing: an answer to accusers, a word for a friend, agreement, a question. */
function aside(memory: Memory, suspect: number, scores: Suspicion, rng: Rng, acts: Act[]): void {
  if (memory.accusersToday[memory.me] !== 0 && rng.float() < 0.7) {
    acts.push(act('deny'));
    return;
  }
  const friend = bestSeat(memory, (seat) => -(scores[seat] as number), 0.5, rng);
  const good = friend >= 0 && friend !== suspect && (scores[friend] as number) < -0.8;
  if (good && rng.float() < 0.5) {
    acts.push(act('defend', friend, reasonFor(memory, friend, scores, rng) ?? {}));
    return;
  }
  const ally = suspect < 0 ? -1 : allyAgainst(memory, suspect, scores);
  if (ally >= 0) acts.push(act('agree', ally));
  else askSomebody(memory, suspect, rng, acts);
}

/** Somebody credible who accused the same player today. */
function allyAgainst(memory: Memory, suspect: number, scores: Suspicion): number {
  const accusers = memory.accusersToday[suspect] as number;
  for (let seat = 0; seat < memory.seats; seat++) {
    if (seat !== memory.me && has(accusers, seat) && (scores[seat] as number) < 1) return seat;
  }
  return -1;
}

export function askSomebody(memory: Memory, suspect: number, rng: Rng, acts: Act[]): void {
  const asked = bestSeat(memory, (seat) => (seat === suspect || has(memory.spoken, seat) ? -1 : 0), 1, rng);
  if (asked >= 0 && asked !== suspect) acts.push(act('ask', asked));
}
