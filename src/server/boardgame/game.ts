import type { Ctx, FnContext, Game } from 'boardgame.io';
import { readConfig } from '../../core/config.js';
import type { Environment, Moves } from '../../core/environment.js';
import { MoveRefused, UserError } from '../../core/errors.js';
import { isJson, type Json, type JsonObject } from '../../core/json.js';
import { Rng, type RngState, type Seed, stream } from '../../core/rng.js';
import type { Move } from '../../core/space.js';
import { digest, isToken, secret } from '../matches/tokens.js';
import type { TableView, WireContext } from '../wire/wire.js';
import { INVALID_MOVE, opened } from './boardgame.js';
import { Course, type Pending } from './course.js';

export type { Asked, Over, TableView } from '../wire/wire.js';

/** A match as boardgame.io keeps it: what was played, and the stream that chance draws from. Secret; nobody is sent it. */
export interface Played {
  readonly steps: readonly Moves[];
  readonly pending: Pending;
  readonly chance: RngState;
}

export interface BoardGameOptions {
  /** Decides every draw of chance. A secret of 144 random bits for each match when absent. */
  readonly seed?: Seed;
  /**
   * The server's secret by which answers from outside are entered, as the move `answer(authority, answers)` of no
   * player. Needed where the environment has calls.
   */
  readonly authority?: string;
}

/** A boardgame.io game; its players see a `TableView`. */
export interface BoardGame extends Game<Played> {
  readonly name: string;
  /** What the outside is asked now, for `answer`; null when it is asked nothing. Takes the server's own `G`. */
  requests(G: Played): readonly Json[] | null;
}

/**
 * An environment as a game of boardgame.io 0.50, for apps that are built on it: of its reducer, its clients, its `Local`
 * and its server. The one move of a player is `act(tick, move)`, `tick` being that of the view it answers; what it is
 * asked, and all else it may know, is its view.
 * NOTE: boardgame.io itself sends everybody the whole `ctx`, which names the players that are awaited. Where who acts is
 * a secret, its server does not keep it; that of `ludus serve` does.
 * @param config fields over the defaults
 * @throws UserError on a wrong configuration, or where calls have no authority
 */
export function asBoardGame(
  environment: Environment,
  config: JsonObject = {},
  options: BoardGameOptions = {},
): BoardGame {
  return new Adapter(environment, readConfig(environment.spec, { set: config }), options).game();
}

type Playing = Pick<FnContext<Played>, 'G' | 'events'>;

class Adapter {
  readonly #environment: Environment;
  readonly #config: JsonObject;
  readonly #seed: Seed | undefined;
  /** Of the authority; undefined where nothing is asked of the outside. */
  readonly #digest: string | undefined;
  /**
   * How each match stands, beside its `G`. NOTE: a course goes on with its match while older `G` stay around, so it is
   * theirs only as long as it is no further than they are.
   */
  readonly #courses = new WeakMap<Played, Course>();

  constructor(environment: Environment, config: JsonObject, { seed, authority }: BoardGameOptions) {
    const { calls } = environment.spec.facts(config);
    if (calls && authority === undefined)
      throw new UserError(`${environment.spec.id} asks the outside: give the secret "authority" its answers come with`);
    this.#environment = environment;
    this.#config = config;
    this.#seed = seed;
    this.#digest = calls && authority !== undefined ? digest(authority) : undefined;
  }

  game(): BoardGame {
    const { id, facts } = this.#environment.spec;
    const { seats } = facts.call(this.#environment.spec, this.#config);
    const act = { ...SERVER_ONLY, move: this.#act };
    const answer = this.#digest === undefined ? {} : { answer: { ...SERVER_ONLY, move: this.#answer } };
    return {
      // NOTE: boardgame.io takes no space in a name; ids of families may hold one.
      name: id.replaceAll(' ', '_'),
      minPlayers: seats,
      maxPlayers: seats,
      disableUndo: true,
      events: NO_EVENTS,
      setup: ({ ctx }) => this.#setup(ctx, seats),
      moves: { act, ...answer },
      turn: {
        onBegin: ({ G, events }) => events.setActivePlayers(active(this.#course(opened(G)))),
        stages: { act: { moves: { act } } },
      },
      endIf: ({ G }) => gameover(this.#course(opened(G))),
      playerView: ({ G, playerID }) => this.#view(G, playerID),
      requests: (G) => this.#course(G).requests,
    };
  }

  #setup({ numPlayers }: Ctx, seats: number): Played {
    const { id } = this.#environment.spec;
    if (numPlayers !== seats) throw new UserError(`${id} is for ${seats} players as configured, not ${numPlayers}`);
    const course = new Course(this.#environment, this.#config);
    const chance = stream(this.#seed ?? secret(), 'chance').state();
    return this.#goOn(course, { steps: [], pending: {}, chance }, []);
  }

  /** NOTE: clients of boardgame.io put what they were sent through this once more. */
  #view(G: Played | TableView, playerID: string | null | undefined): TableView {
    if (!('steps' in G)) return G;
    const course = this.#course(G);
    return course.view(course.seatOf(playerID) ?? 'public');
  }

  readonly #act = (
    { G: draft, playerID, events }: Playing & { readonly playerID: string | null | undefined },
    tick: unknown,
    move: unknown,
  ): Played | typeof INVALID_MOVE => {
    const G = opened(draft);
    const course = this.#course(G);
    const seat = course.seatOf(playerID);
    if (seat === null) return INVALID_MOVE;
    const read = course.read(seat, tick as number, move as Move);
    if (!read.ok) return INVALID_MOVE;
    course.move(seat, read.value);
    const isLast = course.awaited.length === 0;
    const after = isLast
      ? this.#goOn(course, G, [{ seats: course.pending }])
      : this.#keep(course, { ...G, pending: course.pending });
    events.setActivePlayers(active(course));
    return after;
  };

  readonly #answer = (
    { G: draft, events }: Playing,
    authority: unknown,
    answers: unknown,
  ): Played | typeof INVALID_MOVE => {
    const G = opened(draft);
    const course = this.#course(G);
    if (typeof authority !== 'string' || !isToken(authority, this.#digest)) return INVALID_MOVE;
    // NOTE: thrown, because boardgame.io prints an invalid move with all its arguments, and one is the secret.
    if (!areAnswers(answers, course.requests)) throw new MoveRefused(wanted(course));
    const after = this.#goOn(course, G, [{ answers }]);
    events.setActivePlayers(active(course));
    return after;
  };

  /** Plays these steps, and then what chance has to say until somebody else is to move. */
  #goOn(course: Course, { steps, chance }: Played, played: readonly Moves[]): Played {
    const rng = new Rng(chance);
    const all = [...steps];
    const play = (moves: Moves): void => {
      course.play(moves);
      all.push(moves);
    };
    played.forEach(play);
    for (let drawn = course.draw(rng); drawn !== null; drawn = course.draw(rng)) play(drawn);
    return this.#keep(course, { steps: all, pending: {}, chance: rng.state() });
  }

  #keep(course: Course, G: Played): Played {
    this.#courses.set(G, course);
    return G;
  }

  /** How a match stands; walked again from its start where its `G` came from storage, or another move was made since. */
  #course(G: Played): Course {
    const known = this.#courses.get(G);
    if (known !== undefined && standsAt(known, G)) return known;
    const course = new Course(this.#environment, this.#config);
    for (const moves of G.steps) {
      if ('seats' in moves) enter(course, moves.seats);
      course.play(moves);
    }
    enter(course, G.pending);
    this.#courses.set(G, course);
    return course;
  }
}

/** NOTE: own update numbers stand in for boardgame.io's state number, which counts what others do. */
const SERVER_ONLY = { client: false, redact: true, ignoreStaleStateID: true, undoable: false } as const;
const NO_EVENTS = {
  endGame: false,
  endPhase: false,
  endTurn: false,
  setPhase: false,
  endStage: false,
  setStage: false,
  pass: false,
  setActivePlayers: false,
};

function areAnswers(answers: unknown, requests: readonly Json[] | null): answers is readonly Json[] {
  return Array.isArray(answers) && answers.length === requests?.length && isJson(answers);
}

function wanted({ requests }: Course): string {
  return requests === null ? 'no answers are wanted now' : `${requests.length} answers of plain JSON are wanted`;
}

function enter(course: Course, moves: Pending): void {
  for (const [seat, move] of Object.entries(moves)) course.move(Number(seat), move);
}

function standsAt(course: Course, { steps, pending }: Played): boolean {
  return course.steps === steps.length && Object.keys(course.pending).length === Object.keys(pending).length;
}

function active(course: Course): { value: { [playerID: string]: string } } {
  return { value: Object.fromEntries(course.awaited.map((seat) => [String(seat), 'act'])) };
}

function gameover({ over }: Course): WireContext['gameover'] {
  return over === null ? undefined : { how: over.how, outcome: over.outcome, returns: over.returns };
}
