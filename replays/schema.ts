import { z } from 'zod';
import type { Json } from '../src/core/json.js';

/** Version of the record's own format. Readers refuse newer ones. */
export const SCHEMA = 1;

/** Any JSON value. The line was parsed as JSON already, so nothing is left to check inside. */
const json = z.unknown() as z.ZodType<Json>;
const amounts = z.record(z.string(), z.number());
const bySeat = <T extends z.ZodType>(value: T) => z.record(z.string().regex(/^\d+$/), value);

const WHOLE = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };

const failure = z.enum(['unparsable', 'ambiguous', 'illegal', 'truncated', 'late', 'crashed']);

const reply = z.object({ text: z.string(), truncated: z.boolean().exactOptional() });

/**
 * A list of numbers, finite or whole. NOTE: seen through in one loop and taken as it is: tokens are most of a record, and
 * a check and a copy of each one by itself takes longer than all else about it.
 */
function many(type: 'number' | 'integer'): z.ZodType<number[]> {
  const [fits, items] = type === 'number' ? [Number.isFinite, { type }] : [Number.isSafeInteger, { type, ...WHOLE }];
  const numbers = z
    .unknown()
    .refine((value) => Array.isArray(value) && value.every(fits), { error: `a list of ${type}s is wanted` });
  return numbers.meta({ type: 'array', items }) as unknown as z.ZodType<number[]>;
}

/** A message as sent to a model. */
export const message = z.object({ role: z.enum(['system', 'user', 'assistant', 'tool']) }).catchall(json);

const call = z
  .object({
    model: z.string().describe('name as the provider returned it'),
    parameters: z.record(z.string(), json).describe('sampling parameters'),
    messages: z.array(z.number().int().min(0)).describe('what was sent, as positions in the messages of the record'),
    reply: json,
    usage: z.record(z.string(), json).nullable(),
    tokens: z.object({ prompt: many('integer'), completion: many('integer') }).nullable(),
    logprobs: many('number').nullable(),
  })
  .describe('one call of a model; null where the provider gives no figure');

const failed = z
  .object({
    failure,
    reason: z.string(),
    by: z.string().exactOptional().describe('who failed, where it was a stand-in and not the agent of the seat'),
    reply: reply.exactOptional(),
    thought: z.string().exactOptional(),
    calls: z.array(call).exactOptional(),
  })
  .describe('a try that failed');

const decided = z
  .object({
    move: json,
    substituted: z.literal(true).exactOptional().describe('made by the stated rule, not by the agent'),
    by: z.string().exactOptional().describe('who made it, where it was a stand-in and not the agent of the seat'),
    thought: z.string().exactOptional(),
    candidates: z.array(json).exactOptional(),
    reply: reply.exactOptional(),
    calls: z.array(call).exactOptional(),
    tries: z.array(failed).exactOptional(),
    ms: z.number().exactOptional().describe('milliseconds the agent took'),
  })
  .describe('the move of one seat');

const step = z
  .object({
    seats: bySeat(decided).exactOptional(),
    chance: json.exactOptional(),
    answers: z.array(json).exactOptional(),
    rewards: bySeat(amounts).exactOptional().describe('reward parts paid, unweighted'),
    hash: z.string().describe('fingerprint of the state this step leads to'),
    at: z.number().exactOptional().describe('milliseconds since the start'),
  })
  .describe('one step: moves of seats, an outcome of chance, or answers from outside');

const end = z.object({
  how: z.enum(['rules', 'horizon', 'forfeit', 'steps', 'time', 'cancelled', 'crashed']),
  outcome: z.string().nullable(),
  paid: z.array(amounts).describe('reward parts of each seat, unweighted'),
  returns: z
    .array(z.number())
    .nullable()
    .describe('weighted return of each seat; null when the loop ended the episode'),
  forfeits: bySeat(z.array(failed)).exactOptional(),
  error: z.string().exactOptional(),
  at: z.number().exactOptional(),
});

const consent = z
  .union([z.boolean(), z.array(z.boolean().nullable())])
  .describe(
    'whether people allow training on what they played, by seat: null for seats of agents; or one word for all of them. Absent where nobody was to be asked',
  );

export const header = z.object({
  ludus: z.literal(SCHEMA).describe('version of this format'),
  id: z.string().describe('fingerprint of environment, version, configuration, seed, agents and parent'),
  environment: z.object({ id: z.string(), version: z.string(), config: z.record(z.string(), json) }),
  seed: z.string(),
  seats: z
    .array(
      z
        .object({ agent: z.string(), person: z.string().exactOptional().describe('pseudonym of whoever sat there') })
        .loose(),
    )
    .describe('manifest of the agent in each seat'),
  started: z.string().exactOptional().describe('ISO 8601; absent with a fixed clock'),
  parent: z
    .object({ id: z.string(), step: z.number().int().min(0) })
    .exactOptional()
    .describe('what it was forked from, and where'),
  consent: consent.exactOptional(),
  start: z.string().describe('fingerprint of the first state'),
});

/** One episode, one line. Self-describing: replayed from the moves alone, nothing else is needed. */
export const episode = header.extend({
  messages: z.array(message).exactOptional().describe('messages sent to models, each stored once'),
  steps: z.array(step),
  end,
});

export type Consent = z.infer<typeof consent>;
export type Header = z.infer<typeof header>;
export type EpisodeRecord = z.infer<typeof episode>;
export type RecordedStep = z.infer<typeof step>;
export type RecordedCall = z.infer<typeof call>;

/** The published JSON Schema of a record line. */
export function recordSchema(): object {
  return { title: 'A Ludus episode record', ...z.toJSONSchema(episode, { io: 'input' }) };
}
