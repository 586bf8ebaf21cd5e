import { seatName, type VectorForm } from '../../src/core/environment.js';
import type { Json } from '../../src/core/json.js';
import { type Config, ROLES, type Role, seatsOf } from './config.js';
import { BIDS, type Verb } from './spaces.js';
import type { Round, View } from './types.js';

/** How many rounds the vector holds: the latest, oldest first. */
export const ROUNDS = 5;
const PHASES = ['night', 'discussion', 'vote'];
const TEAMS = ['wolves', 'village'];

/**
 * The vector of table 6 of LSPO with what it lacks: what checks, mates and reveals told; the targets of a wolf's mates
 * and the victim; shots; abstentions; five rounds instead of three. For n seats, in this order:
 *
 * | field | length |
 * |---|---|
 * | own seat | n |
 * | own role | 7 |
 * | round, as a part of the most there can be | 1 |
 * | phase: night, discussion, vote | 3 |
 * | alive | n |
 * | known role of each seat | 7 n |
 * | known team of each seat: wolves, village | 2 n |
 * | potions left: healing, poison | 2 |
 * | for each of 5 rounds: own target, targets of mates, victim if known, killed by night, shot, voted out, abstained | 7 n |
 * | ... and who voted for whom, voter by voter | n n |
 */
export function vectorForm(config: Config): VectorForm {
  const seats = seatsOf(config);
  const length = lengthOf(seats);
  return {
    length,
    actions: actionsOf(config),
    encode(view: Json): Float32Array {
      const writer = new Writer(length);
      encode(writer, view as unknown as View, config.maxRounds);
      return writer.vector;
    },
  };
}

function lengthOf(seats: number): number {
  const head = seats + ROLES.length + 1 + PHASES.length + seats;
  const known = ROLES.length * seats + TEAMS.length * seats + 2;
  return head + known + ROUNDS * (7 * seats + seats * seats);
}

/** Writes one field after the other. */
class Writer {
  readonly vector: Float32Array;
  #at = 0;

  constructor(length: number) {
    this.vector = new Float32Array(length);
  }

  value(value: number): void {
    this.vector[this.#at++] = value;
  }

  /** Ones at some places of a field; places below 0 are nobody's. */
  ones(places: Iterable<number>, length: number): void {
    for (const place of places) if (place >= 0) this.vector[this.#at + place] = 1;
    this.#at += length;
  }
}

function encode(writer: Writer, view: View, maxRounds: number): void {
  const seats = view.alive.length;
  writer.ones([view.you ?? -1], seats);
  writer.ones([view.role === null ? -1 : ROLES.indexOf(view.role)], ROLES.length);
  writer.value(view.round / maxRounds);
  writer.ones([PHASES.indexOf(view.phase)], PHASES.length);
  for (const alive of view.alive) writer.value(alive ? 1 : 0);
  for (const role of view.roles) writer.ones([role === null ? -1 : ROLES.indexOf(role)], ROLES.length);
  for (const team of view.teams) writer.ones([team === null ? -1 : TEAMS.indexOf(team)], TEAMS.length);
  writer.value(view.potions?.heal === true ? 1 : 0);
  writer.value(view.potions?.poison === true ? 1 : 0);
  for (const round of view.rounds.slice(-ROUNDS)) encodeRound(writer, round, view.you, seats);
}

function encodeRound(writer: Writer, round: Round, you: number | null, seats: number): void {
  const voters = Object.keys(round.votes).map(Number);
  writer.ones([you === null ? -1 : (round.targets[you] ?? -1)], seats);
  const mates = Object.keys(round.targets)
    .map(Number)
    .filter((seat) => seat !== you);
  writer.ones(
    mates.map((seat) => round.targets[seat] ?? -1),
    seats,
  );
  writer.ones([round.victim ?? -1], seats);
  writer.ones(round.killed, seats);
  writer.ones(
    round.shot.map(({ target }) => target),
    seats,
  );
  writer.ones([round.out ?? -1], seats);
  writer.ones(
    voters.filter((seat) => round.votes[seat] === null),
    seats,
  );
  for (let seat = 0; seat < seats; seat++) writer.ones([round.votes[seat] ?? -1], seats);
}

const USED_BY: { readonly [role in Role]?: readonly Verb[] } = {
  werewolf: ['kill'],
  seer: ['see'],
  doctor: ['save'],
  bodyguard: ['guard'],
  witch: ['heal', 'poison'],
  hunter: ['shoot'],
};

/** Every option id of a game with these roles. */
function actionsOf(config: Config): string[] {
  const seats = Array.from({ length: seatsOf(config) }, (_, seat) => seatName(seat));
  const verbs = [...ROLES.flatMap((role) => (config.roles[role] > 0 ? (USED_BY[role] ?? []) : [])), 'vote'];
  return [
    ...verbs.flatMap((verb) => seats.map((seat) => `${verb} ${seat}`)),
    ...(config.roles.witch > 0 ? ['nothing'] : []),
    ...(config.roles.hunter > 0 ? ['nobody'] : []),
    ...(config.vote.abstain ? ['abstain'] : []),
    ...(config.talk.order === 'bidding' ? BIDS.map((bid) => `bid ${bid}`) : []),
  ];
}
