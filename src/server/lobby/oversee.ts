import { Hono } from 'hono';
import type { Event, Seat } from '../../core/environment.js';
import type { Visit } from '../http/visit.js';
import type { Hall } from '../matches/hall.js';
import { digest, isToken } from '../matches/tokens.js';
import { Refused } from '../wire/refused.js';
import type { Oversight } from './wire.js';

type Overseen = ReturnType<Hall['oversee']>;

/** Games with everything open, for whoever holds the operator's token. Mounted at /api/operator. */
export function operatorRoutes(hall: Hall, token: string): Hono<Visit> {
  const stored = digest(token);
  return new Hono<Visit>().get('/:name/:id', (c) => {
    const [, given = ''] = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '') ?? [];
    if (!isToken(given, stored)) throw new Refused('unauthorized', 'this is for the operator, with their token');
    const room = hall.oversee(c.req.param('id'), c.req.param('name'));
    return c.body(streamOf(room), { headers: { 'content-type': 'text/event-stream' } });
  });
}

function streamOf(room: Overseen): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let read = 0;
  let stop = (): void => undefined;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const tell = (): void => {
        const told = oversight(room, read);
        read = room.episode.log.length;
        controller.enqueue(encoder.encode(`data: ${JSON.stringify(told)}\n\n`));
        if (told.over === null) return;
        stop();
        controller.close();
      };
      stop = room.oversee(tell);
      tell();
    },
    cancel: () => stop(),
  });
}

/** @param read how many events were told before */
function oversight({ episode, over }: Overseen, read: number): Oversight {
  const { environment, state, log, turn, steps } = episode;
  const view = environment.view(state, 'all');
  return {
    ...{ steps, view, over },
    shown: environment.show?.(view) ?? null,
    news: log.slice(read).map((event: Event) => ({ event, said: environment.say(event, 'all') })),
    waiting: turn.kind === 'act' ? Object.keys(turn.spaces).map((seat): Seat => Number(seat)) : [],
  };
}
