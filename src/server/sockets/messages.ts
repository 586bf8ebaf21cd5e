import { z } from 'zod';
import type { Json } from '../../core/json.js';

/** How deep a move may be nested: no form or tool of the catalogue comes near, and a deeper one could end the process. */
const DEPTH = 32;

const Id = z.string().regex(/^[\w-]{8,64}$/);
/** NOTE: digits alone, so that a seat is never the name of something every object has. */
export const SeatText = z.string().regex(/^(0|[1-9]\d{0,2})$/);
const Token = z.string().min(8).max(128);
const Move = z.custom<Json>((value) => value !== undefined && isShallow(value), 'nested too deep');

type Sync = [match: string, seat: string | null, token: string | null];

/** `sync` as stock clients send it: match, seat or null, token, number of players (which nobody asks them). */
export const syncMessage = z
  .tuple([Id, SeatText.nullish(), Token.nullish()], z.unknown())
  .transform(([match, seat, token]): Sync => [match, seat ?? null, token ?? null]);

const action = z.strictObject({
  type: z.literal('MAKE_MOVE'),
  payload: z.strictObject({
    type: z.literal('act'),
    args: z.tuple([z.int().min(0), Move]),
    playerID: SeatText.nullish(),
    credentials: Token.nullish(),
    metadata: z.undefined().optional(),
  }),
});

export const updateMessage = z.tuple([action, z.int().min(0), Id, SeatText]);

export const chatMessage = z.tuple([
  Id,
  z.strictObject({ id: z.string().max(64), sender: SeatText, payload: z.string().min(1).max(1000) }),
  Token,
]);

/** `pause` and `resume`. */
export const pauseMessage = z.tuple([Id, SeatText, Token]);

/** Whether a value is nested no deeper than a move may be. Never recurses, so no depth can overflow it. */
export function isShallow(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= DEPTH; depth++) {
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
    if (level.length === 0) return true;
  }
  return false;
}
