import type { Message } from '../../src/core/agent.js';
import type { Environment, Event, Seat } from '../../src/core/environment.js';
import { isObject } from '../../src/core/json.js';
import { sayAll } from '../../src/core/observation.js';

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

/**
 * The results of an answer's tool calls, and the events that are left to tell. An event whose `id` is that of a call
 * answers it; a call that nothing answers gets an empty result, since providers want one for each.
 */
export function resultsOf(
  answer: Message | null,
  events: readonly Event[],
  environment: Environment,
  seat: Seat,
): { readonly results: Message[]; readonly rest: readonly Event[] } {
  const ids = callIds(answer);
  const taken = new Set<Event>();
  const results = ids.map((id) => {
    const answering = events.filter((event) => event.id === id && !taken.has(event));
    for (const event of answering) taken.add(event);
    return { role: 'tool' as const, tool_call_id: id, content: sayAll(environment, answering, seat).join('\n') };
  });
  return { results, rest: events.filter((event) => !taken.has(event)) };
}

function callIds(answer: Message | null): string[] {
  const calls = answer?.tool_calls;
  return Array.isArray(calls) ? calls.filter(isObject).map(({ id }) => String(id)) : [];
}
