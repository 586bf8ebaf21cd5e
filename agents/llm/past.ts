import type { Message } from '../../src/core/agent.js';
import type { Environment, Event, Seat } from '../../src/core/environment.js';
import { isObject } from '../../src/core/json.js';
import { answersTo } from '../../src/core/results.js';

/** A finished turn as the conversation keeps it. */
export interface PastTurn {
  /** What the seat was told and asked. */
  readonly user: string;
  /** Its answer; null where it gave none that could be played. */
  readonly answer: Message | null;
  /** Results of tools, each answering a call of `answer`. */
  readonly results: readonly Message[];
}

/** Turns as messages. Two messages of the user in a row become one, for some providers take no others. */
export function messagesOf(turns: readonly PastTurn[]): Message[] {
  return joined(
    turns.flatMap(({ user, answer, results }) => [
      { role: 'user' as const, content: user },
      ...(answer === null ? [] : [answer]),
      ...results,
    ]),
  );
}

/** A conversation in which no two messages of the user stand in a row. */
export function joined(messages: readonly Message[]): Message[] {
  const list: Message[] = [];
  for (const message of messages) {
    const last = list.at(-1);
    if (last?.role === 'user' && message.role === 'user') {
      list[list.length - 1] = { role: 'user', content: `${last.content as string}\n\n${message.content as string}` };
    } else list.push(message);
  }
  return list;
}

/** The results of an answer's tool calls, and the events that are left to tell. */
export function resultsOf(
  answer: Message | null,
  events: readonly Event[],
  environment: Environment,
  seat: Seat,
): { readonly results: Message[]; readonly rest: readonly Event[] } {
  const calls = callIds(answer).map((id) => ({ id, as: id }));
  return answersTo(calls, events, environment, seat);
}

function callIds(answer: Message | null): string[] {
  const calls = answer?.tool_calls;
  return Array.isArray(calls) ? calls.filter(isObject).map(({ id }) => String(id)) : [];
}
