import type { Message } from './agent.js';
import type { Environment, Event, Seat } from './environment.js';
import { sayAll } from './observation.js';

/** Whether an event is what a tool call brought. */
export function isResult({ spec }: Pick<Environment, 'spec'>, { kind }: Event): boolean {
  return Object.hasOwn(spec.events, kind) && spec.events[kind]?.look === 'result';
}

/**
 * Tool messages that answer calls, one for each in their order, and the events that are left to tell. An event whose
 * `id` is that of a call answers it; a call that nothing answers gets an empty message, since providers want one each.
 */
export function answersTo(
  calls: readonly { readonly id: string; readonly as: string }[],
  events: readonly Event[],
  environment: Environment,
  seat: Seat,
): { readonly results: Message[]; readonly rest: readonly Event[] } {
  const taken = new Set<Event>();
  const results = calls.map(({ id, as }): Message => {
    const answering = events.find((event) => event.id === id && !taken.has(event));
    if (answering !== undefined) taken.add(answering);
    return { role: 'tool', tool_call_id: as, content: contentOf(answering, environment, seat) };
  });
  return { results, rest: events.filter((event) => !taken.has(event)) };
}

/** NOTE: the message of a tool stands below its call, so that the call is not said again. */
function contentOf(event: Event | undefined, environment: Environment, seat: Seat): string {
  if (event === undefined) return '';
  return isResult(environment, event) ? String(event.text) : sayAll(environment, [event], seat).join('\n');
}
