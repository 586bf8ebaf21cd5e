import { type ActTurn, type ChanceTurn, seatName, type Turn } from '../../src/core/environment.js';
import type { ActionSpace, ChoiceSpace, Move, Option } from '../../src/core/space.js';
import { list, one, remember, type Seats, without } from './seats.js';

/** Every verb that takes a player. */
export const VERBS = ['kill', 'see', 'save', 'guard', 'heal', 'poison', 'shoot', 'vote'] as const;
export type Verb = (typeof VERBS)[number];
export const MOST_SEATS = 20;
export const BIDS = [0, 1, 2, 3, 4];

const targets = new Map<Move, number>([
  ['nothing', -1],
  ['nobody', -1],
  ['abstain', -1],
]);
const SEATS = Array.from({ length: MOST_SEATS }, (_, seat) => seat);
const options = new Map(VERBS.map((verb) => [verb, SEATS.map((seat) => option(`${verb} ${seatName(seat)}`))]));
for (const own of options.values()) for (const [seat, { id }] of own.entries()) targets.set(id, seat);

function option(id: string): Option {
  return { id, label: id };
}

/** Whom a move is aimed at; -1 for nobody. */
export function targetOf(move: Move): number {
  return targets.get(move) ?? -1;
}

/** How much a move bids. */
export function bidOf(move: Move): number {
  return Number((move as string).slice('bid '.length));
}

function aims(verb: Verb, set: Seats): Option[] {
  const all = options.get(verb) ?? [];
  return list(set).map((seat) => all[seat] as Option);
}

/** NOTE: spaces depend on a few small numbers and come up again and again, so each is made once. */
function aiming(verb: Verb, pass?: string): (set: Seats) => ChoiceSpace {
  const rest = pass === undefined ? [] : [option(pass)];
  return remember((set) => ({ kind: 'choice', options: [...aims(verb, set), ...rest] }));
}

export const KILL = aiming('kill');
export const SEE = aiming('see');
export const SAVE = aiming('save');
export const GUARD = aiming('guard');
export const SHOOT = aiming('shoot', 'nobody');
const VOTE = aiming('vote');
const VOTE_OR_ABSTAIN = aiming('vote', 'abstain');

const potions = remember((key) => {
  const healing = key % 32;
  return {
    kind: 'choice',
    options: [
      ...(healing === 0 ? [] : aims('heal', one(healing - 1))),
      ...aims('poison', Math.floor(key / 32)),
      option('nothing'),
    ],
  } satisfies ChoiceSpace;
});

/** A witch's choice: to heal the victim, if she can, to poison one of a set, or nothing. */
export function potionSpace(victim: number | null, poisonable: Seats): ChoiceSpace {
  return potions(poisonable * 32 + (victim ?? -1) + 1);
}

/** One seat votes for one of the others alive. */
export function voteSpace(alive: Seats, seat: number, abstain: boolean): ChoiceSpace {
  return (abstain ? VOTE_OR_ABSTAIN : VOTE)(without(alive, seat));
}

/** Everybody of a set is asked at once. */
export function askAll(set: Seats, space: (seat: number) => ActionSpace): ActTurn {
  const spaces: { [seat: number]: ActionSpace } = {};
  for (const seat of list(set)) spaces[seat] = space(seat);
  return { kind: 'act', spaces };
}

const votes = remember((alive) => askAll(alive, (seat) => voteSpace(alive, seat, false)));
const votesOrNot = remember((alive) => askAll(alive, (seat) => voteSpace(alive, seat, true)));

/** Everybody alive votes at once. */
export function voteTurn(alive: Seats, abstain: boolean): Turn {
  return (abstain ? votesOrNot : votes)(alive);
}

const BID: ChoiceSpace = { kind: 'choice', options: BIDS.map((bid) => option(`bid ${bid}`)) };

/** Everybody alive bids at once. */
export const bidTurn: (alive: Seats) => Turn = remember((alive) => askAll(alive, () => BID));

const speeches = remember((key) => {
  const space = { kind: 'text', maxChars: Math.floor(key / 32), purpose: 'Speak to all players.' } as const;
  return { kind: 'act', spaces: { [key % 32]: space } } satisfies Turn;
});

export function speechTurn(seat: number, maxChars: number): Turn {
  return speeches(maxChars * 32 + seat);
}

/** Chance draws one seat of a set, each equally likely. */
export const drawTurn: (set: Seats) => ChanceTurn = remember((set) => {
  const seats = list(set);
  return { kind: 'chance', outcomes: seats.map((seat) => [seat, 1 / seats.length] as const) };
});
