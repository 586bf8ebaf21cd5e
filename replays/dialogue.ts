import type { Message, ModelCall } from '../src/core/agent.js';
import type { Seat } from '../src/core/environment.js';
import { isAnswered } from './answered.js';
import { spokenMessage } from './spoken.js';
import { callsOf, takenCalls } from './taken.js';
import type { OwnTurn } from './turns.js';

/** One message of a seat's dialogue with its model, or with its own observations where no model spoke. */
export interface Utterance {
  /** Position of the message before it; null for a first one. */
  readonly parent: number | null;
  readonly message: Message;
  /** The call that wrote it; null for what was put before the model, and for moves that no model wrote. */
  readonly call: ModelCall | null;
  /** The turn it was said at; null for what was put before the seat. */
  readonly turn: OwnTurn | null;
  /**
   * Whether it led to the move: the answers of a turn and the calls before them. False for tries that failed, for
   * answers that were not taken, for what was asked after the answer, and for everything the seat did not say itself.
   */
  readonly good: boolean;
  /** What the message adds to the tokens before it; empty where the ids are not known. */
  readonly tokens: Tokens;
}

export interface Tokens {
  readonly ids: readonly number[];
  /** As many as ids: true where the model wrote. */
  readonly mask: readonly boolean[];
  /** As many as there are true in the mask, or none. */
  readonly logprobs: readonly number[];
}

const NONE: Tokens = { ids: [], mask: [], logprobs: [] };

/**
 * All that one seat was sent and said in an episode, each message once. Calls whose messages begin alike share them; a
 * call that was sent another past (a shorter memory, a candidate beside another) is a branch of its own.
 */
export interface Dialogue {
  readonly seat: Seat;
  readonly utterances: readonly Utterance[];
  /** Every call in order, with the position of what it wrote; null where it failed. */
  readonly calls: readonly { readonly call: ModelCall; readonly at: number | null; readonly turn: OwnTurn }[];
}

/**
 * The dialogues of the turns of an episode, one a seat.
 * @param exact also tells branches apart by the ids of tokens: a template that drops or changes what was said before
 * gives another past, and only one past belongs to the ids
 */
export function dialoguesOf(turns: readonly OwnTurn[], exact = false): Dialogue[] {
  const seats = [...new Set(turns.map(({ seat }) => seat))].sort((a, b) => a - b);
  return seats.map((seat) => {
    const builder = new Builder(exact);
    for (const turn of turns) if (turn.seat === seat) builder.add(turn);
    return { seat, utterances: builder.utterances, calls: builder.calls };
  });
}

/** The ways through a dialogue from a first message to a last one, as positions. */
export function branchesOf({ utterances }: Dialogue): number[][] {
  const parents = new Set(utterances.map(({ parent }) => parent));
  return utterances.flatMap((_, at) => (parents.has(at) ? [] : [pathTo(utterances, at)]));
}

function pathTo(utterances: readonly Utterance[], last: number | null): number[] {
  const path: number[] = [];
  for (let at = last; at !== null; at = utterances[at]?.parent ?? null) path.push(at);
  return path.reverse();
}

class Builder {
  readonly utterances: Utterance[] = [];
  readonly calls: { call: ModelCall; at: number | null; turn: OwnTurn }[] = [];
  readonly #exact: boolean;
  readonly #places = new Map<string, number>();
  readonly #texts = new WeakMap<Message, string>();
  /** How many pasts there are that differ in their tokens alone. */
  #pasts = 1;

  constructor(exact: boolean) {
    this.#exact = exact;
  }

  add(turn: OwnTurn): void {
    const taken = new Set(takenCalls(turn));
    for (const call of callsOf(turn)) this.#addCall(call, turn, taken.has(call));
    if ((turn.decided.calls ?? []).length > 0) return;
    const parent = this.#walk(turn.prompt, 0);
    this.#say({ parent, message: turn.completion, call: null, turn, good: true, tokens: NONE });
  }

  #addCall(call: ModelCall, turn: OwnTurn, good: boolean): void {
    if (!isAnswered(call)) {
      this.calls.push({ call, at: null, turn });
      return;
    }
    const { parent, known } = this.#past(call);
    const tokens = tokensOf(call, known);
    this.calls.push({ call, at: this.#say({ parent, message: spokenMessage(call), call, turn, good, tokens }), turn });
  }

  /** Where the messages of a call end, and how many of its prompt's tokens are accounted for on the way there. */
  #past(call: ModelCall): { parent: number | null; known: number } {
    const { messages, tokens } = call;
    const parent = this.#walk(messages, this.#pasts - 1);
    if (!this.#exact || tokens === null) return { parent, known: 0 };
    const before = pathTo(this.utterances, parent).flatMap((at) => this.utterances[at]?.tokens.ids ?? []);
    if (before.every((id, at) => tokens.prompt[at] === id)) return { parent, known: before.length };
    return { parent: this.#walk(messages, this.#pasts++), known: 0 };
  }

  /** Follows messages as far as they are there and puts down the rest. Gives the position of the last. */
  #walk(messages: readonly Message[], past: number): number | null {
    let parent: number | null = null;
    for (const message of messages) {
      const key: string = `${parent ?? `past ${past}`} ${this.#text(message)}`;
      const known = this.#places.get(key);
      if (known === undefined) {
        const next: number = this.utterances.push({
          parent,
          message,
          call: null,
          turn: null,
          good: false,
          tokens: NONE,
        });
        this.#places.set(key, next - 1);
        parent = next - 1;
      } else parent = known;
    }
    return parent;
  }

  /** NOTE: without reasoning, which agents send back or leave out as they like; where it counts, the tokens tell. */
  #text(message: Message): string {
    const known = this.#texts.get(message);
    if (known !== undefined) return known;
    const { reasoning_content: _, ...rest } = message;
    const text = JSON.stringify(rest);
    this.#texts.set(message, text);
    return text;
  }

  #say(utterance: Utterance): number {
    const at = this.utterances.push(utterance) - 1;
    // NOTE: said twice in the same words, the later is what goes on.
    this.#places.set(`${utterance.parent} ${this.#text(utterance.message)}`, at);
    return at;
  }
}

function tokensOf({ tokens, logprobs }: ModelCall, known: number): Tokens {
  if (tokens === null) return NONE;
  const prompt = tokens.prompt.slice(known);
  return {
    ids: [...prompt, ...tokens.completion],
    mask: [...prompt.map(() => false), ...tokens.completion.map(() => true)],
    logprobs: logprobs?.length === tokens.completion.length ? logprobs : [],
  };
}
