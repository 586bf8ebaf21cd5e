import type { EpisodeRecord, RecordedCall } from '../../../replays/schema.js';
import { actorsOf, type RecordedDecision } from '../../../replays/steps.js';
import { seatName } from '../../core/environment.js';
import type { Failure } from '../../core/read.js';
import type { GameResult, SeatResult } from '../ratings/result.js';
import { type RoleRecord, recordsByRole } from '../ratings/shares.js';
import type { Contest } from './plan.js';
import type { Roles } from './roles.js';
import type { Game } from './schedule.js';

/** What an agent did and used up in one seat of one game, or in many added up. */
export interface Conduct {
  readonly turns: number;
  /** Failed tries by kind. */
  readonly failures: { readonly [failure in Failure]?: number };
  /** Moves that the table made for it. */
  readonly substituted: number;
  readonly forfeits: number;
  /** Calls of models, those of failed tries included. */
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Calls whose provider gave no number of tokens: the two above are too low by these. */
  readonly uncounted: number;
  /** Calls that went without what their provider refuses: a schema, tools, log probabilities. */
  readonly without: number;
  /** Of the calls whose price is known; null when none is. */
  readonly cost: number | null;
  /** Milliseconds of its turns, all tries together, and how many turns were timed. */
  readonly ms: number;
  readonly timed: number;
}

export interface PlayedSeat extends SeatResult {
  /** Seat number. */
  readonly seat: number;
  readonly conduct: Conduct;
}

/** A finished game, as tables and ratings read it. */
export interface PlayedGame extends GameResult {
  readonly game: number;
  readonly contest: number;
  readonly record: string;
  readonly steps: number;
  readonly seats: readonly PlayedSeat[];
}

/**
 * What a record of a tournament's game came to.
 * @param sides the roles that win together, by side; without it each seat is a side by itself, named by its seat
 */
export function playedOf(
  record: EpisodeRecord,
  game: Game,
  roles: Roles,
  sides: { readonly [side: string]: readonly string[] } | undefined,
): PlayedGame {
  const { end } = record;
  const conducts = conductsOf(record);
  const seats = game.seats.map((agent, seat) => {
    const role = roles[seat] ?? null;
    const side = Object.keys(sides ?? {}).find((name) => role !== null && sides?.[name]?.includes(role));
    const conduct = conducts[seat] as Conduct;
    return {
      seat,
      agent,
      role,
      side: side ?? seatName(seat),
      score: end.returns?.[seat] ?? null,
      invalid: conduct.substituted + conduct.forfeits > 0,
      conduct,
    };
  });
  return {
    game: game.index,
    contest: game.contest,
    block: `${game.contest}/${game.block}`,
    record: record.id,
    how: end.how,
    steps: record.steps.length,
    seats,
  };
}

/** NOTE: what a side is worth is a matter of its game, so that sides of several games must not share a name. */
export function amongContests(game: PlayedGame, contests: readonly Contest[]): PlayedGame {
  if (contests.length === 1) return game;
  const environment = contests[game.contest]?.environment;
  return { ...game, seats: game.seats.map((seat) => ({ ...seat, side: `${environment} ${seat.side}` })) };
}

/**
 * What each agent scored on each side in each role.
 * @param games rated games
 * NOTE: where no roles win together they are cards and the like: luck, and too many for a table.
 */
export function roleRecords(games: readonly PlayedGame[], contests: readonly Contest[], level?: number): RoleRecord[] {
  const plain = games.map((game) =>
    contests[game.contest]?.sides === undefined
      ? { ...game, seats: game.seats.map((seat) => ({ ...seat, role: null })) }
      : game,
  );
  return recordsByRole(plain, level);
}

/** Two conducts as one. */
export function addConduct(one: Conduct, other: Conduct): Conduct {
  const failures: { [failure in Failure]?: number } = { ...one.failures };
  for (const [failure, count] of Object.entries(other.failures) as [Failure, number][]) {
    failures[failure] = (failures[failure] ?? 0) + count;
  }
  return {
    turns: one.turns + other.turns,
    failures,
    substituted: one.substituted + other.substituted,
    forfeits: one.forfeits + other.forfeits,
    calls: one.calls + other.calls,
    promptTokens: one.promptTokens + other.promptTokens,
    completionTokens: one.completionTokens + other.completionTokens,
    uncounted: one.uncounted + other.uncounted,
    without: one.without + other.without,
    cost: one.cost === null ? other.cost : one.cost + (other.cost ?? 0),
    ms: one.ms + other.ms,
    timed: one.timed + other.timed,
  };
}

export const NOTHING: Conduct = {
  turns: 0,
  failures: {},
  substituted: 0,
  forfeits: 0,
  calls: 0,
  promptTokens: 0,
  completionTokens: 0,
  uncounted: 0,
  without: 0,
  cost: null,
  ms: 0,
  timed: 0,
};

type Tries = NonNullable<RecordedDecision['tries']>;

function conductsOf(record: EpisodeRecord): Conduct[] {
  const conducts = record.seats.map(() => NOTHING);
  const add = (seat: number, more: Conduct): void => {
    conducts[seat] = addConduct(conducts[seat] ?? NOTHING, more);
  };
  for (const step of record.steps) for (const [seat, decided] of actorsOf(step)) add(seat, turnOf(decided));
  for (const [seat, tries] of Object.entries(record.end.forfeits ?? {})) {
    add(Number(seat), { ...triesOf(tries), turns: 1, forfeits: 1 });
  }
  return conducts;
}

function turnOf({ tries, calls, substituted, ms }: RecordedDecision): Conduct {
  const turn = {
    ...NOTHING,
    turns: 1,
    substituted: substituted === true ? 1 : 0,
    ms: ms ?? 0,
    timed: ms === undefined ? 0 : 1,
  };
  const called = calls === undefined ? turn : calls.reduce(addCall, turn);
  return tries === undefined ? called : addConduct(called, triesOf(tries));
}

function triesOf(tries: Tries): Conduct {
  return tries.reduce((sum, { failure, calls = [] }) => {
    const failed = addConduct(sum, { ...NOTHING, failures: { [failure]: 1 } });
    return calls.reduce(addCall, failed);
  }, NOTHING);
}

function addCall(sum: Conduct, { usage, parameters }: RecordedCall): Conduct {
  const figure = (key: string): number | null => {
    const value = usage?.[key];
    return typeof value === 'number' ? value : null;
  };
  const [prompt, completion] = [figure('promptTokens'), figure('completionTokens')];
  return addConduct(sum, {
    ...NOTHING,
    calls: 1,
    promptTokens: prompt ?? 0,
    completionTokens: completion ?? 0,
    uncounted: prompt === null || completion === null ? 1 : 0,
    without: parameters.without === undefined ? 0 : 1,
    cost: figure('cost'),
  });
}
