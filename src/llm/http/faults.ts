import { messageOf } from '../../core/errors.js';
import { excerpt, isObject } from '../../core/json.js';
import { ModelError, type ModelFault } from '../model.js';

/** The parts of an HTTP answer that say what went wrong. */
export interface Refusal {
  readonly status: number;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  readonly text: string;
}

/**
 * What an HTTP status other than 2xx means. Providers agree on statuses, and on an object with `error.message`.
 * NOTE: what a provider says about a wrong key may hold the key, so of 401 and 403 nothing is quoted.
 */
export function faultOf({ status, headers, text }: Refusal, at: string): ModelError {
  const kind = kindOf(status);
  const said = kind === 'unauthorised' ? 'the key is missing, wrong or not allowed this' : saidIn(text);
  return new ModelError(kind, `${at} answered ${status}${said === '' ? '' : `: ${said}`}`, {
    retryAfterMs: retryAfterOf(headers),
  });
}

/** What a failed connection means. */
export function lost(thrown: unknown, at: string): ModelError {
  const code = codeOf(thrown);
  const nobody = code === 'ECONNREFUSED' || code === 'ENOTFOUND';
  const how = nobody ? 'nobody answers there' : messageOf(thrown);
  return new ModelError('unavailable', `the connection to ${at} failed: ${how}${code === '' ? '' : ` (${code})`}`);
}

/** Whether the same request may be sent again. What a model has answered is never asked for again. */
export function isPassing({ kind }: ModelError): boolean {
  return kind === 'rate-limited' || kind === 'unavailable';
}

const BY_STATUS: { readonly [status: number]: ModelFault } = {
  401: 'unauthorised',
  403: 'unauthorised',
  408: 'unavailable',
  429: 'rate-limited',
};

function kindOf(status: number): ModelFault {
  return BY_STATUS[status] ?? (status >= 500 ? 'unavailable' : status >= 400 ? 'bad-request' : 'bad-reply');
}

function saidIn(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    const error = isObject(body) ? (body.error ?? body) : null;
    if (typeof error === 'string') return excerpt(error, 300);
    if (isObject(error) && typeof error.message === 'string') return excerpt(error.message, 300);
  } catch {
    // NOTE: proxies answer in HTML or plain words; their start says enough.
  }
  return excerpt(text.trim(), 300);
}

/**
 * How long a server asks to wait, in milliseconds: `retry-after-ms`, or `retry-after` in seconds or as a date.
 * SEE: RFC 9110, 10.2.3.
 */
export function retryAfterOf(headers: Refusal['headers'], now: () => number = Date.now): number | null {
  const exact = Number(first(headers['retry-after-ms']));
  if (exact > 0) return exact;
  const given = first(headers['retry-after']);
  if (given === undefined || given.trim() === '') return null;
  const seconds = Number(given);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(given);
  return Number.isNaN(date) ? null : Math.max(0, date - now());
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function codeOf(thrown: unknown): string {
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}
