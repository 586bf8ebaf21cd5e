import { isObject, type Json } from '../../src/core/json.js';
import type { Field, Part } from './field.js';

/**
 * A form as it is being filled in: as typed, right or wrong. A text for texts and numbers; the place of what is picked;
 * parts in the order of the field's; for a record also its names.
 */
export interface Draft {
  readonly text?: string;
  readonly on?: boolean;
  readonly at?: number;
  readonly parts?: readonly Draft[];
  readonly names?: readonly string[];
}

/** What is wrong with a draft: the place, as numbers of parts from the outside in, and a sentence. */
export interface Fault {
  readonly path: readonly number[];
  readonly text: string;
}

export type Filled =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** The draft one starts with; of a value where there is one. */
export function draftOf(field: Field, value?: Json): Draft {
  switch (field.is) {
    case 'text':
    case 'number':
      return { text: value === undefined || value === null ? '' : String(value) };
    case 'toggle':
      return { on: value === true };
    case 'pick':
      // NOTE: nothing is picked for anybody: what has no start has to be chosen.
      return { at: field.options.findIndex((option) => option.value === value) };
    case 'fixed':
      return {};
    case 'group':
      return { parts: field.parts.map((part) => partDraft(part, isObject(value) ? value[part.name] : undefined)) };
    case 'either':
      return eitherDraft(field, value);
    case 'record':
      return recordDraft(field, value);
    case 'list':
      return listDraft(field, value);
  }
}

function partDraft(part: Part, value: Json | undefined): Draft {
  return draftOf(part.field, value === undefined ? part.start : value);
}

function eitherDraft({ cases }: Extract<Field, { is: 'either' }>, value: Json | undefined): Draft {
  const fits = cases.findIndex(({ field }) => value !== undefined && isOf(field, value));
  const at = Math.max(0, fits);
  return { at, parts: cases.map(({ field }, place) => draftOf(field, place === fits ? value : undefined)) };
}

function recordDraft(field: Extract<Field, { is: 'record' }>, value: Json | undefined): Draft {
  const known = isObject(value) ? value : {};
  const names = field.names ?? Object.keys(known);
  return { names, parts: names.map((name) => draftOf(field.each, known[name])) };
}

/** NOTE: a list that wants entries begins with as many, so that nobody has to ask for what must be there. */
function listDraft({ each, least }: Extract<Field, { is: 'list' }>, value: Json | undefined): Draft {
  if (Array.isArray(value)) return { parts: (value as readonly Json[]).map((item) => draftOf(each, item)) };
  return { parts: Array.from({ length: least }, () => draftOf(each)) };
}

/** Whether a value is of a field's kind, for telling cases apart. */
function isOf(field: Field, value: Json): boolean {
  switch (field.is) {
    case 'fixed':
      return field.value === value;
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'toggle':
      return typeof value === 'boolean';
    case 'pick':
      return field.options.some((option) => option.value === value);
    case 'list':
      return Array.isArray(value);
    case 'either':
      return field.cases.some((one) => isOf(one.field, value));
    case 'record':
      return isObject(value);
    case 'group':
      return (
        isObject(value) &&
        field.parts.every(({ name, field: part }) => part.is !== 'fixed' || part.value === value[name])
      );
  }
}

/** What a draft says, or what is wrong with it. */
export function readDraft(field: Field, draft: Draft): Filled {
  switch (field.is) {
    case 'text':
      return readText(field, draft.text ?? '');
    case 'number':
      return readNumber(field, (draft.text ?? '').trim());
    case 'toggle':
      return good(draft.on === true);
    case 'pick': {
      const option = field.options[draft.at ?? -1];
      return option === undefined ? bad('choose one of these') : good(option.value);
    }
    case 'fixed':
      return good(field.value);
    case 'group':
      return readGroup(field, draft);
    case 'either': {
      const at = draft.at ?? 0;
      const chosen = field.cases[at];
      if (chosen === undefined) return bad('choose one of these');
      return below(at, readDraft(chosen.field, draft.parts?.[at] ?? {}));
    }
    case 'record':
      return readRecord(field, draft);
    case 'list':
      return readList(field, draft.parts ?? []);
  }
}

function readText({ least, most, pattern }: Extract<Field, { is: 'text' }>, text: string): Filled {
  if (text.length < least) return bad(least === 1 ? 'fill this in' : `at least ${least} characters`);
  if (most !== null && text.length > most) return bad(`${text.length} characters; at most ${most} are taken`);
  if (pattern !== null && !new RegExp(pattern, 'u').test(text)) return bad('this is not written as it has to be');
  return good(text);
}

function readNumber({ whole, min, max, above, below: under }: Extract<Field, { is: 'number' }>, text: string): Filled {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) return bad(whole ? 'a whole number is wanted' : 'a number is wanted');
  if (whole && !Number.isInteger(value)) return bad('a whole number is wanted');
  if (min !== null && (value < min || (above && value === min)))
    return bad(`${above ? 'more than' : 'at least'} ${min}`);
  if (max !== null && (value > max || (under && value === max)))
    return bad(`${under ? 'less than' : 'at most'} ${max}`);
  return good(value === 0 ? 0 : value);
}

function readGroup({ parts }: Extract<Field, { is: 'group' }>, draft: Draft): Filled {
  const given = parts.flatMap((part, at): (readonly [string, Filled])[] => {
    const own = draft.parts?.[at] ?? {};
    return part.optional && isBlank(own) ? [] : [[part.name, below(at, readDraft(part.field, own))]];
  });
  return gathered(given);
}

/** NOTE: of the parts that may be left out, only texts and numbers show that nothing was filled in. */
function isBlank(draft: Draft): boolean {
  return draft.text === '';
}

function readRecord(field: Extract<Field, { is: 'record' }>, { names = [], parts = [] }: Draft): Filled {
  const given = names.map((name, at) => [name, below(at, readEntry(field, name, names, parts[at] ?? {}))] as const);
  return gathered(given);
}

function readEntry(
  field: Extract<Field, { is: 'record' }>,
  name: string,
  names: readonly string[],
  draft: Draft,
): Filled {
  const key = readDraft(field.key, { text: name });
  if (name === '') return bad('this needs a name');
  if (!key.ok) return key;
  if (names.filter((other) => other === name).length > 1) return bad('this name is there twice');
  return readDraft(field.each, draft);
}

function gathered(given: readonly (readonly [string, Filled])[]): Filled {
  const faults = given.flatMap(([, read]) => (read.ok ? [] : read.faults));
  if (faults.length > 0) return { ok: false, faults };
  return good(Object.fromEntries(given.flatMap(([name, read]) => (read.ok ? [[name, read.value] as const] : []))));
}

function readList({ each, least, most }: Extract<Field, { is: 'list' }>, parts: readonly Draft[]): Filled {
  const read = parts.map((part, at) => below(at, readDraft(each, part)));
  const faults = read.flatMap((one) => (one.ok ? [] : one.faults));
  if (faults.length > 0) return { ok: false, faults };
  if (parts.length < least) return bad(least === 1 ? 'at least one is wanted' : `at least ${least} are wanted`);
  if (most !== null && parts.length > most) return bad(`at most ${most} are taken`);
  return good(read.flatMap((one) => (one.ok ? [one.value] : [])));
}

function good(value: Json): Filled {
  return { ok: true, value };
}

function bad(text: string): Filled {
  return { ok: false, faults: [{ path: [], text }] };
}

function below(at: number, read: Filled): Filled {
  if (read.ok) return read;
  return { ok: false, faults: read.faults.map(({ path, text }) => ({ path: [at, ...path], text })) };
}
