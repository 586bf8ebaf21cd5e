import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Policy } from '../src/core/agent.js';
import { messageOf, UserError } from '../src/core/errors.js';
import type { JsonObject } from '../src/core/json.js';
import { readPolicy, refuseOther } from './folder.js';
import { policyKind } from './found.js';
import type { Opened } from './kind.js';
import type { PolicyManifest } from './saved.js';

/** A policy from a path, ready to sit down. */
export interface OpenPolicy extends Opened {
  /** What records say of it: algorithm, iterations, exploitability and fingerprint, or what its module says. */
  readonly about: JsonObject;
  /** The manifest of a saved policy, which knows the game it was made for; null for a module. */
  readonly made: PolicyManifest | null;
}

/**
 * The policy at a path: a folder that was saved, or a module whose default export is a `Policy`. A saved one refuses,
 * when it is seated, another game than it was made for.
 * @throws UserError when neither is there, or what is there cannot be read
 */
export async function openPolicy(path: string): Promise<OpenPolicy> {
  const there = path === '' ? undefined : statSync(resolve(path), { throwIfNoEntry: false });
  if (there === undefined) throw new UserError(`there is no file or folder "${path}" to take a policy from`);
  return there.isDirectory() ? fromFolder(path) : fromModule(path);
}

async function fromFolder(folder: string): Promise<OpenPolicy> {
  const found = readPolicy(folder);
  const { manifest, hash } = found;
  const { algorithm, kind, metrics } = manifest;
  const opened = await (await policyKind(kind)).open(found);
  return {
    ...opened,
    about: {
      policy: kind,
      algorithm: algorithm.id,
      iterations: algorithm.iterations,
      exploitability: metrics.exploitability ?? null,
      hash,
    },
    made: manifest,
    seat(place) {
      refuseOther(manifest, place.environment, place.config);
      return opened.seat(place);
    },
  };
}

async function fromModule(file: string): Promise<OpenPolicy> {
  const policy = await load(file);
  return {
    about: policy.manifest,
    made: null,
    seat: () => (request) => {
      const found = policy.probabilities([request]);
      return found instanceof Promise ? found.then(([row]) => row ?? []) : (found[0] ?? []);
    },
  };
}

async function load(file: string): Promise<Policy> {
  let module: { default?: Policy };
  try {
    module = (await import(pathToFileURL(resolve(file)).href)) as typeof module;
  } catch (error) {
    throw new UserError(`cannot load ${file}: ${messageOf(error)}`, { cause: error });
  }
  if (typeof module.default?.probabilities !== 'function') {
    throw new UserError(`${file} has no policy as its default export`);
  }
  return module.default;
}
