import type { Message, ModelCall } from '../src/core/agent.js';
import type { Decided } from '../src/core/decide.js';
import { type Environment, type Event, type Seat, seatName } from '../src/core/environment.js';
import { Episode } from '../src/core/episode.js';
import { UserError } from '../src/core/errors.js';
import type { Json, JsonObject } from '../src/core/json.js';
import { Observation, sayAll } from '../src/core/observation.js';
import { stream } from '../src/core/rng.js';
import type { ActionSpace, ToolCall } from '../src/core/space.js';
import { movesOf } from '../src/core/table.js';
import { answeringCall } from './answered.js';
import { type Before, callingPrompt } from './calling.js';
import { unpackStep } from './messages.js';
import type { EpisodeRecord } from './schema.js';
import { refuseOtherVersion } from './session.js';
import { completionOf, toolsIn, toolsOf } from './spoken.js';

/** One decision of a record together with what its seat was asked. */
export interface Asked {
  /** Position in the steps of the record. */
  readonly step: number;
  readonly seat: Seat;
  readonly space: ActionSpace;
  readonly decided: Decided;
  /** The call of a model that gave the answer; null where none did. */
  readonly call: ModelCall | null;
  /**
   * What was put before the seat: the messages really sent with the call that gave the answer where a model spoke. Else
   * its own observation in words as the one message of a user, or, where it calls tools, the conversation with them so
   * far. Made when first read.
   */
  readonly prompt: readonly Message[];
  /** The tools it was offered, as chat completions list them. */
  readonly tools: readonly JsonObject[];
}

/** A decision as whoever reads the record again finds it. */
export interface AskedThere extends Asked {
  /** What the seat was told and saw, in words, whatever a model was sent. Made when first read. */
  readonly told: string;
  /** All that had happened and stood there, hidden things too: for readers and never for seats. */
  readonly whole: string;
}

/**
 * The decisions of a record in order, each with its prompt, found by playing the record again.
 * @throws UserError on another version, or when a move does not belong where it stands
 */
export function* asked(record: EpisodeRecord, environment: Environment): Generator<AskedThere> {
  refuseOtherVersion(record.environment, environment);
  const episode = new Episode(environment, record.environment.config as JsonObject);
  const last = new Map<Seat, Question>();
  for (const [step, packed] of record.steps.entries()) {
    const { turn } = episode;
    const played = unpackStep(packed, (record.messages ?? []) as Message[]);
    for (const [seat, decided] of Object.entries(played.seats ?? {}) as [string, Decided][]) {
      const space = turn.kind === 'act' ? turn.spaces[Number(seat)] : undefined;
      if (space === undefined) {
        throw new UserError(`${record.id}, step ${step}: ${seatName(Number(seat))} moves when it is not asked`);
      }
      const question = new Question({ step, seat: Number(seat), space, decided }, episode, last.get(Number(seat)));
      last.set(Number(seat), question);
      yield question;
    }
    episode.apply(movesOf(played));
  }
}

const RNG = stream(0, 'unused');
const ASKING = { rng: RNG, fresh: 0, attempt: 1, refused: null, budgetMs: null, signal: null };

class Question implements AskedThere {
  readonly step: number;
  readonly seat: Seat;
  readonly space: ActionSpace;
  readonly decided: Decided;
  readonly #observation: Observation;
  /** The seat's turn before. */
  readonly #before: Question | undefined;
  readonly #environment: Environment;
  readonly #config: JsonObject;
  readonly #state: Json;
  readonly #events: readonly Event[];
  readonly #happened: number;
  #call: ModelCall | null | undefined;
  #prompt: readonly Message[] | undefined;

  constructor(
    { step, seat, space, decided }: Pick<Asked, 'step' | 'seat' | 'space' | 'decided'>,
    episode: Episode,
    before: Question | undefined,
  ) {
    this.step = step;
    this.seat = seat;
    this.space = space;
    this.decided = decided;
    this.#environment = episode.environment;
    this.#state = episode.state;
    this.#events = episode.log;
    this.#happened = episode.log.length;
    // NOTE: an observation is of the time it was made, whenever its words are read.
    this.#observation = new Observation(episode, seat, space, ASKING);
    this.#config = episode.config;
    this.#before = before;
  }

  get call(): ModelCall | null {
    if (this.#call === undefined) this.#call = answeringCall(this.#environment.spec, this.space, this.decided);
    return this.#call;
  }

  get told(): string {
    return this.#observation.text;
  }

  get whole(): string {
    const happened = sayAll(this.#environment, this.#events.slice(0, this.#happened), 'all');
    const shown = this.#environment.show?.(this.#environment.view(this.#state, 'all')) ?? '';
    return [...happened, shown].filter((part) => part !== '').join('\n');
  }

  get prompt(): readonly Message[] {
    this.#prompt ??= this.call?.messages ?? this.#unasked();
    return this.#prompt;
  }

  get tools(): readonly JsonObject[] {
    return this.call === null ? toolsIn(this.#environment.spec, this.space) : toolsOf(this.call);
  }

  /** What was put before a seat in which no model spoke. */
  #unasked(): readonly Message[] {
    if (this.space.kind !== 'tools') return [{ role: 'user', content: this.#observation.text }];
    const { events, view } = this.#observation;
    const before = this.#before;
    const news = before === undefined ? events : events.slice(before.#observation.events.length);
    const shown = this.#environment.show?.(view) ?? '';
    const moment = { environment: this.#environment, config: this.#config, seat: this.seat, news, shown };
    return callingPrompt(moment, before === undefined ? null : before.#over());
  }

  #over(): Before {
    const { space, decided, prompt, call } = this;
    const calls = space.kind === 'tools' ? (decided.move as unknown as readonly ToolCall[]) : [];
    return { prompt, completion: completionOf(space, decided, call), calls };
  }
}
