import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Environment } from '../src/core/environment.js';
import { messageOf, UserError } from '../src/core/errors.js';
import { isObject, type Json, type JsonObject, preview } from '../src/core/json.js';
import type { PolicyManifest, SavedPolicy } from './saved.js';

const MANIFEST = 'policy.json';
const object = z.record(z.string(), z.unknown() as z.ZodType<Json>);

const manifest = z.strictObject({
  format: z.literal(1, 'this version of Ludus reads format 1'),
  kind: z.enum(['table', 'network', 'mixture']),
  environment: z.strictObject({ id: z.string(), version: z.string(), config: object }),
  algorithm: z.strictObject({ id: z.string(), options: object, seed: z.string(), iterations: z.number() }),
  metrics: object,
  files: z.record(z.string().regex(/^[\w.+-]+$/), z.string()),
  details: object,
});

/** A policy read from a folder. */
export interface FoundPolicy extends SavedPolicy {
  readonly folder: string;
  /** The fingerprint of `policy.json`, which holds those of the other files: one for the whole folder. */
  readonly hash: string;
}

/** SHA-256 as `sha256sum` prints it. */
export function fingerprintOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Writes a policy folder. It is there whole or not at all: the files are written beside it and the folder is renamed.
 * An older policy of the same name is replaced; a kill between the two renames leaves it under `<folder>.old`.
 * @returns the fingerprint of the folder
 * @throws UserError when something else stands there
 */
export function writePolicy(folder: string, { manifest: told, files }: SavedPolicy): string {
  const path = resolve(folder);
  refuseOccupied(path);
  const fresh = `${path}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const prints = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, fingerprintOf(bytes)]));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(fresh, name), bytes);
  const text = `${JSON.stringify(manifest.parse({ ...told, files: prints }), null, 2)}\n`;
  writeFileSync(join(fresh, MANIFEST), text);
  mkdirSync(dirname(path), { recursive: true });
  const older = `${path}.old`;
  rmSync(older, { recursive: true, force: true });
  if (existsSync(path)) renameSync(path, older);
  renameSync(fresh, path);
  rmSync(older, { recursive: true, force: true });
  return fingerprintOf(text);
}

/**
 * Reads a policy folder and checks every file against its fingerprint.
 * @throws UserError naming the file that is missing, unreadable or not what was written
 */
export function readPolicy(folder: string): FoundPolicy {
  const file = join(folder, MANIFEST);
  if (!existsSync(file)) throw new UserError(`${folder} is no policy folder: there is no ${file}`);
  const text = readFileSync(file, 'utf8');
  const told = readManifest(text, file);
  const files = Object.fromEntries(
    Object.entries(told.files).map(([name, print]) => [name, checked(join(folder, name), print)]),
  );
  return { folder, hash: fingerprintOf(text), manifest: told, files };
}

/** Whether a path is a policy's folder. */
export function isPolicyFolder(path: string): boolean {
  return existsSync(join(path, MANIFEST));
}

/** A file of a policy. @throws UserError when it has none of that name */
export function fileOf({ manifest: told, files }: SavedPolicy, name: string): Uint8Array {
  const bytes = files[name];
  if (bytes !== undefined) return bytes;
  throw new UserError(`${MANIFEST} names no "${name}", which a policy of kind "${told.kind}" needs`);
}

/** Refuses a policy that was made for another game. @throws UserError that names both and what differs */
export function refuseOther(told: PolicyManifest, { spec }: Environment, config: JsonObject): void {
  const made = told.environment;
  if (made.id !== spec.id) {
    throw new UserError(`the policy (${told.algorithm.id}) was made for ${made.id}, and this is ${spec.id}`);
  }
  if (made.version !== spec.version) {
    throw new UserError(
      `the policy (${told.algorithm.id}) was made for ${spec.id} ${made.version}, and this is ${spec.id} ${spec.version}: solve or train it again`,
    );
  }
  const [first, ...others] = differences(made.config, config);
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` (and ${others.length} more ${others.length === 1 ? 'field' : 'fields'})`;
  throw new UserError(
    `the policy (${told.algorithm.id}) was made for ${spec.id} with ${first.field} = ${preview(first.a)}, and here it is ${preview(first.b)}${more}`,
  );
}

/** A configuration as one text: fields in the order of their names, whatever order they were written in. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const fields = Object.keys(value).sort();
  return `{${fields.map((field) => `${JSON.stringify(field)}:${canonical(value[field] as Json)}`).join(',')}}`;
}

type Difference = { readonly field: string; readonly a: Json | undefined; readonly b: Json | undefined };

/** The innermost fields in which two values differ. */
function differences(a: Json | undefined, b: Json | undefined, field = ''): Difference[] {
  if (isObject(a) && isObject(b)) {
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return names.flatMap((name) => differences(a[name], b[name], field === '' ? name : `${field}.${name}`));
  }
  const same = a !== undefined && b !== undefined && canonical(a) === canonical(b);
  return same ? [] : [{ field: field === '' ? 'its configuration' : field, a, b }];
}

/** Refuses a path where something stands that no policy may replace. @throws UserError */
export function refuseOccupied(path: string): void {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there === undefined) return;
  const free = there.isDirectory() && (isPolicyFolder(path) || readdirSync(path).length === 0);
  if (!free) throw new UserError(`${path} is there already and is no policy folder; name another`);
}

function readManifest(text: string, file: string): PolicyManifest {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${file} is not JSON: ${messageOf(error)}`);
  }
  const parsed = manifest.safeParse(read);
  if (parsed.success) return parsed.data as PolicyManifest;
  const [issue] = parsed.error.issues;
  throw new UserError(`${file} is no policy's manifest: ${issue?.path.join('.') || 'whole'}: ${issue?.message}`);
}

function checked(file: string, print: string): Uint8Array {
  if (!existsSync(file)) throw new UserError(`${file} is missing, and policy.json names it`);
  const bytes = new Uint8Array(readFileSync(file));
  const found = fingerprintOf(bytes);
  if (found === print) return bytes;
  throw new UserError(
    `${file} is not what was saved: its fingerprint is ${found.slice(0, 16)}..., and policy.json says ${print.slice(0, 16)}...`,
  );
}
