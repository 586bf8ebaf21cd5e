import type { z } from 'zod';
import type { JsonObject } from '../../../core/json.js';
import { refusalOf } from '../../http/status.js';
import { Refused } from '../../wire/refused.js';
import { complaints } from '../body.js';
import type { House } from '../door.js';
import type { ErrorCode } from './wire.js';

/** A message that is not as it should be. */
export class Invalid extends Error {
  override readonly name = 'Invalid';
  readonly errors: JsonObject[];

  constructor(errors: readonly object[], message: string) {
    super(message);
    this.errors = errors as JsonObject[];
  }
}

/** A value as a schema reads it. @throws Invalid naming the fields that are wrong */
export function readAs<T>(schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  // NOTE: what was sent is left out, for it may be long and its sender has it.
  const errors = complaints(read.error, value).map(({ type, loc, msg }) => ({ type, loc, msg }));
  const words = errors.map(({ loc, msg }) => (loc.length === 0 ? msg : `${loc.join('.')}: ${msg}`));
  throw new Invalid(errors, `Invalid message: ${words.join('; ')}`);
}

/** What a client is told of something thrown. */
export interface Trouble extends JsonObject {
  readonly message: string;
  readonly code: ErrorCode;
}

/** What was thrown, for the client; faults of the server are told to the house alone. */
export function troubleOf(thrown: unknown, { sessions, problem }: Pick<House, 'sessions' | 'problem'>): Trouble {
  if (thrown instanceof Invalid) return { message: thrown.message, code: 'VALIDATION_ERROR', errors: thrown.errors };
  const refusal = refusalOf(thrown);
  if (refusal === null) {
    problem(thrown);
    return { message: 'something went wrong here', code: 'EXECUTION_ERROR' };
  }
  const { error, text: message } = refusal;
  if (error === 'full')
    return { message, code: 'CAPACITY_REACHED', active_sessions: sessions.size, max_sessions: sessions.most };
  if (thrown instanceof Refused) return { message, code: 'EXECUTION_ERROR' };
  return { message, code: 'VALIDATION_ERROR', errors: [{ type: 'value_error', loc: [], msg: message }] };
}
