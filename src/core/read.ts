/**
 * How an answer can fail. Told apart everywhere: in the text to try again, in records and in every table of results.
 * - `unparsable`: no answer could be read from the reply
 * - `ambiguous`: more than one answer, or one that fits several options
 * - `illegal`: a well-formed answer that is not allowed here
 * - `truncated`: the reply was cut off before its answer was complete
 * - `late`: no reply before the deadline
 * - `crashed`: the agent itself failed
 */
export const FAILURES = ['unparsable', 'ambiguous', 'illegal', 'truncated', 'late', 'crashed'] as const;
export type Failure = (typeof FAILURES)[number];

/** What a reader gives: a value, or the kind of failure with a reason a person or a model can act on. Never throws. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure; readonly reason: string };

export function good<T>(value: T): Read<T> {
  return { ok: true, value };
}

export function bad(failure: Failure, reason: string): Read<never> {
  return { ok: false, failure, reason };
}
