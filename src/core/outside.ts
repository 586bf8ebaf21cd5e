import { Deadline, isLate } from './deadline.js';
import { messageOf } from './errors.js';
import { isJson, type Json } from './json.js';

/** Whoever answers a call: a search, a judge, a sandbox. A rejection becomes the answer `{ error }`. */
export type Answerer = (request: Json, signal: AbortSignal) => Promise<Json>;

/**
 * The answers to the requests of one call turn, asked together. Nothing that goes wrong outside is thrown: it is an
 * answer `{ error }`. Rejects only when `stop` is aborted meanwhile.
 * @param limitMs time for each request; null for no limit
 */
export function askOutside(
  requests: readonly Json[],
  answerer: Answerer | undefined,
  stop: AbortSignal | null,
  limitMs: number | null,
): Promise<readonly Json[]> {
  return Promise.all(requests.map((request) => askOne(request, answerer, stop, limitMs)));
}

async function askOne(
  request: Json,
  answerer: Answerer | undefined,
  stop: AbortSignal | null,
  limitMs: number | null,
): Promise<Json> {
  if (answerer === undefined) return { error: 'nobody is there to answer calls' };
  const deadline = new Deadline(limitMs, stop);
  const signal = deadline.signal ?? new AbortController().signal;
  try {
    const answer = await deadline.race(Promise.resolve(answerer(request, signal)));
    if (isLate(answer)) return { error: `no answer within ${limitMs} ms` };
    return isJson(answer) ? answer : { error: 'the answer was no plain JSON' };
  } catch (thrown) {
    if (stop?.aborted === true) throw thrown;
    return { error: messageOf(thrown) };
  } finally {
    deadline.clear();
  }
}
