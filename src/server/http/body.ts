import type { z } from 'zod';
import { isShallow } from '../sockets/messages.js';
import { Refused } from '../wire/refused.js';

/** Largest body taken, in bytes. */
const LARGEST = 16 * 1024;
/** Names that every object has, or by which its prototype is reached. */
const FORBIDDEN = ['__proto__', 'constructor', 'prototype'];

/**
 * The JSON body of a request, read by a schema.
 * @param largest in bytes; what is longer is not even read
 * @throws Refused with what is wrong with it
 */
export async function readBody<T>(request: Request, schema: z.ZodType<T>, largest = LARGEST): Promise<T> {
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? ''))
    throw new Refused('malformed', 'the body is JSON, sent with content-type: application/json');
  const body = parse(await textOf(request, largest));
  if (!isShallow(body)) throw new Refused('malformed', 'the body is nested too deep');
  const key = forbiddenKey(body);
  if (key !== undefined) throw new Refused('malformed', `no object of the body may have a key "${key}"`);
  return read(schema, body);
}

/** A value as a schema reads it. @throws Refused naming the first field that is not right */
export function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  throw new Refused('malformed', `${field}${issue?.message ?? 'not of the right form'}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refused('malformed', 'the body is not JSON');
  }
}

function forbiddenKey(body: unknown): string | undefined {
  const values = [body];
  for (let value = values.pop(); value !== undefined; value = values.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const found = FORBIDDEN.find((key) => Object.hasOwn(value, key));
    if (found !== undefined) return found;
    values.push(...Object.values(value).filter((inner) => inner !== undefined));
  }
  return undefined;
}

async function textOf(request: Request, largest: number): Promise<string> {
  const tooLarge = new Refused('too large', `the body is larger than ${largest} bytes`);
  if (Number(request.headers.get('content-length') ?? 0) > largest) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > largest) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
