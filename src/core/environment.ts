import type { z } from 'zod';
import type { Json, JsonObject } from './json.js';
import type { Rng } from './rng.js';
import type { ActionSpace, Form, Move, Tool } from './space.js';
import type { Tasks } from './tasks.js';

/** A place at the table, counted from 0. In words: `player_0`, `player_1`, ... */
export type Seat = number;

/** Who looks: a seat, the public (what everybody may see), or `all` (everything; for replays and readers only). */
export type Viewer = Seat | 'public' | 'all';

/**
 * Something that happened, and who learns it. The one declaration of who is told what: the loop keeps events and hands
 * a seat those addressed to it. Never part of a state.
 */
export type Event = { readonly to: 'all' | readonly Seat[]; readonly kind: string; readonly [field: string]: Json };

/** What is played in one step: a move of each asked seat, the outcome of chance, or the answers to the calls. */
export type Moves =
  | { readonly seats: { readonly [seat: number]: Move } }
  | { readonly chance: Move }
  | { readonly answers: readonly Json[] };

/** Amounts paid in one step: seat, then reward part. */
export type Rewards = { readonly [seat: number]: { readonly [part: string]: number } };

export type Outcomes = readonly (readonly [Move, number])[];

export type ActTurn = { readonly kind: 'act'; readonly spaces: { readonly [seat: number]: ActionSpace } };
/** Chance lists its outcomes with probabilities that add up to 1, or draws where a list would be intractable. */
export type ChanceTurn =
  | { readonly kind: 'chance'; readonly outcomes: Outcomes }
  | { readonly kind: 'chance'; readonly draw: (rng: Rng) => Move };
/**
 * Questions to the outside (searches, judges, sandboxes), answered together; a failure is an answer `{ error }`.
 * `sample` invents plausible answers, so that random play needs no outside.
 */
export type CallTurn = {
  readonly kind: 'call';
  readonly requests: readonly Json[];
  readonly sample: (rng: Rng) => readonly Json[];
};
/** `truncated`: ended by the environment's own horizon, not by a result of the rules. */
export type OverTurn = { readonly kind: 'over'; readonly outcome: string; readonly truncated: boolean };

/** What happens next. Several spaces in an `act` turn: those seats move at once, none seeing the others' moves. */
export type Turn = ActTurn | ChanceTurn | CallTurn | OverTurn;

export interface Step<S> {
  readonly state: S;
  readonly rewards?: Rewards;
  readonly events?: readonly Event[];
}

/** What holds of an environment under one configuration. Solvers, laws and lists read it instead of guessing. */
export interface Facts {
  readonly seats: number;
  /**
   * `perfect`: everything that has happened is told to everybody. Seats that move at once still do not see each other's
   * moves, so solvers read `dynamics` too.
   */
  readonly information: 'perfect' | 'imperfect';
  /** `listed`: every chance turn lists its outcomes; `drawn`: some can only be drawn. */
  readonly chance: 'none' | 'listed' | 'drawn';
  /** Whether there are turns answered from outside. */
  readonly calls: boolean;
  /** `simultaneous`: some turns ask several seats at once. */
  readonly dynamics: 'sequential' | 'simultaneous';
  /** Bounds of a seat's return (weighted), and how the returns of the seats relate. */
  readonly utility: {
    readonly kind: 'zero-sum' | 'constant-sum' | 'identical' | 'general';
    readonly min: number;
    readonly max: number;
  };
  /** No episode takes more applied steps than this, chance and calls included. */
  readonly horizon: number;
}

/** A named part of the reward. A seat's return is the sum of the parts paid, each times its weight. */
export interface RewardPart {
  readonly says: string;
  /** The default weight; a configuration's own `weights` object overrides it part by part. */
  readonly weight: number;
  /** `end`: the seat may not know it earlier, because it would tell a secret (a vote for a wolf). */
  readonly told: 'at once' | 'end';
}

/** A kind of event: who is told, in words, for the card; checked by the environment's table of facts. */
export interface EventKind {
  readonly told: string;
  readonly says: string;
  /** How a reader's page may set it; a plain line of words when absent. */
  readonly look?: Look;
}

/**
 * How an event is set on a page: a `heading` opens a part of the episode, `speech` is what `event.seat` says in
 * `event.text`, a `result` is the `event.text` that answers the tool call `event.id`, and a badge is what the named
 * field tells of `event.seat` (a role, a card), shown beside its name from then on to whoever was told.
 */
export type Look = 'heading' | 'speech' | 'result' | { readonly badge: string };

export interface Preset {
  readonly says: string;
  readonly config: JsonObject;
}

export interface Spec<C = JsonObject> {
  readonly id: string;
  /** Semantic version of rules, words and configuration. Records and golden transcripts carry it. */
  readonly version: string;
  readonly title: string;
  /** One sentence for lists. */
  readonly summary: string;
  /** A strict object in which every field has a default, so that `{}` is a complete configuration. */
  readonly config: z.ZodType<C>;
  readonly presets?: { readonly [name: string]: Preset };
  readonly rewards: { readonly [part: string]: RewardPart };
  readonly events: { readonly [kind: string]: EventKind };
  readonly forms?: { readonly [name: string]: Form };
  readonly tools?: { readonly [name: string]: Tool };
  facts(config: C): Facts;
  /** The rules exactly as this configuration plays them: what a seat reads first. */
  rules(config: C): string;
}

/** How an environment looks to a network: a fixed vocabulary of actions and a vector made from the view alone. */
export interface VectorForm {
  readonly length: number;
  /** Every option id that can ever be offered. */
  readonly actions: readonly string[];
  encode(view: Json): Float32Array;
}

/** What a seat knows at its turn: what it sees, every event told to it and its own moves, oldest first. */
export interface Knowledge {
  readonly seat: Seat;
  readonly view: Json;
  readonly events: readonly Event[];
  readonly moves: readonly Move[];
}

/** What a seat's scripted player is given at each of its turns: exactly what any agent may know. */
export interface ScriptTurn {
  readonly space: ActionSpace;
  readonly view: Json;
  /** Every event told to the seat so far, oldest first. */
  readonly events: readonly Event[];
  readonly rng: Rng;
}

/** One scripted player in one seat of one episode. Its memory may only be a function of what it was given. */
export type Script = (turn: ScriptTurn) => { readonly move: Move; readonly thought?: string };

/** The environment's own sensible players. `styles` names them, the first is the default. */
export interface Scripted<C = JsonObject> {
  readonly styles: { readonly [name: string]: string };
  seat(place: { readonly config: C; readonly seat: Seat; readonly style: string; readonly rng: Rng }): Script;
}

/**
 * A language decision process. State is plain JSON and the rules are pure functions of it: no clock, no randomness of
 * their own, no input or output. Everything random is a chance turn, everything from outside a call turn.
 */
export interface Environment<S extends Json = Json, C = JsonObject> {
  readonly spec: Spec<C>;
  start(config: C): S;
  turn(state: S): Turn;
  /** The state after moves that `check` accepted. Every combination of checked moves is taken; never changes its input. */
  apply(state: S, moves: Moves): Step<S>;
  /**
   * What the viewer knows now, whole. For a seat it is a function of the events told to that seat and of its own moves;
   * counters of steps that others take in secret would break that.
   */
  view(state: S, viewer: Viewer): Json;
  /** One event in words, as the viewer would read it; called only when somebody reads. */
  say(event: Event, viewer: Viewer): string;
  /** The view in words, for prompts and terminals: a board, a hand. Absent where the events already say it all. */
  show?(view: Json): string;
  /** Answers a call's request when the table brings nobody else to ask. The only part that may reach outside. */
  answer?(request: Json, signal: AbortSignal): Promise<Json>;
  /**
   * Told once by a table that leaves an episode, however it ended: what `answer` keeps open outside for it may be let go.
   */
  leave?(state: S): Promise<void>;
  vector?(config: C): VectorForm;
  /**
   * A full state in which the seat is asked and that agrees with all it was told and did, drawn as likely as it is when
   * all others play uniformly at random. Only for speed: searches otherwise replay the game with other hidden moves.
   */
  resample?(config: C, told: Knowledge, rng: Rng): S;
  /**
   * For environments of one seat whose goal is configured: another configuration whose goal the same moves reach, seen
   * after an episode that failed its own; undefined where they reach none. It is complete, as the schema reads it, and
   * whoever uses it plays the moves again there before believing it.
   * SEE: M. Andrychowicz et al., "Hindsight Experience Replay", NeurIPS 2017, section 3.2.
   */
  hindsight?(config: C, moves: readonly Moves[]): C | undefined;
  /** A shorter name of a seat's information state; splits states exactly as events and own moves do. */
  key?(view: Json): string;
  readonly scripted?: Scripted<C>;
  /** Where an episode is one of a set of numbered tasks. */
  readonly tasks?: Tasks;
}

/** Ties an environment's own types together and forgets them, so that all environments are of one type. */
export function environment<S extends Json, C>(definition: Environment<S, C>): Environment {
  return definition as unknown as Environment;
}

/** How a seat is written in words and in option ids. */
export function seatName(seat: Seat): string {
  return `player_${seat}`;
}

/**
 * The seats a turn asks, in order.
 * @param seats how many seats there are, if known: trying each is several times as fast as listing keys
 */
export function actors(turn: Turn, seats?: number): Seat[] {
  if (turn.kind !== 'act') return [];
  if (seats === undefined) return Object.keys(turn.spaces).map(Number);
  const asked: Seat[] = [];
  for (let seat = 0; seat < seats; seat++) if (turn.spaces[seat] !== undefined) asked.push(seat);
  return asked;
}

/** Whether an event is addressed to a viewer. The public gets what everybody gets. */
export function isTold(event: Event, viewer: Viewer): boolean {
  if (event.to === 'all' || viewer === 'all') return true;
  return viewer !== 'public' && event.to.includes(viewer);
}

/** The weight of each reward part under a configuration. */
export function weightsOf(spec: Spec, config: JsonObject): { [part: string]: number } {
  const own = config.weights as { readonly [part: string]: number } | undefined;
  return Object.fromEntries(Object.entries(spec.rewards).map(([part, { weight }]) => [part, own?.[part] ?? weight]));
}
