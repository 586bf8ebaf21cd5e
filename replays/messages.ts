import type { Message, ModelCall } from '../src/core/agent.js';
import type { Failing } from '../src/core/decide.js';
import type { PlayedStep } from '../src/core/play.js';
import type { RecordedCall, RecordedStep } from './schema.js';

/**
 * The messages of a record, each stored once. A decision's calls send the same long history again and again; storing
 * positions keeps a record linear in its number of steps.
 */
export class MessageStore {
  readonly #places = new Map<string, number>();
  readonly list: Message[];

  constructor(known: readonly Message[] = []) {
    this.list = [...known];
    for (const [place, message] of this.list.entries()) this.#places.set(JSON.stringify(message), place);
  }

  /** The position of a message, stored now if it is new. */
  place(message: Message): number {
    const text = JSON.stringify(message);
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    this.#places.set(text, this.list.length);
    return this.list.push(message) - 1;
  }
}

type WithCalls = { readonly calls?: readonly ModelCall[] };

/** A played step with its calls' messages replaced by their positions in the store. */
export function packStep(step: PlayedStep, store: MessageStore): PlayedStep | RecordedStep {
  const { seats } = step;
  if (seats === undefined || !Object.values(seats).some(hasCalls)) return step;
  const pack = (decided: WithCalls & { readonly tries?: readonly WithCalls[] }) => ({
    ...packCalls(decided, store),
    ...(decided.tries === undefined ? {} : { tries: decided.tries.map((tried) => packCalls(tried, store)) }),
  });
  return { ...step, seats: mapSeats(seats, pack) } as unknown as RecordedStep;
}

/** The inverse of `packStep`. */
export function unpackStep(step: RecordedStep, messages: readonly Message[]): PlayedStep {
  if (step.seats === undefined || messages.length === 0) return step as unknown as PlayedStep;
  const unpackCall = (call: RecordedCall) => ({ ...call, messages: call.messages.map((place) => messages[place]) });
  const unpack = <T extends { calls?: RecordedCall[] | undefined }>(value: T) =>
    value.calls === undefined ? value : { ...value, calls: value.calls.map(unpackCall) };
  const seats = mapSeats(step.seats, (decided) => ({
    ...unpack(decided),
    ...(decided.tries === undefined ? {} : { tries: decided.tries.map(unpack) }),
  }));
  return { ...step, seats } as unknown as PlayedStep;
}

/** Failed tries of a forfeit with their messages: the inverse of `packTries`. */
export function unpackTries(
  tries: readonly { readonly calls?: readonly RecordedCall[] }[],
  messages: readonly Message[],
): readonly Failing[] {
  const unpackCall = (call: RecordedCall) => ({ ...call, messages: call.messages.map((place) => messages[place]) });
  const unpacked = tries.map((tried) =>
    tried.calls === undefined ? tried : { ...tried, calls: tried.calls.map(unpackCall) },
  );
  return unpacked as unknown as readonly Failing[];
}

/** Failed tries of a forfeit, packed like those of a decision. */
export function packTries(
  forfeits: { readonly [seat: number]: readonly WithCalls[] },
  store: MessageStore,
): { readonly [seat: string]: readonly object[] } {
  return mapSeats(forfeits, (tries) => tries.map((tried) => packCalls(tried, store)));
}

function packCalls<T extends WithCalls>(value: T, store: MessageStore): object {
  if (value.calls === undefined) return value;
  const calls = value.calls.map((call) => ({
    ...call,
    messages: call.messages.map((message) => store.place(message)),
  }));
  return { ...value, calls };
}

function hasCalls(decided: WithCalls & { readonly tries?: readonly WithCalls[] }): boolean {
  return decided.calls !== undefined || decided.tries?.some((tried) => tried.calls !== undefined) === true;
}

function mapSeats<T, U>(seats: { readonly [seat: string]: T }, change: (value: T) => U): { [seat: string]: U } {
  return Object.fromEntries(Object.entries(seats).map(([seat, value]) => [seat, change(value)]));
}
