import type { Step } from '../core/environment.js';
import { actors, type Environment, type Moves, type Turn } from '../core/environment.js';
import { Episode } from '../core/episode.js';
import type { Json, JsonObject } from '../core/json.js';
import { type Rng, type Seed, stream } from '../core/rng.js';
import { type ActionSpace, type Move, sample, type Vocabulary } from '../core/space.js';

/** Picks what is played in a turn that is not over. */
export type Choose = (turn: Exclude<Turn, { kind: 'over' }>, episode: Episode) => Moves;

/** One step as it happened: the turn before it, what was played and what came of it. */
export interface Happened {
  readonly turn: Turn;
  readonly moves: Moves;
  readonly step: Step<Json>;
}

/** NOTE: laws never wait for rules that do not end; the third law says so when they do not. */
const MOST_STEPS = 20_000;

/** Plays an episode step by step until it is over or past its horizon; yields after each step. */
export function* playing(episode: Episode, choose: Choose): Generator<Happened> {
  const limit = Math.min(episode.facts.horizon, MOST_STEPS);
  for (;;) {
    const { turn } = episode;
    if (turn.kind === 'over' || episode.steps > limit) return;
    const moves = choose(turn, episode);
    yield { turn, moves, step: episode.apply(moves) };
  }
}

/** A whole random episode, and the moves that were made. */
export function randomEpisode(
  environment: Environment,
  config: JsonObject,
  seed: Seed,
): { episode: Episode; moves: Moves[] } {
  const episode = new Episode(environment, config);
  const moves: Moves[] = [];
  for (const happened of playing(episode, randomly(environment, seed))) moves.push(happened.moves);
  return { episode, moves };
}

/** Uniformly random moves, chance as the rules weigh it, plausible answers; all from one stream of the seed. */
export function randomly(environment: Environment, seed: Seed): Choose {
  const rng = stream(seed, 'laws');
  return (turn) => randomMoves(environment.spec, turn, rng);
}

/** The same moves again, step by step. */
export function replaying(moves: readonly Moves[]): Choose {
  return (_, episode) => {
    const next = moves[episode.steps];
    if (next === undefined) throw new Error(`the same moves end after ${moves.length} steps, but the episode goes on`);
    return next;
  };
}

export function randomMoves(vocabulary: Vocabulary, turn: Exclude<Turn, { kind: 'over' }>, rng: Rng): Moves {
  switch (turn.kind) {
    case 'act': {
      const seats: { [seat: number]: Move } = {};
      for (const seat of actors(turn)) seats[seat] = sample(vocabulary, turn.spaces[seat] as ActionSpace, rng);
      return { seats };
    }
    case 'chance':
      return { chance: 'outcomes' in turn ? rng.weighted(turn.outcomes) : turn.draw(rng) };
    case 'call':
      return { answers: turn.sample(rng) };
  }
}

/** Moves in one line, for evidence. */
export function movesLine(moves: readonly Moves[]): string {
  return moves
    .map((one) => JSON.stringify('seats' in one ? one.seats : 'chance' in one ? one.chance : one.answers))
    .join(' ');
}
