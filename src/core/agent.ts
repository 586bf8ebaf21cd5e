import type { Reply } from './answers.js';
import type { Result } from './ending.js';
import type { Environment, Event, Seat } from './environment.js';
import type { Json, JsonObject } from './json.js';
import type { Failure } from './read.js';
import type { Rng } from './rng.js';
import type { ActionSpace, Move } from './space.js';

/** Who an agent is, for records and tables: its spec as typed and whatever it takes to seat the same one again. */
export type AgentManifest = { readonly agent: string } & JsonObject;

/** One message as sent to a model. */
export type Message = { readonly role: 'system' | 'user' | 'assistant' | 'tool' } & JsonObject;

/** One call of a model, as sent and as answered. Null where the provider gives no figure. */
export interface ModelCall {
  readonly model: string;
  readonly parameters: JsonObject;
  readonly messages: readonly Message[];
  readonly reply: Json;
  readonly usage: JsonObject | null;
  readonly tokens: { readonly prompt: readonly number[]; readonly completion: readonly number[] } | null;
  readonly logprobs: readonly number[] | null;
}

/** A turn of the past that is asked again so that its agent remembers it. Nothing it answers is played. */
export interface Recall {
  /** What the seat played; null where the table's rule made the move. */
  readonly move: Move | null;
  /** The calls of all past turns of the seat, to be taken instead of calling anybody. */
  readonly calls: {
    /** The oldest one left with exactly these messages, taken out; null where the past has none. */
    take(messages: readonly Message[]): ModelCall | null;
  };
}

/** What an agent is asked. Everything in it is what its seat may know; the state is never here. */
export interface ActRequest {
  /** Id of the environment. */
  readonly environment: string;
  readonly seat: Seat;
  readonly space: ActionSpace;
  /** What the seat knows now, whole. Made when first read. */
  readonly view: Json;
  /** Every event told to the seat so far, oldest first. */
  readonly events: readonly Event[];
  /** How many of those events the seat had at its last turn: what is new starts here. */
  readonly fresh: number;
  /** The seat's own moves so far. */
  readonly moves: readonly Move[];
  /** Reward parts told to the seat so far. */
  readonly rewards: { readonly [part: string]: number };
  readonly rules: string;
  /** The whole observation in words: rules, what happened, what is seen, how to answer. Made when first read. */
  readonly text: string;
  /** 1 for the first try of a turn. */
  readonly attempt: number;
  /** Why the last try of this turn failed, in words for the seat; null on the first. */
  readonly refused: { readonly failure: Failure; readonly text: string } | null;
  /** The seat's own stream of random numbers. */
  readonly rng: Rng;
  /** Milliseconds left for this try; null when there is no limit. */
  readonly budgetMs: number | null;
  /** Aborted when the answer is no longer wanted. */
  readonly signal: AbortSignal | null;
  /** There when a turn of the past is asked again, which happens to agents that remember alone. */
  readonly recall?: Recall;
}

interface Decided {
  /** What the agent thought, for readers; never shown to other seats. */
  readonly thought?: string;
  /** What it weighed, with values or probabilities if it has them. */
  readonly candidates?: readonly Json[];
  readonly calls?: readonly ModelCall[];
  /** Who made the move, where it was not the agent whose seat it is: one that sits in for it, as its manifest names it. */
  readonly by?: string;
}

/** An answer that an agent knows to have failed: how, why, and what came instead where something did. */
export interface Failed {
  readonly failure: Failure;
  readonly reason: string;
  readonly reply?: Reply;
}

/**
 * A move; a reply in words that the loop reads by the strict contract of answers; or a failure that the agent itself
 * noticed, which costs a try as any other does.
 */
export type Decision = Decided & ({ readonly move: Move } | { readonly reply: Reply } | { readonly failed: Failed });

/** Whoever answers observations in one seat of one episode. */
export interface Agent {
  readonly manifest: AgentManifest;
  /**
   * Whether it keeps more of its turns than each request tells. When an episode goes on from a past, it is asked the
   * turns of it again first, with `recall` in the request, so that it goes on as if it had never been away.
   */
  readonly remembers?: boolean;
  /** @throws Hopeless, which ends the run; anything else that it throws costs the seat a try */
  act(request: ActRequest): Decision | Promise<Decision>;
  /**
   * Told between its turns, as things happen. One event at a time: how many come together would count steps that others
   * take in secret. What it throws counts as a failed try of the seat's next turn.
   */
  news?(event: Event): void;
  /** Told once, at the end: how it went, or null when the episode was left before one. */
  close?(result: Result | null): void | Promise<void>;
}

/** Where an agent sits down. */
export interface Place {
  readonly environment: Environment;
  readonly config: JsonObject;
  readonly seat: Seat;
  readonly rng: Rng;
}

/** Makes the agent of one episode and seat. */
export type AgentFactory = (place: Place) => Agent;

/** A service outside this process that agents wait for: those of one pool share it, so they are limited together. */
export interface AgentPool {
  /** Of the service, as told to people: `openai`, `http://localhost:8000`. */
  readonly pool: string;
  /** How many of its agents may be in a game at once. */
  readonly agents: number;
}

/**
 * What the agents of one run may use up of services outside, all together. Plain data, so that worker threads get it
 * too; `memory` is the ledger that they share (`newLedger` of `src/llm/ledger.ts` begins one).
 */
export interface Spending {
  readonly tokens?: number;
  /** In the currency of the price table. */
  readonly cost?: number;
  readonly wallMs?: number;
  readonly memory: SharedArrayBuffer;
}

/** A kind of agent as the catalogue finds it: `scheme` or `scheme:argument`. */
export interface AgentFamily {
  readonly id: string;
  readonly title: string;
  /** How its argument is written, with an example; empty when it takes none. */
  readonly usage: string;
  /** Set where it takes the terminal of this process, so that nobody elsewhere can be seated by it. */
  readonly terminal?: true;
  /** Set where a turn may compute for long, so that a server gives it a thread beside its own. */
  readonly computes?: true;
  /** Set where it sits in well for somebody who is away, sensible and quick: the lowest number is taken first. */
  readonly standIn?: number;
  /**
   * Opens what all its episodes share (a file, a model). Throws `UserError` on a bad argument.
   * @param spending what it must keep to, together with the other agents of its run; null without a limit
   */
  open(argument: string, spending?: Spending | null): Promise<AgentFactory> | AgentFactory;
  /** What an agent of this argument waits for; null, or absent, where it computes in this process. Opens nothing. */
  limits?(argument: string): Promise<AgentPool | null> | AgentPool | null;
}

/** A decision rule over options: one distribution for each request, in the order of its options. */
export interface Policy {
  readonly manifest: AgentManifest;
  probabilities(requests: readonly ActRequest[]): readonly Float32Array[] | Promise<readonly Float32Array[]>;
}
