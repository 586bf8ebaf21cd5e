import type { VectorForm } from '../core/environment.js';
import type { Episode } from '../core/episode.js';
import { Observation, sayAll } from '../core/observation.js';
import { stream } from '../core/rng.js';
import type { ActionSpace } from '../core/space.js';

/** Everything that reaches one viewer at one moment, channel by channel, as text. */
export type Channels = { readonly [channel: string]: string };

/** How many events and own moves a seat had when it moved last: what is new to it starts there. */
export type Fresh = number;

/** What a seat may look at whether or not it is asked. */
export function channelsOfSeat(episode: Episode, seat: number): Channels {
  const { environment, state } = episode;
  const view = environment.view(state, seat);
  const heard = episode.heard(seat);
  return {
    view: JSON.stringify(view),
    shown: environment.show?.(view) ?? '',
    said: sayAll(environment, heard.events.slice(-RECENT), seat).join('\n'),
    'reward told': JSON.stringify(toldAtOnce(episode, seat)),
    'message count': `${heard.events.length} events, ${heard.moves.length} moves`,
  };
}

/** NOTE: older events were compared when they were new. */
const RECENT = 3;

/** NOTE: after the end every part is told, so only those told at once are compared there too. */
function toldAtOnce(episode: Episode, seat: number): { readonly [part: string]: number } {
  const parts = episode.environment.spec.rewards;
  return Object.fromEntries(Object.entries(episode.told(seat)).filter(([part]) => parts[part]?.told === 'at once'));
}

/** What a seat gets besides when it is asked: its space, the whole request, its forms for programs. */
export function channelsOfAsked(
  episode: Episode,
  seat: number,
  fresh: Fresh,
  vector: VectorForm | undefined,
): Channels {
  const { environment, turn } = episode;
  const space = turn.kind === 'act' ? turn.spaces[seat] : undefined;
  if (space === undefined) return {};
  const asking = { rng: stream(0, 'unused'), attempt: 1, refused: null, budgetMs: null, signal: null, fresh };
  const observation = new Observation(episode, seat, space, asking);
  const { view } = observation;
  return {
    ...channelsOfSpace(space),
    text: observation.text,
    request: JSON.stringify({ fresh: observation.fresh, events: observation.events, moves: observation.moves }),
    ...(vector === undefined ? {} : { vector: vector.encode(view).join(' ') }),
    ...(environment.key === undefined ? {} : { key: environment.key(view) }),
  };
}

function channelsOfSpace(space: ActionSpace): Channels {
  if (space.kind !== 'choice') return { space: JSON.stringify(space) };
  return {
    options: space.options.map(({ id }) => id).join(' / '),
    labels: space.options.map(({ label }) => label).join(' / '),
  };
}

/** What anybody may see. */
export function channelsOfPublic(episode: Episode): Channels {
  const { environment, state, log } = episode;
  const view = environment.view(state, 'public');
  const events = log.filter(({ to }) => to === 'all').slice(-RECENT);
  return {
    view: JSON.stringify(view),
    shown: environment.show?.(view) ?? '',
    said: sayAll(environment, events, 'public').join('\n'),
  };
}
