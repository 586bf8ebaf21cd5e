import { UserError } from '../../core/errors.js';
import { Refused } from '../wire/refused.js';
import type { Refusal } from '../wire/wire.js';

/** What HTTP calls each reason. */
export const STATUS = {
  malformed: 400,
  'too large': 413,
  rate: 429,
  unauthorized: 401,
  'no such match': 404,
  'no such seat': 404,
  'player mismatch': 403,
  'unknown action': 501,
  'not your turn': 409,
  'invalid move': 409,
  stale: 409,
  'game over': 409,
  'not allowed': 403,
  full: 409,
  internal: 500,
} as const satisfies { readonly [reason in Refusal['error']]: number };

/** The refusal that something thrown means to the one who asked; null when it is a fault of the server. */
export function refusalOf(thrown: unknown): Refusal | null {
  if (thrown instanceof Refused) return thrown.refusal;
  // NOTE: what a person got wrong in a configuration or an agent's name is told in the words of the catalogue.
  return thrown instanceof UserError ? { error: 'malformed', text: thrown.message } : null;
}
