import type { z } from 'zod';
import { Fault } from './http.js';

/** What is wrong with one field, in the form that clients of FastAPI know. */
export interface Complaint {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly input: unknown;
}

const typeOf: { readonly [code: string]: string } = { custom: 'value_error', invalid_value: 'literal_error' };

/** What a schema has against a value. */
export function complaints(error: z.ZodError, value: unknown): Complaint[] {
  return error.issues.map((issue) => {
    const loc = issue.path.filter((key) => typeof key !== 'symbol');
    const got = loc.reduce<unknown>((at, key) => (at as { [key: string]: unknown } | undefined)?.[key], value);
    if (got === undefined) return { type: 'missing', loc, msg: 'Field required', input: value ?? null };
    return { type: typeOf[issue.code] ?? wrongType(issue, got), loc, msg: issue.message, input: got };
  });
}

/** What FastAPI calls a value of the wrong type. SEE: pydantic, "Validation errors". */
function wrongType({ code, expected }: z.core.$ZodIssue & { readonly expected?: string }, got: unknown): string {
  if (code !== 'invalid_type') return code;
  if (expected === 'object') return 'model_attributes_type';
  if (expected === 'record') return 'dict_type';
  if (expected !== 'int' && expected !== 'number') return `${expected}_type`;
  return typeof got === 'number' ? 'int_from_float' : typeof got === 'string' ? 'int_parsing' : 'int_type';
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
