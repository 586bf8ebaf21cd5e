import { sideOfSeats } from '../../policies/grading/sides.js';
import { Team } from '../../policies/grading/team.js';
import type { GameTree, Profile } from '../../policies/tree/game-tree.js';
import { seatName } from '../core/environment.js';
import { UserError } from '../core/errors.js';
import { stream } from '../core/rng.js';
import { exact } from './gains.js';
import type { Paper } from './paper.js';
import { sheet } from './sheet.js';

/** What a side of seats expects and could reach together, as the mean return of its members. */
export interface SideBounds {
  readonly seats: readonly number[];
  readonly value: number;
  readonly below: number;
  readonly above: number;
}

/** Bounds for every side of `0,1|2,3`. @throws UserError when it does not part the seats */
export function boundsOfSides(tree: GameTree, profile: Profile, text: string): SideBounds[] {
  return readSides(text, tree.seats).map((seats) => {
    const team = new Team(tree, sideOfSeats(tree, seats));
    const { value, below, above } = team.bounds(profile, { rng: stream(0, `side ${seats.join(',')}`) });
    return { seats, value, below, above };
  });
}

/** Sides of seats as typed. Seats left out play alone. @throws UserError */
export function readSides(text: string, seats: number): number[][] {
  const sides = text.split('|').map((side) => side.split(',').map((seat) => readSeat(seat, seats, text)));
  const named = sides.flat();
  const twice = named.find((seat, at) => named.indexOf(seat) !== at);
  if (twice !== undefined) throw new UserError(`--sides names seat ${twice} twice, got "${text}"`);
  const alone = Array.from({ length: seats }, (_, seat) => seat).filter((seat) => !named.includes(seat));
  return [...sides, ...alone.map((seat) => [seat])];
}

export function sideLines(sides: readonly SideBounds[], { ink, width }: Pick<Paper, 'ink' | 'width'>): string[] {
  if (sides.length === 0) return [];
  const rows = sides.map(({ seats, value, below, above }) => [
    seats.map(seatName).join(', '),
    exact(value),
    exact(below),
    exact(above),
  ]);
  return [
    '',
    ...sheet(['side', 'value', 'reaches at least', 'and at most'], rows, width, ink),
    '  Means over the members. At least: answering one after another. At most: as one player who sees what any of them sees.',
  ];
}

function readSeat(word: string, seats: number, text: string): number {
  const seat = Number(word);
  if (/^\s*\d+\s*$/.test(word) && seat < seats) return seat;
  throw new UserError(`--sides takes seats from 0 to ${seats - 1}, as in '0,1|2,3', got "${text}"`);
}
