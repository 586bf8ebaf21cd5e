import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { Refused } from '../wire/refused.js';
import type { Refusal } from '../wire/wire.js';
import type { Gate } from './gate.js';
import { refusalOf, STATUS } from './status.js';
import type { Visit } from './visit.js';

export interface AppPlan {
  readonly gate: Gate;
  /** Routes by the path they are mounted at. */
  readonly routes: readonly (readonly [path: string, routes: Hono<Visit>])[];
  /** What answers everything else that is asked for by GET. */
  readonly page: MiddlewareHandler<Visit>;
  /** Told of each refusal. */
  readonly refused: (refusal: Refusal) => void;
  /** Told of what went wrong here; never shown to anybody. */
  readonly problem: (error: unknown) => void;
}

/** NOTE: nothing but the page's own files may run, be shown or be asked, and no other page may hold this one. */
const HEADERS = {
  'content-security-policy':
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};
const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/** The server's HTTP side: every request passes the gate, and nothing a handler throws is shown but what was meant to be. */
export function app({ gate, routes, page, refused, problem }: AppPlan): Hono<Visit> {
  const whole = new Hono<Visit>();
  whole.use(secure, cors(gate), async (c, next) => {
    c.set('address', gate.enter(c.env.incoming));
    if (!SAFE.includes(c.req.method)) gate.refuseStrangers(c.env.incoming);
    await next();
  });
  for (const [path, mounted] of routes) whole.route(path, mounted);
  whole.on(['GET', 'HEAD'], ['/api/*', '/games/*'], (c) => c.notFound());
  whole.get('*', page);
  whole.notFound((c) => answer(c, new Refused('no such match', 'there is nothing at this address').refusal));
  whole.onError((thrown, c) => {
    const refusal = refusalOf(thrown);
    if (refusal === null) problem(thrown);
    else refused(refusal);
    return answer(c, refusal ?? { error: 'internal', text: 'something went wrong here; nothing was changed' });
  });
  return whole;
}

const secure: MiddlewareHandler<Visit> = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value);
  if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
};

/** Lets pages of the named origins read answers; pages of all others get no word of it. */
function cors(gate: Gate): MiddlewareHandler<Visit> {
  return async (c, next) => {
    const origin = c.req.header('origin');
    if (origin === undefined || !gate.isKnown(origin)) return next();
    if (c.req.method === 'OPTIONS') c.res = new Response(null, { status: 204 });
    else await next();
    c.res.headers.set('access-control-allow-origin', origin);
    c.res.headers.append('vary', 'origin');
    c.res.headers.set('access-control-allow-methods', 'GET, POST');
    c.res.headers.set('access-control-allow-headers', 'content-type');
  };
}

function answer(c: Context<Visit>, refusal: Refusal): Response {
  if (refusal.error === 'rate') c.header('retry-after', '1');
  return c.json(refusal, STATUS[refusal.error]);
}
