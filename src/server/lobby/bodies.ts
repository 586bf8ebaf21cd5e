import { z } from 'zod';
import type { Json, JsonObject } from '../../core/json.js';
import { SeatText } from '../sockets/messages.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const Time = z.int().min(1000).max(DAY);
const Token = z.string().min(8).max(128);
/** NOTE: no sign that is unseen, or that turns the words around it; the joiner of emoji is one with a use. */
const Name = z
  .string()
  .trim()
  .min(1, 'a name has at least one letter')
  .max(40, 'a name has at most 40 letters')
  .regex(/^(?:[^\p{C}\p{Zl}\p{Zp}]|\u200d)*$/u, 'a name has no invisible signs');
const Label = z.string().min(1).max(64);
const Config = z.record(z.string().max(64), z.json()) as z.ZodType<JsonObject>;

const clock = z.strictObject({
  turnMs: Time.nullable().optional(),
  gameMs: Time.nullable().optional(),
  incrementMs: z
    .int()
    .min(0)
    .max(60 * MINUTE)
    .optional(),
  late: z.enum(['substitute', 'forfeit']).optional(),
  absentMs: Time.nullable().optional(),
});

const setupData = z.strictObject({
  preset: Label.optional(),
  config: Config.optional(),
  agents: z.record(SeatText, Label).optional(),
  clock: clock.optional(),
  standIn: Label.optional(),
  consent: z.boolean().optional(),
});

export const createBody = z.strictObject({
  numPlayers: z.int().min(1).max(1000).optional(),
  unlisted: z.boolean().optional(),
  setupData: setupData.nullish(),
});
export type CreateBody = z.infer<typeof createBody>;

export const joinBody = z.strictObject({
  playerID: SeatText.optional(),
  playerName: Name,
  /** The token of the game before, for the seat that is kept. */
  credentials: Token.optional(),
  consent: z.boolean().optional(),
  // NOTE: stock clients may send it; nothing is kept of it, for it would be public.
  data: z.unknown().optional() as z.ZodType<Json | undefined>,
});

export const leaveBody = z.strictObject({ playerID: SeatText, credentials: Token });

export const againBody = z.strictObject({
  playerID: SeatText,
  credentials: Token,
  unlisted: z.boolean().optional(),
  rotate: z.boolean().optional(),
});

export type AgainBody = z.infer<typeof againBody>;

export const rulesBody = z.strictObject({ config: Config });

const Flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const Instant = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number);

/** What a list of matches is narrowed to: LobbyClient's `where`. */
export const whereQuery = z.strictObject({
  isGameover: Flag.optional(),
  updatedBefore: Instant.optional(),
  updatedAfter: Instant.optional(),
});
export type Where = z.infer<typeof whereQuery>;
