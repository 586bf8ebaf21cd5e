import { isObject, type Json, type JsonObject } from '../src/core/json.js';
import type { EpisodeRecord } from './schema.js';

/** When a step of a record was played, in milliseconds since 1970; null where the record keeps no times. */
export function momentOf({ started, steps }: EpisodeRecord, step: number): number | null {
  const at = steps[step]?.at;
  const start = started === undefined ? Number.NaN : Date.parse(started);
  return at === undefined || Number.isNaN(start) ? null : start + at;
}

/** Figures of one call as the record has them; null where the provider gave none. Prompt tokens include cached ones. */
export interface Figures {
  readonly prompt: number | null;
  readonly completion: number | null;
  readonly cached: number | null;
  readonly reasoning: number | null;
  readonly cost: number | null;
}

export function figuresOf({ usage }: { readonly usage: JsonObject | null }): Figures {
  const read = (name: string) => (typeof usage?.[name] === 'number' ? usage[name] : null);
  return {
    prompt: read('promptTokens'),
    completion: read('completionTokens'),
    cached: read('cachedTokens'),
    reasoning: read('reasoningTokens'),
    cost: read('cost'),
  };
}

/** A text field of a call's reply; null where there is none. */
export function replyField({ reply }: { readonly reply: Json }, field: string): string | null {
  const value = isObject(reply) ? reply[field] : undefined;
  return typeof value === 'string' ? value : null;
}

/** Sampling parameters of a call, without what it was offered. */
export function samplingOf({ parameters }: { readonly parameters: JsonObject }): JsonObject {
  const { tools: _tools, schema: _schema, ...sampling } = parameters;
  return sampling;
}

/** An object without the fields that are null: for formats that read an absent field as unknown. */
export function known(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
