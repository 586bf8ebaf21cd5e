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
 * Tries until it succeeds, fails for good, has tried often enough, or would have to wait beyond the deadline: then the
 * last error is thrown at once.
 * @param leftMs milliseconds until the deadline
 * @param wait throws when the call ends before
 */
export async function patiently<T>(
  attempt: () => Promise<T>,
  patience: Patience,
  leftMs: () => number,
  wait: (ms: number) => Promise<void>,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ModelError) || !isPassing(error) || tried >= patience.attempts) throw error;
      const ms = waitMs(error, tried, patience);
      if (ms >= leftMs()) throw error;
      await wait(ms);
    }
  }
}

/**
 * How long to wait after a failed attempt: what the server asks for plus up to a tenth, else a random part of a time
 * that doubles. SEE: "full jitter", Brooker, Exponential Backoff And Jitter (2015).
 */
export function waitMs(error: ModelError, tried: number, { firstMs, mostMs, random }: Patience): number {
  if (error.retryAfterMs !== null) return error.retryAfterMs * (1 + random() / 10);
  return random() * Math.min(mostMs, firstMs * 2 ** (tried - 1));
}
