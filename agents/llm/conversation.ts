import type { Message, ModelCall, Recall } from '../../src/core/agent.js';
import { unused } from '../../src/core/unused.js';
import {
  type Model,
  ModelError,
  type ModelParameters,
  type ModelReply,
  type ModelRequest,
  toFailedCall,
  toModelCall,
} from '../../src/llm/model.js';
import { allBut, type Part } from './answers/refused.js';
import { type ContextLimit, isOverflow } from './context.js';
import type { Recollection } from './memory.js';
import { joined, messagesOf } from './past.js';
import { notAwaited, recalled } from './recalled.js';
import { turnsInWords } from './turns.js';

/** What a call asks of the provider beside the messages. */
export type Wanted = Pick<ModelRequest, 'tools' | 'schema'> &
  Pick<ModelParameters, 'toolChoice'> & {
    /** What the provider refuses, and the call goes without. */
    readonly without?: readonly Part[];
  };

/**
 * The calls of one turn: puts the rules, what is remembered and what is asked now together, makes the prompt smaller
 * where it does not fit, and keeps every call as it was sent.
 */
export class Conversation {
  readonly #model: Model;
  readonly #parameters: ModelParameters;
  readonly #system: Message;
  readonly #limit: ContextLimit;
  #caller: Pick<Model, 'call'>;
  #remembered: Recollection = { notes: '', turns: [] };
  #leftOut = 0;
  #calls: ModelCall[] = [];

  constructor(model: Model, parameters: ModelParameters, rules: string, limit: ContextLimit) {
    this.#model = model;
    this.#caller = model;
    this.#parameters = parameters;
    this.#system = { role: 'system', content: rules };
    this.#limit = limit;
  }

  /** From now on the model is asked, or else the past. */
  ask(recall: Recall | undefined): void {
    this.#caller = recall === undefined ? this.#model : recalled(recall);
  }

  /** Begins with what is remembered of earlier turns. */
  remember(remembered: Recollection): void {
    this.#remembered = remembered;
    this.#leftOut = 0;
  }

  /** The calls since this was last asked, for the record. */
  takeCalls(): ModelCall[] {
    const calls = this.#calls;
    this.#calls = [];
    return calls;
  }

  /** Marks the last call: its answer cannot be played. */
  refuse(): void {
    const last = this.#calls.pop();
    if (last !== undefined) this.#calls.push(unused(last, 'refused'));
  }

  /**
   * One call. Turns that do not fit are left out, the oldest first; rules and what is asked now always stay.
   * @throws ModelError, and the signal's reason
   */
  async call(now: readonly Message[], wanted: Wanted, signal: AbortSignal | null): Promise<ModelReply> {
    for (;;) {
      const request = this.#fitted(now, wanted);
      try {
        return await this.#send(request, signal, wanted.without);
      } catch (thrown) {
        if (!isOverflow(thrown) || !this.#shrink()) throw thrown;
        this.#limit.learn(this.#request(now, wanted));
      }
    }
  }

  /** A call beside the game: the rules and these messages, nothing that is remembered. */
  async aside(messages: readonly Message[], signal: AbortSignal | null): Promise<ModelReply> {
    return this.#send({ messages: [this.#system, ...messages], parameters: this.#parameters }, signal);
  }

  async #send(request: ModelRequest, signal: AbortSignal | null, without: readonly Part[] = []): Promise<ModelReply> {
    try {
      const reply = await this.#caller.call(request, signal);
      this.#keep(toModelCall(request, reply), without);
      return reply;
    } catch (thrown) {
      const error = thrown instanceof ModelError ? thrown : null;
      if (error !== null || signal?.aborted === true)
        this.#keep(toFailedCall(this.#model.id, request, error ?? notAwaited()), without);
      throw thrown;
    }
  }

  #fitted(now: readonly Message[], wanted: Wanted): ModelRequest {
    let request = this.#request(now, wanted);
    while (!this.#limit.allows(request) && this.#leaveOut(1)) request = this.#request(now, wanted);
    return request;
  }

  #request(now: readonly Message[], { toolChoice, without = [], ...asked }: Wanted): ModelRequest {
    const { notes, turns } = this.#remembered;
    const before = [notes, this.#leftOut === 0 ? '' : `(${turnsInWords(this.#leftOut)} did not fit and are left out.)`];
    const opening = before.filter((text) => text !== '').map((content) => ({ role: 'user' as const, content }));
    const messages = joined([...opening, ...messagesOf(turns.slice(this.#leftOut)), ...now]);
    const taken = allBut(this.#parameters, without);
    const parameters = toolChoice === undefined ? taken : { ...taken, toolChoice };
    return { messages: [this.#system, ...messages], ...asked, parameters };
  }

  /** Leaves out half of the turns that are left. */
  #shrink(): boolean {
    return this.#leaveOut(Math.ceil((this.#remembered.turns.length - this.#leftOut) / 2));
  }

  #leaveOut(count: number): boolean {
    if (count === 0 || this.#leftOut >= this.#remembered.turns.length) return false;
    this.#leftOut += count;
    return true;
  }

  #keep(call: ModelCall, without: readonly Part[]): void {
    const notes = {
      ...(this.#leftOut === 0 ? {} : { turnsLeftOut: this.#leftOut }),
      ...(without.length === 0 ? {} : { without }),
    };
    this.#calls.push({ ...call, parameters: { ...call.parameters, ...notes } });
  }
}
