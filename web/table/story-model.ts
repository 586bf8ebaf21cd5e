import type { Event, Look, Seat } from '../../src/core/environment.js';
import { isObject, type JsonObject } from '../../src/core/json.js';
import type { TableView } from '../../src/server/wire/wire.js';

export type Looks = { readonly [kind: string]: Look };

/** One thing that happened, as it is set on the page. */
export type Told =
  | { readonly is: 'heading'; readonly text: string }
  | { readonly is: 'line'; readonly text: string }
  | { readonly is: 'speech'; readonly seat: Seat; readonly text: string }
  /** What a tool call brought. Its arguments are empty where it had none. */
  | { readonly is: 'result'; readonly tool: string; readonly args: JsonObject; readonly text: string };

/** What happened, oldest first, without what is silent. */
export function told({ events, said }: Pick<TableView, 'events' | 'said'>, looks: Looks): Told[] {
  return events.flatMap((event, at): Told[] => {
    const text = said[at] ?? '';
    const look = lookOf(looks, event);
    if (look === 'speech' && typeof event.seat === 'number' && typeof event.text === 'string') {
      return [{ is: 'speech', seat: event.seat, text: event.text }];
    }
    if (look === 'result' && typeof event.name === 'string' && typeof event.text === 'string') {
      return [{ is: 'result', tool: event.name, args: isObject(event.args) ? event.args : {}, text: event.text }];
    }
    return text === '' ? [] : [{ is: look === 'heading' ? 'heading' : 'line', text }];
  });
}

/** What events told of seats to be shown beside their names, the latest of each. */
export function badgesOf(events: readonly Event[], looks: Looks): ReadonlyMap<Seat, string> {
  const badges = new Map<Seat, string>();
  for (const event of events) {
    const look = lookOf(looks, event);
    if (typeof look !== 'object' || typeof event.seat !== 'number') continue;
    const badge = event[look.badge];
    if (badge !== undefined && badge !== null) badges.set(event.seat, String(badge));
  }
  return badges;
}

function lookOf(looks: Looks, { kind }: Event): Look | undefined {
  return Object.hasOwn(looks, kind) ? looks[kind] : undefined;
}
