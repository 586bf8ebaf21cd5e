import { seatName } from '../../src/core/environment.js';
import { isObject, type Json } from '../../src/core/json.js';
import type { Declared } from './declared.js';

/** How a game went: in words, and what each seat is paid. */
export interface Result {
  readonly outcome: string;
  readonly returns: readonly number[];
}

type Utility = Declared['utility'];

/**
 * `ctx.gameover` read by convention: `scores` by player where their bounds are declared; else `winner` or `winners`,
 * else whoever has the highest of the `scores`, paid 1, and -1 for the others; a draw pays nothing, and so does what is
 * read as none of these.
 */
export function resultOf(gameover: Json, players: number, utility: Utility): Result {
  const over = isObject(gameover) ? gameover : {};
  const scores = scoresOf(over.scores, players);
  const best = winnersOf(over, players) ?? (scores === null ? [] : bestOf(scores));
  // NOTE: between rivals it is a draw when everybody wins; a game that is played together declares its utility.
  const winners = best.length === players && players > 1 && utility?.kind !== 'identical' ? [] : best;
  const outcome = outcomeOf(over, winners, best.length > 0);
  if (scores !== null && utility !== undefined) return { outcome, returns: scores };
  const lost = winners.length === 0 ? 0 : -1;
  return { outcome, returns: Array.from({ length: players }, (_, seat) => (winners.includes(seat) ? 1 : lost)) };
}

/** What a `reward` hook gives, by seat. @throws Error when it is no amount for each */
export function rewardsOf(given: unknown, players: number): readonly number[] {
  const scores = scoresOf(given as Json, players);
  if (scores === null) throw new Error(`the reward hook gives a number for each of ${players} players, not this`);
  return scores;
}

function outcomeOf(over: { readonly [field: string]: Json }, winners: readonly number[], isShared: boolean): string {
  if (typeof over.outcome === 'string' && over.outcome !== '') return over.outcome;
  if (winners.length > 0) return `${winners.map(seatName).join(' and ')} ${winners.length === 1 ? 'wins' : 'win'}`;
  return isShared || 'draw' in over || 'winner' in over ? 'draw' : 'over';
}

function winnersOf({ winner, winners }: { readonly [field: string]: Json }, players: number): number[] | null {
  const named = Array.isArray(winners) ? winners : winner === undefined || winner === null ? null : [winner];
  if (named === null) return null;
  return named.map(Number).filter((seat) => Number.isInteger(seat) && seat >= 0 && seat < players);
}

/** Amounts by seat, from a list or from an object by player; null when it is neither. */
function scoresOf(given: Json | undefined, players: number): number[] | null {
  if (typeof given !== 'object' || given === null) return null;
  const scores = Array.from({ length: players }, (_, seat) => (given as { [seat: number]: unknown })[seat]);
  return scores.every((score) => typeof score === 'number' && Number.isFinite(score)) ? (scores as number[]) : null;
}

function bestOf(scores: readonly number[]): number[] {
  const best = Math.max(...scores);
  return scores.flatMap((score, seat) => (score === best ? [seat] : []));
}
