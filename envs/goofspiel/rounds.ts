import { z } from 'zod';
import type { Seat } from '../../src/core/environment.js';

export const fields = z.strictObject({
  cards: z.int().min(2).max(13).default(13).describe('cards in each hand and among the prizes, valued from 1 up'),
  players: z.int().min(2).max(4).default(2).describe('seats'),
  order: z
    .enum(['random', 'descending', 'ascending'])
    .default('random')
    .describe('how prizes come up: drawn one at a time, or from high to low, or from low to high'),
  reveal: z
    .enum(['bids', 'winner'])
    .default('bids')
    .describe('what everybody learns after a round: all bids, or only who won the prize'),
  returns: z
    .enum(['win_loss', 'point_difference', 'total_points'])
    .default('win_loss')
    .describe('what is paid: winning alone, points compared with each other seat, or points'),
});

export type Config = z.infer<typeof fields>;

/**
 * What was chosen, one digit of base 14 a card: the prizes drawn so far (none in a fixed order, where they follow from
 * it) and the bids so far, round by round in seat order. The last round is forced and never written.
 */
export type State = { readonly config: Config; readonly prizes: string; readonly bids: string };

/** One round: `winner` is the seat that got the prize, null if the highest bid was tied and nobody did. */
export type Round<Bid = number> = {
  readonly prize: number;
  readonly bids: readonly Bid[];
  readonly winner: Seat | null;
};

/** Bids and hands that the viewer does not see are null. */
export type View = {
  readonly you: Seat | null;
  readonly cards: number;
  /** The prize bid for now; null while none is up. */
  readonly prize: number | null;
  readonly rounds: readonly Round<number | null>[];
  readonly hands: readonly (readonly number[] | null)[];
  readonly points: readonly number[];
};

const DIGITS = '0123456789abcd';

export function digit(card: number): string {
  return DIGITS[card] as string;
}

function cardAt(digits: string, at: number): number {
  return DIGITS.indexOf(digits[at] as string);
}

/** The option of bidding each card; index 0 stands for no card. */
export const BIDS: readonly string[] = Array.from({ length: 14 }, (_, card) => `bid ${card}`);

/** A set of cards as bits: card 1 is bit 1. */
export type CardSet = number;

export function allCards(cards: number): CardSet {
  return (1 << (cards + 1)) - 2;
}

/** The cards of a set, low to high. */
export function listed(set: CardSet): number[] {
  const cards: number[] = [];
  for (let card = 1; set >> card > 0; card++) if (((set >> card) & 1) === 1) cards.push(card);
  return cards;
}

/** Rounds in which everybody has chosen a bid. */
export function chosen({ config, bids }: State): number {
  return bids.length / config.players;
}

/** Whether all is chosen: with one card left in each hand, the last round plays itself. */
export function isOver(state: State): boolean {
  return chosen(state) === state.config.cards - 1;
}

/** Cards a seat has not bid yet. */
export function handOf({ config, bids }: State, seat: Seat): CardSet {
  let hand = allCards(config.cards);
  for (let at = seat; at < bids.length; at += config.players) hand &= ~(1 << cardAt(bids, at));
  return hand;
}

/** Prizes not drawn yet, in random order. */
export function undrawn({ config, prizes }: State): CardSet {
  let left = allCards(config.cards);
  for (let at = 0; at < prizes.length; at++) left &= ~(1 << cardAt(prizes, at));
  return left;
}

/** The prize of a round that has begun, or of the last, which is the only one left. */
export function prizeOf(state: State, round: number): number {
  const { config, prizes } = state;
  if (config.order === 'ascending') return round + 1;
  if (config.order === 'descending') return config.cards - round;
  return round < prizes.length ? cardAt(prizes, round) : (listed(undrawn(state))[0] as number);
}

/** A round that has been chosen; the forced one once all is chosen. */
export function roundOf(state: State, round: number): Round {
  const { players } = state.config;
  const bids: number[] = [];
  for (let seat = 0; seat < players; seat++) {
    const at = round * players + seat;
    bids.push(at < state.bids.length ? cardAt(state.bids, at) : (listed(handOf(state, seat))[0] as number));
  }
  return { prize: prizeOf(state, round), bids, winner: highest(bids) };
}

/** All rounds played, with the forced last one once all is chosen. */
export function roundsOf(state: State): Round[] {
  const played = isOver(state) ? state.config.cards : chosen(state);
  const rounds: Round[] = [];
  for (let round = 0; round < played; round++) rounds.push(roundOf(state, round));
  return rounds;
}

/** The place of the single highest number, or null if it is tied. */
export function highest(numbers: readonly number[]): number | null {
  let at: number | null = 0;
  let most = numbers[0] as number;
  for (let place = 1; place < numbers.length; place++) {
    const number = numbers[place] as number;
    if (number === most) at = null;
    if (number <= most) continue;
    most = number;
    at = place;
  }
  return at;
}

/** Value of the prizes each seat has won in these rounds. */
export function pointsOf(players: number, rounds: readonly Round<number | null>[]): number[] {
  const points = new Array<number>(players).fill(0);
  for (const { prize, winner } of rounds) if (winner !== null) points[winner] = (points[winner] as number) + prize;
  return points;
}
