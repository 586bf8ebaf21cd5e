import { ModelError } from '../model.js';
import { isPassing } from './faults.js';

export interface Patience {
  /** Times a request is sent, the first included. */
  readonly attempts: number;
  /** The first wait, in milliseconds; each further one may be twice as long. */
  readonly firstMs: number;
  readonly mostMs: number;
  /** Numbers from 0 to 1, so that clients which failed together do not come back together. */
  readonly random: () => number;
}

export const PATIENCE: Patience = { attempts: 5, firstMs: 500, mostMs: 30_000, random: Math.random };

/**
 * How long to wait after a failed attempt: what the server asks for plus up to a tenth, else a random part of a time
 * that doubles. SEE: "full jitter", Brooker, Exponential Backoff And Jitter (2015).
 * @param tried attempts so far
 * @param leftMs milliseconds until the deadline
 * @throws what was thrown, where it fails for good, was tried often enough, or would be tried beyond the deadline
 */
export function waitMs(thrown: unknown, tried: number, patience: Patience, leftMs: number): number {
  if (!(thrown instanceof ModelError) || !isPassing(thrown) || tried >= patience.attempts) throw thrown;
  const ms = pauseMs(thrown, tried, patience);
  if (ms >= leftMs) throw thrown;
  return ms;
}

function pauseMs({ retryAfterMs }: ModelError, tried: number, { firstMs, mostMs, random }: Patience): number {
  if (retryAfterMs !== null) return retryAfterMs * (1 + random() / 10);
  return random() * Math.min(mostMs, firstMs * 2 ** (tried - 1));
}
