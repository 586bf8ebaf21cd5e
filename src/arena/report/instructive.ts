import type { Annotation } from '../../../replays/annotations.js';
import { contestsOf, type Side } from '../ratings/contests.js';
import { expectedScore } from '../ratings/elo.js';
import type { Ratings } from '../ratings/rate.js';
import { sortGames } from '../ratings/result.js';
import type { PlayedGame } from '../tournament/played.js';

/** A game that went against the ratings. */
export interface Upset {
  readonly game: number;
  readonly record: string;
  readonly winners: readonly string[];
  readonly losers: readonly string[];
  /** What the ratings of the whole tournament expected the winners to score, from 0 to 1. */
  readonly expected: number;
}

/** A decision that cost much, as grades have it. */
export interface Mistake {
  readonly game: number;
  readonly record: string;
  readonly agent: string;
  readonly seat: number;
  readonly step: number;
  readonly played: string;
  /** What it should have been. */
  readonly best: string;
  /** In returns, and in parts of the range of returns. */
  readonly cost: number;
  readonly share: number;
}

/** The rated games whose winners were expected to score least, most surprising first; a game once. */
export function upsetsIn(games: readonly PlayedGame[], ratings: Ratings, most: number): Upset[] {
  const points = pointsOf(ratings);
  const found = games.flatMap((game) => {
    if (sortGames([game]).rated.length === 0) return [];
    const upsets = contestsOf(game)
      .filter(({ score }) => score !== 0.5)
      .map(({ one, other, score }) => {
        const [winner, loser] = score === 1 ? [one, other] : [other, one];
        const expected = expectedScore(points(winner), points(loser));
        return { game: game.game, record: game.record, winners: namesOf(winner), losers: namesOf(loser), expected };
      })
      // NOTE: between seats of one agent the ratings say nothing.
      .filter(({ winners, losers }) => String(winners) !== String(losers));
    return upsets.sort((a, b) => a.expected - b.expected).slice(0, 1);
  });
  return found
    .filter(({ expected }) => expected < 0.5)
    .sort((a, b) => a.expected - b.expected)
    .slice(0, most);
}

/** The costliest graded decisions that agents made themselves, at most one a game. */
export function mistakesIn(games: readonly PlayedGame[], annotations: readonly Annotation[], most: number): Mistake[] {
  const played = new Map(games.map((game) => [game.record, game]));
  const worst = new Map<string, Mistake>();
  for (const one of annotations) {
    const game = played.get(one.episode);
    if (game === undefined || one.kind !== 'grade' || one.substituted === true || one.cost <= 0) continue;
    const share = one.cost / one.scale;
    if (share <= (worst.get(one.episode)?.share ?? 0)) continue;
    const best = one.options[one.values.indexOf(Math.max(...one.values))] as string;
    const { step, seat, played: move, cost } = one;
    const agent = game.seats[seat]?.agent ?? '';
    worst.set(one.episode, {
      game: game.game,
      record: one.episode,
      agent,
      seat,
      step,
      played: move,
      best,
      cost,
      share,
    });
  }
  return [...worst.values()].sort((a, b) => b.share - a.share || a.game - b.game).slice(0, most);
}

/** The strength of a side in points: the mean of its agents, and half of what the side is worth over the others. */
function pointsOf({ ratings, advantages }: Ratings): (side: Side) => number {
  const points = new Map(ratings.map(({ agent, rating }) => [agent, rating]));
  const worth = new Map(advantages.map(({ side, rating }) => [side, rating]));
  return ({ seats, label }) => {
    const sum = seats.reduce((total, { agent }) => total + (points.get(agent) ?? 0), 0);
    return sum / seats.length + (worth.get(label ?? '') ?? 0) / 2;
  };
}

function namesOf({ seats }: Side): string[] {
  return [...new Set(seats.map(({ agent }) => agent))].sort();
}
