import type { Viewer } from '../../src/core/environment.js';
import { type Role, seatsOf } from './config.js';
import { has } from './seats.js';
import { deadIn, dyingHunter, halfOfDeath, hasPotion, roundOf, shownOf, teamOf, winnerOf } from './table.js';
import type { Half, Round, State, Team, View } from './types.js';

/** What a viewer knows of the roles, filled in as it is worked out. */
type Known = { readonly roles: (Role | null)[]; readonly teams: (Team | null)[] };

export function view(state: State, viewer: Viewer): View {
  const you = typeof viewer === 'number' ? viewer : null;
  const role = you === null ? null : (state.roles[you] ?? null);
  const known = knownTo(state, viewer, role);
  return {
    you,
    role,
    round: state.rounds.length,
    phase: phaseOf(state),
    alive: aliveOf(state),
    roles: known.roles,
    teams: known.teams,
    rounds: viewer === 'all' ? state.rounds : roundsOf(state, you, role),
    ...(role === 'witch' && you !== null ? { potions: potionsOf(state, you) } : {}),
    winner: state.stage === 'over' ? (winnerOf(state) ?? 'nobody') : null,
  };
}

function aliveOf({ config, rounds }: State): boolean[] {
  let dead = 0;
  for (const round of rounds) dead |= deadIn(round);
  const alive: boolean[] = [];
  const seats = seatsOf(config);
  for (let seat = 0; seat < seats; seat++) alive.push(!has(dead, seat));
  return alive;
}

/** The phase that was announced last. */
function phaseOf(state: State): View['phase'] {
  switch (state.stage) {
    case 'over':
      return 'over';
    case 'order':
    case 'bid':
    case 'first':
    case 'talk':
      return 'discussion';
    case 'predict':
    case 'vote':
    case 'tie':
      return 'vote';
    case 'hunter':
      return halfOfDeath(roundOf(state), dyingHunter(state) as number) === 'night' ? 'night' : 'vote';
    default:
      return 'night';
  }
}

function potionsOf(state: State, seat: number): { heal: boolean; poison: boolean } {
  return { heal: hasPotion(state, seat, 'heal'), poison: hasPotion(state, seat, 'poison') };
}

function knownTo(state: State, viewer: Viewer, role: Role | null): Known {
  const seats = seatsOf(state.config);
  const known: Known = {
    roles: new Array<Role | null>(seats).fill(null),
    teams: new Array<Team | null>(seats).fill(null),
  };
  if (viewer === 'all' || state.stage === 'over') {
    for (const [seat, dealt] of state.roles.entries()) learn(known, seat, dealt);
    return known;
  }
  if (role !== null) learn(known, viewer as number, role);
  if (role === 'werewolf' && state.stage !== 'deal') learnPack(known, state);
  if (role === 'seer') learnChecked(known, state, viewer as number);
  if (state.config.reveal.night !== 'none' || state.config.reveal.day !== 'none') learnRevealed(known, state);
  return known;
}

function learn({ roles, teams }: Known, seat: number, shown: Role | Team | null): void {
  if (shown === null) return;
  if (shown === 'village') teams[seat] = shown;
  else {
    const role = shown === 'wolves' ? 'werewolf' : shown;
    roles[seat] = role;
    teams[seat] = teamOf(role);
  }
}

function learnPack(known: Known, { roles }: State): void {
  for (const [seat, role] of roles.entries()) if (role === 'werewolf') learn(known, seat, role);
}

function learnChecked(known: Known, { config, roles, rounds }: State, seer: number): void {
  for (const { targets } of rounds) {
    const target = targets[seer];
    if (target === undefined) continue;
    const seen = roles[target] as Role;
    learn(known, target, config.seer === 'role' ? seen : teamOf(seen));
  }
}

function learnRevealed(known: Known, state: State): void {
  const reveal = (seat: number, half: Half) => learn(known, seat, shownOf(state, seat, half));
  for (const round of state.rounds) {
    for (const seat of round.killed) reveal(seat, 'night');
    if (round.out !== null) reveal(round.out, 'day');
    for (const { seat, target } of round.shot) if (target >= 0) reveal(target, halfOfDeath(round, seat));
  }
}

/** The rounds without the secrets of others. A seat was told of a night only if it lived to see it fall. */
function roundsOf(state: State, you: number | null, role: Role | null): readonly Round[] {
  const nightFirst = state.config.first === 'night';
  let alive = you !== null;
  let used = 0;
  return state.rounds.map((round) => {
    const awake = alive && you !== null && (nightFirst || !diedByDay(round, you));
    if (alive && you !== null) alive = !has(deadIn(round), you);
    if (!awake) return { ...round, ...NO_NIGHT };
    if (role === 'werewolf') return { ...round, targets: targetsOfPack(state, round), potions: NONE };
    const brewing = role === 'witch' && used < 2;
    if (round.potions[you] !== undefined) used++;
    const victim = brewing ? round.victim : null;
    return { ...round, targets: only(round.targets, you), victim, potions: only(round.potions, you) };
  });
}

const NONE = {};
const NO_NIGHT = { targets: NONE, victim: null, potions: NONE };

function only<V>(bySeat: { readonly [seat: number]: V }, seat: number): { readonly [seat: number]: V } {
  const value = bySeat[seat];
  return value === undefined ? NONE : { [seat]: value };
}

function diedByDay(round: Round, you: number): boolean {
  if (round.out === you) return true;
  return round.shot.some(({ seat, target }) => target === you && halfOfDeath(round, seat) === 'day');
}

/** Wolves are told what each of them aims at. */
function targetsOfPack({ roles }: State, { targets }: Round): Round['targets'] {
  const seen: { [seat: number]: number } = {};
  for (const key of Object.keys(targets)) {
    const seat = Number(key);
    if (roles[seat] === 'werewolf') seen[seat] = targets[seat] as number;
  }
  return seen;
}
