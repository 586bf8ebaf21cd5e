import type { z } from 'zod';
import { Fault } from './http.js';

/** What is wrong with one field, in the form that clients of FastAPI know. */
export interface Complaint {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly input: unknown;
}

const typeOf: { readonly [code: string]: string } = {
  invalid_type: 'type_error',
  custom: 'value_error',
  invalid_value: 'literal_error',
};

/** What a schema has against a value. */
export function complaints(error: z.ZodError, value: unknown): Complaint[] {
  return error.issues.map(({ code, path, message }) => {
    const loc = path.filter((key) => typeof key !== 'symbol');
    const got = loc.reduce<unknown>((at, key) => (at as { [key: string]: unknown } | undefined)?.[key], value);
    if (got === undefined) return { type: 'missing', loc, msg: 'Field required', input: value ?? null };
    const isFraction = Number.isFinite(got) && code === 'invalid_type';
    return { type: isFraction ? 'int_from_float' : (typeOf[code] ?? code), loc, msg: message, input: got };
  });
}

/** The body of a request. @throws Fault 422 naming what is wrong */
export function bodyAs<T>(schema: z.ZodType<T>, text: string): T {
  const json = jsonOf(text);
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  throw new Fault(422, complaints(read.error, json).map(inBody));
}

/** A body of which one field is wrong. @param loc where in the body */
export function unfit(type: string, loc: Complaint['loc'], msg: string, input: unknown): Fault {
  return new Fault(422, [inBody({ type, loc, msg, input })]);
}

function inBody(complaint: Complaint): Complaint {
  return { ...complaint, loc: ['body', ...complaint.loc] };
}

function jsonOf(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    throw unfit('json_invalid', [], 'JSON decode error', {});
  }
}
