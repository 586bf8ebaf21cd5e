import { isObject, type Json } from '../../src/core/json.js';
import type { Rng } from '../../src/core/rng.js';

/** What a service is asked: the wild type with its structure, and mutations as `17C`, positions counted from 0. */
export type Request = {
  readonly ask: 'ddg';
  readonly sequence: string;
  readonly structure: string;
  readonly mutations: readonly string[];
};

const VARIABLE = 'LUDUS_DDG_URL';

/**
 * Asks the service that LUDUS_DDG_URL names: the request is posted as JSON, and `{ "ddg": number }` is expected, kcal/mol,
 * below 0 where the mutant is the more stable. What is thrown becomes an answer `{ error }`.
 * NOTE: the address may hold a key, so that no error repeats it.
 */
export async function answer(request: Json, signal: AbortSignal): Promise<Json> {
  const url = process.env[VARIABLE];
  if (url === undefined || url === '') return { error: `${VARIABLE} names no service` };
  const headers = { 'content-type': 'application/json' };
  const response = await post(url, { method: 'POST', headers, body: JSON.stringify(request), signal });
  if (response === null) return { error: 'the service could not be reached' };
  if (!response.ok) return { error: `the service answered with status ${response.status}` };
  const told: unknown = await response.json().catch(() => null);
  const ddg = isObject(told) ? told.ddg : undefined;
  return typeof ddg === 'number' && Number.isFinite(ddg) ? { ddg } : { error: 'the service gave no number "ddg"' };
}

async function post(url: string, init: RequestInit): Promise<Response | null> {
  try {
    return await fetch(url, init);
  } catch {
    return null;
  }
}

/** The number in a service's answer, or why there is none. */
export function scoreIn(told: Json): number | { readonly error: string } {
  if (!isObject(told)) return { error: 'the service gave no number "ddg"' };
  if (typeof told.ddg === 'number' && Number.isFinite(told.ddg) && told.error === undefined) return told.ddg;
  return { error: typeof told.error === 'string' ? told.error : 'the service gave no number "ddg"' };
}

export function sampleAnswer(_: Json, rng: Rng): Json {
  return rng.below(4) === 0
    ? { error: 'the service answered with status 503' }
    : { ddg: Math.round(rng.float() * 200 - 100) / 10 };
}
