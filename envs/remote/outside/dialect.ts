import { isObject, type Json, type JsonObject } from '../../../src/core/json.js';
import type { DescribedTool } from '../../../src/core/space.js';
import type { Request, Told, Tools } from '../types.js';

/** A server elsewhere. */
export interface There {
  /** @throws Error when nothing can be had of it */
  answer(request: Request, signal: AbortSignal): Promise<Told>;
  /** Lets go of what is played there; never throws. */
  close(session: string): Promise<void>;
}

/** A protocol that environments elsewhere speak. */
export interface Dialect {
  (address: string): There;
  /** What addresses begin with. */
  readonly schemes: readonly string[];
}

/** How long saying goodbye may take, in milliseconds. */
export const GOODBYE_MS = 5000;

/** The key that a server elsewhere asks for, as a header. */
export function keyHeader(): { readonly [name: string]: string } {
  const key = process.env.LUDUS_REMOTE_KEY;
  return key === undefined || key === '' ? {} : { 'x-api-key': key };
}

/** Sends JSON by HTTP and gives what comes. @throws Error telling the status and the reason, where there is one */
export async function exchange(url: string, body: JsonObject | null, signal: AbortSignal): Promise<Json> {
  const post = { method: 'POST', body: JSON.stringify(body) };
  const headers = { 'content-type': 'application/json', ...keyHeader() };
  const response = await fetch(url, { ...(body === null ? {} : post), headers, signal });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 500)}`);
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new Error(`${url} answered what is no JSON: ${text.slice(0, 100)}`);
  }
}

/** A tool as its server describes it; null where it is none. */
export function toolFrom(name: Json | undefined, description: Json | undefined, parameters: Json | undefined) {
  if (typeof name !== 'string' || name === '') return null;
  const known: DescribedTool = {
    description: typeof description === 'string' ? description : '',
    parameters: { type: 'object', properties: {}, ...(isObject(parameters) ? parameters : {}) },
  };
  return [name, known] as const;
}

/** Tools by name; null where there are none. */
export function toolsFrom(list: readonly (readonly [string, DescribedTool] | null)[]): Tools {
  const known = list.filter((tool) => tool !== null);
  return known.length === 0 ? null : Object.fromEntries(known);
}

/** A text as it is, and anything else as JSON. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** NOTE: JSON has no way to say -0, and a reward that is no number pays nothing. */
export function rewardOf(value: Json | undefined): number {
  return typeof value === 'number' ? value + 0 : value === true ? 1 : 0;
}
