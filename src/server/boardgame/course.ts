import type { Environment, Moves, Seat } from '../../core/environment.js';
import { Episode } from '../../core/episode.js';
import type { Json, JsonObject } from '../../core/json.js';
import { bad, type Read } from '../../core/read.js';
import type { Rng } from '../../core/rng.js';
import { type ActionSpace, check, type Move } from '../../core/space.js';
import { askedOf } from '../table/asked.js';
import { Eye, type Looker, type Situation } from '../table/eye.js';
import type { Over, TableView } from '../wire/wire.js';

/** The moves of the turn that is on, of seats that have already made theirs. */
export type Pending = { readonly [seat: number]: Move };

const NOBODY: Situation = { asked: null, moved: false, over: null };
const NO_CLOCK = { leftMs: null, paused: false };

/**
 * A game in memory as one road has led to it: an episode and everybody's eyes. It only ever goes on; whoever wants to
 * go back walks the road again.
 */
export class Course {
  readonly #episode: Episode;
  readonly #eyes: ReadonlyMap<Looker, Eye>;
  #pending: Pending = {};

  constructor(environment: Environment, config: JsonObject) {
    this.#episode = new Episode(environment, config);
    const seats = Array.from({ length: this.#episode.facts.seats }, (_, seat) => seat);
    this.#eyes = new Map([...seats, 'public' as const].map((looker) => [looker, new Eye(this.#episode, looker)]));
    this.#ask();
  }

  get steps(): number {
    return this.#episode.steps;
  }

  get pending(): Pending {
    return this.#pending;
  }

  /** The seat that boardgame.io calls so; null for anybody else. */
  seatOf(playerID: string | null | undefined): Seat | null {
    const seat = Number(playerID);
    return String(seat) === playerID && this.#eyes.has(seat) ? seat : null;
  }

  /** The seats that are still to move. */
  get awaited(): Seat[] {
    const { turn } = this.#episode;
    if (turn.kind !== 'act') return [];
    return Object.keys(turn.spaces)
      .map(Number)
      .filter((seat) => !(seat in this.#pending));
  }

  /** The questions to the outside that are to be answered now. */
  get requests(): readonly Json[] | null {
    return this.#episode.turn.kind === 'call' ? this.#episode.turn.requests : null;
  }

  get over(): Over | null {
    const { turn, paid } = this.#episode;
    if (turn.kind !== 'over') return null;
    const how = turn.truncated ? 'horizon' : 'rules';
    return { how, outcome: turn.outcome, returns: this.#episode.returns(), paid, record: null };
  }

  view(looker: Looker): TableView {
    return this.#eye(looker).whole().G;
  }

  /** The move as the rules take it, or why it cannot be made. */
  read(seat: Seat, tick: number, move: Move): Read<Move> {
    const { turn, environment } = this.#episode;
    if (turn.kind !== 'act' || !this.awaited.includes(seat)) return bad('illegal', 'it is not your turn');
    if (tick !== this.#eye(seat).tick) return bad('illegal', 'the table has moved on since; look again');
    return check(environment.spec, turn.spaces[seat] as ActionSpace, move);
  }

  /** A seat's move is in. It is played once all are. */
  move(seat: Seat, move: Move): void {
    this.#pending = { ...this.#pending, [seat]: move };
    const isFelt = this.#episode.facts.dynamics === 'simultaneous';
    if (isFelt) this.#eye(seat).look({ ...NOBODY, moved: true });
  }

  /** Plays one step. @throws MoveRefused when it does not belong */
  play(moves: Moves): void {
    this.#episode.apply(moves);
    this.#pending = {};
    const { over } = this;
    for (const eye of this.#eyes.values()) eye.look({ ...NOBODY, over });
    this.#ask();
  }

  /** What chance brings now; null when it is not to move. */
  draw(rng: Rng): Moves | null {
    const { turn } = this.#episode;
    if (turn.kind !== 'chance') return null;
    return { chance: 'outcomes' in turn ? rng.weighted(turn.outcomes) : turn.draw(rng) };
  }

  #ask(): void {
    const { turn, environment } = this.#episode;
    for (const seat of this.awaited) {
      const space = (turn as { spaces: { [seat: number]: ActionSpace } }).spaces[seat] as ActionSpace;
      this.#eye(seat).look({ ...NOBODY, asked: askedOf(environment.spec, space, NO_CLOCK) });
    }
  }

  #eye(looker: Looker): Eye {
    return this.#eyes.get(looker) as Eye;
  }
}
