import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { read, readBody } from '../http/body.js';
import type { Visit } from '../http/visit.js';
import { SeatText } from '../sockets/messages.js';
import { Refused } from '../wire/refused.js';
import type { Replays } from './service.js';

/** Largest record taken from outside, in bytes. */
const LARGEST_LINE = 16 << 20;
/** NOTE: a line within a JSON text may take twice its length. */
const LARGEST_FORK = 2 * LARGEST_LINE + 65_536;
const MOST_FORKS = 50;

const Id = z.string().min(1).max(128);

const listQuery = z.strictObject({
  environment: z.string().max(128).optional(),
  page: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

const viewerQuery = z.strictObject({
  viewer: z
    .union([z.enum(['all', 'public']), SeatText.transform(Number)], {
      error: 'the viewer is all, public or the number of a seat',
    })
    .default('all'),
});

const forkBody = z.strictObject({
  record: z.string().min(1),
  step: z.int().min(0),
  agents: z.record(SeatText, z.string().min(1).max(64)),
  seeds: z.array(z.string().min(1).max(128)).min(1).max(MOST_FORKS).optional(),
});

/** What travels of replays: see `wire.ts`. Mounted at /api/replays. */
export function replayRoutes(replays: Replays): Hono<Visit> {
  return new Hono<Visit>()
    .get('/', async (c) => {
      const { environment, page } = read(listQuery, c.req.query());
      return c.json(await replays.list(environment ?? null, page));
    })
    .post('/frames', limited(LARGEST_LINE), async (c) => {
      const { viewer } = read(viewerQuery, c.req.query());
      return c.json(await replays.replayOf(await c.req.text(), viewer));
    })
    .post('/fork', async (c) => {
      const { seeds, ...wanted } = await readBody(c.req.raw, forkBody, LARGEST_FORK);
      return c.json({ replays: await replays.fork({ ...wanted, ...(seeds === undefined ? {} : { seeds }) }) });
    })
    .get('/:id', async (c) => {
      const { viewer } = read(viewerQuery, c.req.query());
      return c.json(await replays.replay(read(Id, c.req.param('id')), viewer));
    })
    .get('/:id/record', async (c) => {
      const line = await replays.line(read(Id, c.req.param('id')));
      return c.body(`${line}\n`, 200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
    });
}

function limited(maxSize: number) {
  const onError = (): never => {
    throw new Refused('too large', `a record may have ${maxSize >> 20} MB here; ludus replay show tells larger ones`);
  };
  return bodyLimit({ maxSize, onError });
}
