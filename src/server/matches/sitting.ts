import { randomBytes } from 'node:crypto';
import type { Seat } from '../../core/environment.js';
import { Refused } from '../wire/refused.js';
import type { MatchCard, SeatCard } from './match.js';
import { digest, isToken, secret } from './tokens.js';

/** Who sits down, and with which token of a game before. */
export interface Joining {
  readonly name: string;
  /** The seat wanted; any when absent. */
  readonly seat?: Seat;
  readonly token?: string;
  /** Whether they allow what they play to be used as training data; as before, or as the match has it, when absent. */
  readonly consent?: boolean;
}

/** A seat and the token that is its key. */
export interface Taken {
  readonly seat: Seat;
  readonly token: string;
}

/** For how long the seats of a rematch are kept for those who had them, in milliseconds. */
const KEPT_MS = 120_000;

/** The seat that somebody holds already; null when none. */
export function ownSeat({ seats }: MatchCard, token: string | undefined): Taken | null {
  if (token === undefined) return null;
  const seat = seats.findIndex((card) => isToken(token, card.token));
  return seat < 0 ? null : { seat, token };
}

/**
 * A free seat for somebody, and its card once they sit in it. Who shows the token of the game before gets the seat that
 * was kept, under the same token and pseudonym; anybody else a new token.
 * @throws Refused when the seat, or every seat, is taken or kept for somebody else
 */
export function sitDown(card: MatchCard, joining: Joining, now: number): Taken & SitCard {
  const { seat: wanted, token } = joining;
  const own = token === undefined ? -1 : card.seats.findIndex(({ kept }) => isToken(token, kept?.token));
  if (token !== undefined && own >= 0) return { seat: own, token, card: person(joining, token, card.seats[own]?.kept) };
  const seat = freeSeat(card, wanted, now);
  const fresh = secret();
  return { seat, token: fresh, card: person(joining, fresh) };
}

/**
 * The seats of a game's rematch. Agents sit down at once; the seat of a person is kept for that person, who takes it
 * with the token of the game before; a seat whose person got up for good is open to anybody.
 * @param rotate everybody moves one seat on, so that who was last is first
 */
export function seatsAgain(seats: readonly SeatCard[], rotate: boolean): SeatCard[] {
  const again = seats.map(seatAgain);
  const last = again.at(-1);
  return rotate && last !== undefined ? [last, ...again.slice(0, -1)] : again;
}

interface SitCard {
  readonly card: SeatCard;
}

function person(joining: Joining, token: string, kept?: SeatCard['kept']): SeatCard {
  const { name, consent = kept?.consent } = joining;
  // NOTE: records know a person by this alone, and nobody else knows whose it is.
  const pseudonym = kept?.pseudonym ?? `person-${randomBytes(6).toString('hex')}`;
  return { kind: 'person', name, token: digest(token), pseudonym, ...(consent === undefined ? {} : { consent }) };
}

function freeSeat(card: MatchCard, wanted: Seat | undefined, now: number): Seat {
  const { seats } = card;
  const isKept = ({ kept }: SeatCard) => kept !== undefined && now < card.createdAt + KEPT_MS;
  const seat = wanted ?? seats.findIndex((one) => one.kind === 'open' && !isKept(one));
  if (seat < 0) throw new Refused('full', 'no seat is free');
  if (seats[seat] === undefined) throw new Refused('no such seat', `the seats are 0 to ${seats.length - 1}`);
  if (seats[seat].kind !== 'open') throw new Refused('full', 'this seat is taken');
  if (isKept(seats[seat])) throw new Refused('full', 'this seat is kept for who had it in the game before');
  return seat;
}

function seatAgain({ kind, agent, token, pseudonym, consent }: SeatCard): SeatCard {
  if (kind === 'agent') return { kind, ...(agent === undefined ? {} : { agent }) };
  if (token === undefined || pseudonym === undefined) return { kind: 'open' };
  return { kind: 'open', kept: { token, pseudonym, ...(consent === undefined ? {} : { consent }) } };
}
