import { actors, type Environment, type Moves, type Turn } from '../core/environment.js';
import { Episode } from '../core/episode.js';
import type { JsonObject } from '../core/json.js';
import { type Rng, stream } from '../core/rng.js';
import { type ActionSpace, check, type Move, sample } from '../core/space.js';
import { type Choose, randomMoves } from './history.js';

/** A change of one hidden move: at which step, and what is played there instead. */
export interface Change {
  readonly step: number;
  readonly moves: Moves;
}

/** Changes one move of a history at a random step; null when the steps looked at leave no other choice. */
export function changeOne(
  environment: Environment,
  config: JsonObject,
  past: readonly Moves[],
  seed: string,
): Change | null {
  const rng = stream(seed, 'twin');
  if (past.length === 0) return null;
  const step = rng.below(past.length);
  const episode = new Episode(environment, config);
  for (const moves of past.slice(0, step)) episode.apply(moves);
  const { turn } = episode;
  const moves = turn.kind === 'over' ? null : anotherMove(environment, turn, past[step] as Moves, rng);
  return moves === null ? null : { step, moves };
}

/** NOTE: texts, forms and drawn outcomes are drawn again until they differ; a few draws are enough or there is no other. */
const DRAWS = 10;

function anotherMove(
  environment: Environment,
  turn: Exclude<Turn, { kind: 'over' }>,
  old: Moves,
  rng: Rng,
): Moves | null {
  const before = JSON.stringify(old);
  for (let draw = 0; draw < DRAWS; draw++) {
    const moves = varied(environment, turn, old, rng);
    if (JSON.stringify(moves) !== before) return moves;
  }
  return null;
}

/** One seat's move drawn again, or another outcome; each outcome is as likely here, rare ones being worth a look. */
function varied(environment: Environment, turn: Exclude<Turn, { kind: 'over' }>, old: Moves, rng: Rng): Moves {
  if (turn.kind === 'chance' && 'outcomes' in turn) return { chance: rng.pick(turn.outcomes)[0] };
  if (turn.kind !== 'act' || !('seats' in old)) return randomMoves(environment.spec, turn, rng);
  const seat = rng.pick(actors(turn));
  return { seats: { ...old.seats, [seat]: sample(environment.spec, turn.spaces[seat] as ActionSpace, rng) } };
}

/**
 * Plays a history with one change. After it every seat goes on with its own further moves, and chance with its further
 * outcomes, as long as they are legal; what is not is drawn. So seats that did not see the change do as they did.
 */
export function twinPlay(environment: Environment, past: readonly Moves[], change: Change, seed: string): Choose {
  const rng = stream(seed, 'twin play');
  const rest = new Rest(past.slice(change.step + 1));
  return (turn, { steps }) => {
    if (steps < change.step) return past[steps] as Moves;
    if (steps === change.step) return change.moves;
    return follow(environment, turn, rest, rng);
  };
}

function follow(environment: Environment, turn: Exclude<Turn, { kind: 'over' }>, rest: Rest, rng: Rng): Moves {
  const drawn = randomMoves(environment.spec, turn, rng);
  if (turn.kind === 'chance') {
    const next = rest.chance.shift();
    const text = JSON.stringify(next);
    const listed = 'outcomes' in turn && turn.outcomes.some(([outcome]) => JSON.stringify(outcome) === text);
    return next !== undefined && listed ? { chance: next } : drawn;
  }
  if (turn.kind !== 'act' || !('seats' in drawn)) return drawn;
  const seats: { [seat: number]: Move } = { ...drawn.seats };
  for (const seat of actors(turn)) {
    const read = check(environment.spec, turn.spaces[seat] as ActionSpace, rest.of(seat).shift());
    if (read.ok) seats[seat] = read.value;
  }
  return { seats };
}

/** What is left of a history: outcomes of chance, and the moves of each seat. */
class Rest {
  readonly chance: Move[] = [];
  readonly #seats = new Map<number, Move[]>();

  constructor(past: readonly Moves[]) {
    for (const moves of past) {
      if ('chance' in moves) this.chance.push(moves.chance);
      if ('seats' in moves) for (const [seat, move] of Object.entries(moves.seats)) this.of(Number(seat)).push(move);
    }
  }

  of(seat: number): Move[] {
    const moves = this.#seats.get(seat) ?? [];
    this.#seats.set(seat, moves);
    return moves;
  }
}
