import type { Moves, Turn } from '../../src/core/environment.js';
import type { ActionSpace } from '../../src/core/space.js';
import type { Role } from './config.js';
import { announce, type Draft, drawn, enter, movesOf, onlyMove, record, tell } from './draft.js';
import { has, largest, last, list, one, type Seats, size, without } from './seats.js';
import { askAll, drawTurn, GUARD, KILL, potionSpace, SAVE, SEE, targetOf } from './spaces.js';
import { hasPotion, holders, living, others, pack, roundOf, shownOf, teamOf } from './table.js';
import type { State } from './types.js';

/** The night. Each `play...` gives true when the morning has come. */

export function beginNight(draft: Draft): void {
  announce(draft, 'night');
  const { state } = draft;
  enter(draft, state.config.kill === 'random' && size(pack(state)) > 1 ? 'wolf' : 'night');
}

export function wolfTurn(state: State): Turn {
  return drawTurn(pack(state));
}

export function playWolf(draft: Draft, moves: Moves): false {
  enter(draft, 'night', drawn(moves));
  return false;
}

/** The wolves asked in the first part of the night: all who vote, all but the last who propose, or the one drawn. */
function hunting(state: State): Seats {
  const wolves = pack(state);
  if (state.chosen !== null) return one(state.chosen);
  return state.config.kill === 'propose' && size(wolves) > 1 ? without(wolves, last(wolves)) : wolves;
}

export function nightTurn(state: State): Turn {
  const alive = living(state);
  const hunters = hunting(state);
  const spaces: { [seat: number]: ActionSpace } = {};
  for (const seat of list(alive)) {
    const space = nightSpace(state, seat, alive, hunters);
    if (space !== null && space.options.length > 0) spaces[seat] = space;
  }
  return { kind: 'act', spaces };
}

function nightSpace(state: State, seat: number, alive: Seats, hunters: Seats) {
  switch (state.roles[seat]) {
    case 'werewolf':
      return has(hunters, seat) ? killSpace(state, alive) : null;
    case 'seer':
      return SEE(without(alive, seat));
    case 'doctor': {
      const { self, repeat } = state.config.doctor;
      return SAVE(protectable(state, seat, alive, self, repeat));
    }
    case 'bodyguard':
      return GUARD(protectable(state, seat, alive, false, false));
    default:
      return null;
  }
}

function killSpace(state: State, alive: Seats) {
  return KILL(alive & ~holders(state, 'werewolf', alive));
}

/** Whom a doctor or bodyguard may choose: maybe not himself, maybe not the one of the night before. */
function protectable({ rounds }: State, seat: number, alive: Seats, self: boolean, repeat: boolean): Seats {
  const before = rounds[rounds.length - 2]?.targets[seat];
  const set = self ? alive : without(alive, seat);
  return repeat || before === undefined ? set : without(set, before);
}

export function playNight(draft: Draft, moves: Moves): boolean {
  const { state } = draft;
  const wolves = pack(state);
  const targets: { [seat: number]: number } = {};
  for (const [seat, move] of movesOf(moves)) {
    const target = targetOf(move);
    targets[seat] = target;
    tellChoice(draft, seat, target, wolves);
  }
  record(draft, { targets });
  const { kill } = state.config;
  if (size(wolves) === 1 || kill === 'random') return strike(draft, state.chosen ?? last(wolves));
  if (kill === 'propose') {
    enter(draft, 'decide');
    return false;
  }
  const victims = favourites(draft.state);
  if (size(victims) === 1) return fall(draft, -1, last(victims));
  enter(draft, 'break');
  return false;
}

const ACTS = { seer: 'see', doctor: 'save', bodyguard: 'guard' } as const;

function tellChoice(draft: Draft, seat: number, target: number, wolves: Seats): void {
  const { roles, config } = draft.state;
  const role = roles[seat] as Role;
  if (role === 'werewolf') {
    const alone = config.kill === 'random' || size(wolves) === 1;
    if (!alone) tell(draft, { to: list(wolves), kind: 'proposed', seat, target });
    return;
  }
  tell(draft, { to: [seat], kind: 'chose', seat, act: ACTS[role as keyof typeof ACTS], target });
  if (role !== 'seer') return;
  const seen = roles[target] as Role;
  const result = config.seer === 'role' ? seen : teamOf(seen) === 'wolves' ? 'wolf' : 'village';
  tell(draft, { to: [seat], kind: 'saw', seat, target, result });
}

export function decideTurn(state: State): Turn {
  return askAll(one(last(pack(state))), () => killSpace(state, living(state)));
}

export function playDecide(draft: Draft, moves: Moves): boolean {
  const [seat, move] = onlyMove(moves);
  record(draft, { targets: { ...roundOf(draft.state).targets, [seat]: targetOf(move) } });
  return strike(draft, seat);
}

/** Those for whom most wolves voted. */
function favourites(state: State): Seats {
  const { targets } = roundOf(state);
  const votes = new Map<number, number>();
  for (const wolf of list(pack(state))) {
    const target = targets[wolf] as number;
    votes.set(target, (votes.get(target) ?? 0) + 1);
  }
  return largest(votes);
}

export function breakTurn(state: State): Turn {
  return drawTurn(favourites(state));
}

export function playBreak(draft: Draft, moves: Moves): boolean {
  return fall(draft, -1, drawn(moves));
}

/** The victim is the one this wolf aimed at. */
function strike(draft: Draft, wolf: number): boolean {
  return fall(draft, wolf, roundOf(draft.state).targets[wolf] as number);
}

/** The wolves have their victim; next are the witches. */
function fall(draft: Draft, seat: number, target: number): boolean {
  tell(draft, { to: list(pack(draft.state)), kind: 'chose', seat, act: 'kill', target });
  record(draft, { victim: target });
  const able = brewing(draft.state);
  if (able === 0) return dawn(draft);
  tell(draft, { to: list(able), kind: 'victim', target });
  enter(draft, 'witch');
  return false;
}

/** The living witches who have a potion left. */
function brewing(state: State): Seats {
  if (state.config.roles.witch === 0) return 0;
  const witches = list(holders(state, 'witch', living(state)));
  const able = witches.filter((seat) => hasPotion(state, seat, 'heal') || hasPotion(state, seat, 'poison'));
  return able.reduce((set, seat) => set | one(seat), 0);
}

export function witchTurn(state: State): Turn {
  const { victim } = roundOf(state);
  return askAll(brewing(state), (seat) =>
    potionSpace(
      hasPotion(state, seat, 'heal') ? victim : null,
      hasPotion(state, seat, 'poison') ? others(state, seat) : 0,
    ),
  );
}

export function playWitch(draft: Draft, moves: Moves): boolean {
  const targets = { ...roundOf(draft.state).targets };
  const potions: { [seat: number]: 'heal' | 'poison' } = {};
  for (const [seat, move] of movesOf(moves)) {
    const target = targetOf(move);
    const act = target < 0 ? 'nothing' : (move as string).startsWith('heal') ? 'heal' : 'poison';
    tell(draft, { to: [seat], kind: 'potion', seat, act, target });
    if (act === 'nothing') continue;
    targets[seat] = target;
    potions[seat] = act;
  }
  record(draft, { targets, potions });
  return dawn(draft);
}

/** Finds the dead and tells everybody. */
function dawn(draft: Draft): true {
  const { state } = draft;
  const killed = list(deaths(state));
  record(draft, { killed });
  tell(draft, { to: 'all', kind: 'dawn', killed, shown: killed.map((seat) => shownOf(state, seat, 'night')) });
  return true;
}

/** The victim unless saved, guarded or healed; and the poisoned. */
function deaths(state: State): Seats {
  const { roles } = state;
  const { victim, targets, potions } = roundOf(state);
  let dead = victim === null ? 0 : one(victim);
  let poisoned = 0;
  for (const key of Object.keys(targets)) {
    const seat = Number(key);
    const target = targets[seat] as number;
    if (potions[seat] === 'poison') poisoned |= one(target);
    else if (potions[seat] === 'heal' || roles[seat] === 'doctor' || roles[seat] === 'bodyguard') {
      dead = without(dead, target);
    }
  }
  return dead | poisoned;
}
