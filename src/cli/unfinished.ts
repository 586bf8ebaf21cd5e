import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { z } from 'zod';
import { canonical, fingerprintOf, refuseOccupied } from '../../policies/folder.js';
import { type Packable, type Packed, pack, unpack } from '../../policies/pack.js';
import type { Environment } from '../core/environment.js';
import { messageOf, UserError } from '../core/errors.js';
import type { JsonObject } from '../core/json.js';
import type { ConfigOptions } from './options.js';
import { invocation } from './session.js';

const PLAN = 'plan.json';
const CHECKPOINT = 'checkpoint.bin';

/**
 * Work in progress on a policy: a folder beside the one it will become, with the plan and the last checkpoint. It is
 * gone once the policy is written. Each file is replaced whole, so a kill at any time leaves the one before.
 */
export class Unfinished<Plan extends JsonObject> {
  /** Where the policy will be. */
  readonly out: string;
  readonly folder: string;
  readonly #verb: string;
  readonly #plan: z.ZodType<Plan>;

  constructor(verb: string, out: string, plan: z.ZodType<Plan>) {
    this.out = out.replace(/\/+$/, '');
    this.folder = join(dirname(this.out), `${basename(this.out)}.unfinished`);
    this.#verb = verb;
    this.#plan = plan;
  }

  /** How to go on with it, as typed. */
  get hint(): string {
    return `${invocation()} ${this.#verb} --resume ${this.out}`;
  }

  /**
   * Begins. @throws UserError when something stands where the policy is to be, or a checkpoint of earlier work lies
   * there, which is not thrown away unasked
   */
  begin(plan: Plan): void {
    refuseOccupied(this.out);
    if (existsSync(join(this.folder, CHECKPOINT))) {
      throw new UserError(
        `${this.folder} holds unfinished work: go on with it (${this.hint}), delete it, or name another --out`,
      );
    }
    mkdirSync(this.folder, { recursive: true });
    this.#replace(PLAN, new TextEncoder().encode(`${JSON.stringify(plan, null, 2)}\n`));
  }

  /** The plan of what was begun. @throws UserError */
  plan(): Plan {
    const file = join(this.folder, PLAN);
    if (!existsSync(file)) throw new UserError(`nothing unfinished lies at ${this.out} (there is no ${file})`);
    let read: unknown;
    try {
      read = JSON.parse(readFileSync(file, 'utf8'));
    } catch (error) {
      throw new UserError(`${file} is not JSON: ${messageOf(error)}`);
    }
    const parsed = this.#plan.safeParse(read);
    if (parsed.success) return parsed.data;
    throw new UserError(`${file} is not the plan of a ludus ${this.#verb}: ${parsed.error.issues[0]?.message}`);
  }

  save(about: JsonObject, arrays: { readonly [name: string]: Packable }): void {
    this.#replace(CHECKPOINT, pack({ kind: 'checkpoint', about, arrays }));
  }

  /** The last checkpoint; null before the first. @throws UserError when it cannot be read */
  checkpoint(): Packed | null {
    const file = join(this.folder, CHECKPOINT);
    return existsSync(file) ? unpack(new Uint8Array(readFileSync(file)), 'checkpoint', file) : null;
  }

  done(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #replace(name: string, bytes: Uint8Array): void {
    const file = join(this.folder, name);
    writeFileSync(`${file}.new`, bytes);
    renameSync(`${file}.new`, file);
  }
}

/** Watches for Ctrl-C. A second one ends the process at once. */
export class Interruption {
  readonly #asked = new AbortController();
  readonly #heard = (): void => this.#asked.abort();

  constructor() {
    process.once('SIGINT', this.#heard);
  }

  get asked(): boolean {
    return this.#asked.signal.aborted;
  }

  /** Aborted by Ctrl-C. */
  get signal(): AbortSignal {
    return this.#asked.signal;
  }

  forget(): void {
    process.off('SIGINT', this.#heard);
  }
}

/**
 * Where the policy of an algorithm goes unless said otherwise. A configuration that is not the usual one marks the
 * name: by its preset, or by a fingerprint.
 */
export function usualFolder(
  { spec }: Environment,
  config: JsonObject,
  algorithm: string,
  { preset, config: set }: ConfigOptions,
): string {
  const usual = canonical(config) === canonical(spec.config.parse({}));
  const mark = preset !== undefined && set.length === 0 ? preset : fingerprintOf(canonical(config)).slice(0, 8);
  const safe = (text: string): string => text.replace(/[^\p{L}\p{N}._+-]+/gu, '_');
  return join('runs', safe(spec.id), safe(usual ? algorithm : `${algorithm}-${mark}`));
}
