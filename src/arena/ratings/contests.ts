import type { GameResult, SeatResult } from './result.js';

/** Seats that win and lose together. */
export interface Side {
  readonly label: string | null;
  readonly seats: readonly SeatResult[];
}

/** Two things that met, what the first came to against the second, and how much it counts. */
export interface Met<T> {
  readonly one: T;
  readonly other: T;
  /** 1 when the first did better, 0 when worse, a half when both did the same. */
  readonly score: number;
  /** The weights of one game add up to 1. */
  readonly weight: number;
}

/** Scores closer than this are a draw: means of equal returns may differ in their last digits. */
const EQUAL = 1e-9;

/** The sides of a game, in order of their first seats. */
export function sidesOf({ seats }: GameResult): Side[] {
  const labelled = new Map<string, SeatResult[]>();
  const sides: { label: string | null; seats: SeatResult[] }[] = [];
  for (const seat of seats) {
    const mates = seat.side === null ? undefined : labelled.get(seat.side);
    if (mates !== undefined) mates.push(seat);
    else {
      const side = { label: seat.side, seats: [seat] };
      sides.push(side);
      if (seat.side !== null) labelled.set(seat.side, side.seats);
    }
  }
  return sides;
}

/** A rated game as contests of two sides: one with two sides, k(k-1)/2 of equal weight with k. */
export function contestsOf(game: GameResult): Met<Side>[] {
  const sides = sidesOf(game);
  const scores = sides.map(scoreOf);
  const weight = 2 / (sides.length * (sides.length - 1));
  return sides.flatMap((one, i) =>
    sides.slice(i + 1).map((other, j) => {
      const gain = (scores[i] as number) - (scores[i + 1 + j] as number);
      return { one, other, score: gain > EQUAL ? 1 : gain < -EQUAL ? 0 : 0.5, weight };
    }),
  );
}

/** A rated game as pairs of seats from different sides, each contest's weight shared out evenly among its pairs. */
export function pairsOf(game: GameResult): Met<SeatResult>[] {
  return contestsOf(game).flatMap(({ one, other, score, weight }) => {
    const share = weight / (one.seats.length * other.seats.length);
    return one.seats.flatMap((seat) => other.seats.map((rival) => ({ one: seat, other: rival, score, weight: share })));
  });
}

/** What a side came to: the mean of its seats, so that its size is no advantage. */
function scoreOf({ seats }: Side): number {
  return seats.reduce((sum, { score }) => sum + (score ?? Number.NaN), 0) / seats.length;
}
