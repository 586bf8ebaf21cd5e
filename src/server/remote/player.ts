import { movedBy } from '../../../agents/wrappers/moved.js';
import type { ActRequest, Agent, Decision, Place } from '../../core/agent.js';
import { refusal } from '../../core/answers.js';
import type { Event } from '../../core/environment.js';
import { Hopeless, messageOf } from '../../core/errors.js';
import { opening } from '../../core/observation.js';
import type { Failure } from '../../core/read.js';
import { type Move, substitute } from '../../core/space.js';
import { requestFrom } from '../threads/told.js';
import type { Over, Refusal, TableView } from '../wire/wire.js';
import type { MatchAddress, SeatKey } from './lobby.js';
import { RemoteSeat } from './seat.js';

/** What a player tells whoever looks over its shoulder. */
export interface PlayerEvents {
  events(events: readonly Event[]): void;
  /** A move is on its way; `substituted` when the agent gave none. */
  moved(decision: Decision | null, move: Move, substituted: boolean): void;
  failed(failure: Failure, reason: string): void;
  connected(isConnected: boolean): void;
}

/** Tries an agent has for a turn, as at a table of its own process. */
const TRIES = 3;
/** Refusals that say nothing about the move itself. */
const PASSING: readonly Refusal['error'][] = ['rate', 'not your turn', 'stale', 'game over', 'not allowed', 'internal'];
/** How long to wait after a refusal that says nothing about the move, in milliseconds. */
const AGAIN_MS = 500;

/** A turn that is thought about, and what came of it. */
interface Turn {
  /** How many moves the seat had played before. */
  readonly number: number;
  readonly thinking: AbortController;
  move?: Move;
}

type Refused = NonNullable<ActRequest['refused']>;

/** An agent that plays a seat at a table on a server, from where the game is to its end. */
export class RemotePlayer {
  readonly #place: Place;
  readonly #agent: Agent;
  readonly #events: PlayerEvents;
  readonly #seat: RemoteSeat;
  #view: TableView | null = null;
  #turn: Turn | null = null;
  #heard = 0;
  #fresh = 0;
  #isSending = false;
  #finish: { resolve(over: Over): void; reject(reason: unknown): void } | null = null;

  constructor(address: MatchAddress, key: SeatKey, place: Place, agent: Agent, events: PlayerEvents) {
    this.#place = place;
    this.#agent = agent;
    this.#events = events;
    this.#seat = new RemoteSeat(address, key, {
      seen: (view) => this.#see(view),
      connected: (isConnected) => events.connected(isConnected),
      refused: ({ text }) => this.#finish?.reject(new Error(text)),
    });
  }

  /** Plays to the end. @throws Hopeless when the agent gives up, Error when the server shuts the seat out */
  async play(): Promise<Over> {
    try {
      const over = await new Promise<Over>((resolve, reject) => {
        this.#finish = { resolve, reject };
      });
      await this.#agent.close?.(over);
      return over;
    } finally {
      this.#turn?.thinking.abort();
      this.#seat.close();
    }
  }

  #see(view: TableView): void {
    this.#view = view;
    this.#hear(view.events.slice(this.#heard));
    this.#heard = view.events.length;
    if (view.over !== null) this.#finish?.resolve(view.over);
    const number = view.moves.length;
    if (view.asked === null || this.#turn?.number !== number) {
      this.#turn?.thinking.abort();
      this.#turn = null;
    }
    if (view.asked === null) return;
    if (this.#turn === null) void this.#think(view, number);
    else this.#send();
  }

  #hear(events: readonly Event[]): void {
    if (events.length > 0) this.#events.events(events);
    try {
      for (const event of events) this.#agent.news?.(event);
    } catch (thrown) {
      this.#events.failed('crashed', messageOf(thrown));
    }
  }

  async #think(view: TableView, number: number): Promise<void> {
    const turn: Turn = { number, thinking: new AbortController() };
    this.#turn = turn;
    const fresh = this.#fresh;
    this.#fresh = view.events.length;
    try {
      turn.move = await this.#decide(view, fresh, turn.thinking.signal, 1, null);
      this.#send();
    } catch (thrown) {
      if (!turn.thinking.signal.aborted) this.#finish?.reject(thrown);
    }
  }

  async #decide(
    view: TableView,
    fresh: number,
    signal: AbortSignal,
    attempt: number,
    refused: Refused | null,
  ): Promise<Move> {
    const request = this.#request(view, fresh, signal, attempt, refused ?? view.asked?.refused ?? null);
    const decision = await this.#ask(request);
    signal.throwIfAborted();
    const read = movedBy(this.#place.environment, request, decision);
    if (read.ok) {
      this.#events.moved(decision, read.value, false);
      return read.value;
    }
    this.#events.failed(read.failure, read.reason);
    if (attempt < TRIES) {
      const text = refusal(read.failure, read.reason, TRIES - attempt);
      return this.#decide(view, fresh, signal, attempt + 1, { failure: read.failure, text });
    }
    const move = substitute(this.#place.environment.spec, request.space, this.#place.rng);
    this.#events.moved(null, move, true);
    return move;
  }

  async #ask(request: ActRequest): Promise<Decision> {
    try {
      return await this.#agent.act(request);
    } catch (thrown) {
      if (thrown instanceof Hopeless || request.signal?.aborted === true) throw thrown;
      return { failed: { failure: 'crashed', reason: messageOf(thrown) } };
    }
  }

  #request(view: TableView, fresh: number, signal: AbortSignal, attempt: number, refused: Refused | null): ActRequest {
    const { environment, rules, events, said, moves, rewards, shown, asked } = view;
    const { seat, rng } = this.#place;
    if (asked === null) throw new Error('the seat is not asked');
    const { space, how, leftMs } = asked;
    const told = { environment, seat, space, view: view.view, events, fresh, moves, rewards, rules };
    const words = () => ({
      opening: opening(rules, seat),
      told: said.filter((line) => line !== '').join('\n'),
      shown,
      how,
    });
    return requestFrom({ ...told, attempt, refused, budgetMs: leftMs }, words, rng, signal);
  }

  /** Sends the move of this turn, or sends it again, unless it is on its way or the table stands still. */
  #send(): void {
    const [turn, view] = [this.#turn, this.#view];
    if (turn?.move === undefined || view?.asked == null || view.asked.paused || this.#isSending) return;
    this.#isSending = true;
    void this.#seat.act(view.tick, turn.move).then((answer) => {
      this.#isSending = false;
      // NOTE: a move that got no answer, or came too early or too late, is sent again if the table still asks for it.
      if (answer === null || ('error' in answer && PASSING.includes(answer.error)))
        setTimeout(() => this.#seat.sync(), AGAIN_MS);
      else if ('error' in answer) this.#finish?.reject(new Error(answer.text));
    });
  }
}
