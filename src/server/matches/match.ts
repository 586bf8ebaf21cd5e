import { randomBytes } from 'node:crypto';
import { isWithheld } from '../../../replays/consent.js';
import type { Consent } from '../../../replays/schema.js';
import type { JsonObject } from '../../core/json.js';
import type { Clock, Match } from '../lobby/wire.js';
import type { PlayerCard } from '../wire/wire.js';
import { secret } from './tokens.js';

/** A seat as the server keeps it. */
export interface SeatCard {
  readonly kind: 'open' | 'person' | 'agent';
  /** What the person calls themselves. */
  readonly name?: string;
  /** SHA-256 of the seat's token, in hexadecimal: the token itself is known to its holder alone. */
  readonly token?: string;
  /** Who the person is in records: a name made by the server, the same in all games of this person's seat. */
  readonly pseudonym?: string;
  /** Whether the person allows what they play to be used as training data; as the match has it when absent. */
  readonly consent?: boolean;
  /** The agent's name as the server lists it. */
  readonly agent?: string;
  /** Who plays for a person who is away. */
  readonly replacedBy?: string;
  /** The person is for a pause. */
  readonly pausing?: true;
  /** The person of the game before, for whom the open seat of a rematch is kept for a while. */
  readonly kept?: { readonly token: string; readonly pseudonym: string; readonly consent?: boolean };
}

/** Everything about a match beside what was played, as it is stored. Plain JSON. */
export interface MatchCard {
  readonly id: string;
  readonly game: string;
  readonly version: string;
  readonly config: JsonObject;
  /** Secret until the game is over: whoever knows it knows the deal. */
  readonly seed: string;
  readonly unlisted: boolean;
  readonly clock: Clock;
  /** The agent that sits in for people who are away. */
  readonly standIn: string | null;
  /** What people allow who do not say so themselves as they sit down. */
  readonly consent: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** ISO time of the first move's turn; null while seats are open. */
  readonly startedAt: string | null;
  /** How often the game was taken up again after a restart. */
  readonly lives: number;
  readonly seats: readonly SeatCard[];
  /** Whether the game stands still. */
  readonly paused?: boolean;
  readonly over?: { readonly record: string | null; readonly gameover: JsonObject; readonly problem?: string };
  readonly next?: string;
}

/** What somebody settled of a match before it was made. */
export type Settled = Pick<MatchCard, 'game' | 'config' | 'unlisted' | 'clock' | 'standIn' | 'consent'>;

const MINUTE = 60_000;

/** What people allow with what they play, by seat; nothing where agents sit in every seat. */
export function consentOf({ consent, seats }: Pick<MatchCard, 'consent' | 'seats'>): { readonly consent?: Consent } {
  if (seats.every(({ kind }) => kind === 'agent')) return {};
  return { consent: seats.map((seat) => (seat.kind === 'agent' ? null : (seat.consent ?? consent))) };
}

/** Whether the record of a match is to stand apart: people sit there, and none allows its use. */
export function isPrivate(card: Pick<MatchCard, 'consent' | 'seats'> | undefined): boolean {
  return card === undefined || isWithheld(consentOf(card).consent);
}

/** The card of a new match. */
export function newCard(settled: Settled, version: string, seats: readonly SeatCard[], now: number): MatchCard {
  const { game, config, unlisted, clock, standIn, consent } = settled;
  return {
    ...{ id: secret(), game, version, config, unlisted, clock, standIn, consent, seats },
    // NOTE: 128 random bits of the system: whoever could find the seed would know every card.
    seed: randomBytes(16).toString('hex'),
    createdAt: now,
    updatedAt: now,
    startedAt: null,
    lives: 0,
  };
}

/** A match as whoever knows its id may see it: no token, no seed, times to the minute. */
export function publicMatch(card: MatchCard, connected: (seat: number) => boolean): Match {
  const { id, game, unlisted, createdAt, updatedAt, config, clock, consent, over, next } = card;
  return {
    matchID: id,
    gameName: game,
    unlisted,
    createdAt: toMinute(createdAt),
    updatedAt: toMinute(updatedAt),
    state: over !== undefined ? 'over' : card.startedAt === null ? 'open' : 'playing',
    config,
    clock,
    consent,
    players: card.seats.map((seat, index) => playerCard(seat, index, connected(index))),
    ...(over === undefined ? {} : { gameover: over.gameover }),
    ...(next === undefined ? {} : { nextMatchID: next }),
    ...(over?.record == null ? {} : { record: over.record }),
  };
}

/** A seat as everybody may see it. */
export function playerCard(seat: SeatCard, id: number, connected: boolean): PlayerCard {
  const { kind, name, agent, replacedBy, pausing } = seat;
  const shown = name ?? agent;
  return {
    id,
    ...(shown === undefined ? {} : { name: shown }),
    ...(kind === 'open' ? {} : { isConnected: kind === 'agent' || connected }),
    data: {
      kind,
      ...(agent === undefined ? {} : { agent }),
      ...(replacedBy === undefined ? {} : { replacedBy }),
      ...(pausing === undefined ? {} : { pausing }),
    },
  };
}

/** NOTE: exact times would tell when somebody thinks, and once told the deal where seeds were made of them. */
function toMinute(ms: number): number {
  return Math.floor(ms / MINUTE) * MINUTE;
}
