import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AgentFactory, AgentFamily, AgentPool, Spending } from './agent.js';
import type { Environment } from './environment.js';
import { messageOf, suggestion, UserError } from './errors.js';
import { isObject, type JsonObject, preview } from './json.js';

/** A thing the catalogue found: its id and the module it is loaded from. */
export interface Entry {
  readonly id: string;
  readonly module: string;
  /** Folder of the item: where an environment's card, golden transcript and data lie. */
  readonly folder: string;
}

/** A family of environments: its folder's `family(argument)` makes the environment of `scheme:argument`. */
export type EnvironmentFamily = (argument: string) => Environment | Promise<Environment>;

/** Where to look besides the package: the folders that `ludus.config.json` names. */
export interface Places {
  readonly environments: readonly string[];
  readonly agents: readonly string[];
}

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));
/** NOTE: the same code runs as TypeScript while developing and as JavaScript when built; modules have its ending. */
const ENDING = extname(fileURLToPath(import.meta.url));

/**
 * Everything Ludus knows by name, found by looking into folders: an environment is a folder of `envs/`, an agent a file
 * of `agents/`. Nothing is registered anywhere.
 */
export class Catalogue {
  readonly #environments: ReadonlyMap<string, Entry>;
  readonly #agents: ReadonlyMap<string, Entry>;

  readonly #spending: Spending | null;

  /** @param spending what the agents that it opens may use up together */
  constructor(places: Places = readPlaces(process.cwd()), spending: Spending | null = null) {
    this.#spending = spending;
    this.#environments = collect([join(PACKAGE, 'envs'), ...places.environments], environmentsIn);
    this.#agents = collect([join(PACKAGE, 'agents'), ...places.agents], filesIn);
  }

  /** The environments found, by id. */
  get environments(): readonly Entry[] {
    return [...this.#environments.values()];
  }

  /** The agent families found, by id. */
  get agents(): readonly Entry[] {
    return [...this.#agents.values()];
  }

  entry(id: string): Entry {
    const [scheme] = split(id);
    const entry = this.#environments.get(scheme);
    if (entry !== undefined) return entry;
    const known = [...this.#environments.keys()];
    throw new UserError(`there is no environment "${id}"; ${suggestion(scheme, known)} (ludus list shows all)`);
  }

  /**
   * The environment of an id or `scheme:argument`.
   * @throws UserError with the nearest ids; also when the module is broken or calls itself something else
   */
  async environment(id: string): Promise<Environment> {
    const entry = this.entry(id);
    const [, argument] = split(id);
    const module = await load(entry);
    if (argument === null) return own(entry, module);
    if (typeof module.family !== 'function') throw new UserError(`environment "${entry.id}" takes no argument`);
    return named(id, entry, await (module.family as EnvironmentFamily)(argument));
  }

  /** The card that lies in an environment's folder, as Markdown; null where there is none. */
  card(id: string): string | null {
    const file = join(this.entry(id).folder, 'README.md');
    return existsSync(file) ? readFileSync(file, 'utf8') : null;
  }

  /**
   * Every environment that needs no argument.
   * @param broken told of one that cannot be loaded, so that the others are found all the same; thrown when absent
   */
  async all(broken?: (error: unknown) => void): Promise<Environment[]> {
    const found: Environment[] = [];
    for (const entry of this.#environments.values()) {
      try {
        const module = await load(entry);
        if (module.family === undefined || module.default !== undefined) found.push(own(entry, module));
      } catch (error) {
        if (broken === undefined) throw error;
        broken(error);
      }
    }
    return found;
  }

  async family(scheme: string): Promise<AgentFamily> {
    const entry = this.#agents.get(scheme);
    if (entry === undefined) {
      throw new UserError(`there is no agent "${scheme}"; ${suggestion(scheme, [...this.#agents.keys()])}`);
    }
    const module = await load(entry);
    const family = module.default as AgentFamily | undefined;
    if (typeof family?.open !== 'function') throw new UserError(`${entry.module} has no agent as its default export`);
    return family;
  }

  /** The agent of a spec such as `random` or `scripted:liar`. @throws UserError with the nearest names */
  async agent(spec: string): Promise<AgentFactory> {
    const [scheme, argument] = split(spec);
    return (await this.family(scheme)).open(argument ?? '', this.#spending);
  }

  /** What the agent of a spec waits for outside this process; null where it computes here. */
  async limits(spec: string): Promise<AgentPool | null> {
    const [scheme, argument] = split(spec);
    return (await (await this.family(scheme)).limits?.(argument ?? '')) ?? null;
  }
}

/** An environment from a folder anywhere, as `ludus check` takes it. */
export async function environmentAt(folder: string): Promise<{ entry: Entry; environment: Environment }> {
  const entry = environmentEntry(resolve(folder));
  if (entry === undefined) throw new UserError(`${folder} holds no ${indexNames().join(' or ')}`);
  return { entry, environment: own(entry, await load(entry)) };
}

/** What a `ludus.config.json` may hold: folders, and settings that others read. */
const SETTINGS = ['environments', 'agents', 'models', 'providers', 'prices'];

/** All that a `ludus.config.json` in the given folder holds; an empty object when there is no such file. */
export function readSettings(folder: string): JsonObject {
  const file = join(folder, 'ludus.config.json');
  if (!existsSync(file)) return {};
  const read = readJson(file);
  const unknown = Object.keys(read).find((key) => !SETTINGS.includes(key));
  if (unknown === undefined) return read;
  throw new UserError(`${file}: there is no "${unknown}"; ${suggestion(unknown, SETTINGS)}`);
}

/** The folders named by a `ludus.config.json` in the given folder; none when there is no such file. */
export function readPlaces(folder: string): Places {
  const file = join(folder, 'ludus.config.json');
  const read = readSettings(folder);
  const folders = (key: 'environments' | 'agents'): string[] => {
    const value = read[key] ?? [];
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
      throw new UserError(`${file}: "${key}" takes a list of folders, got ${preview(value)}`);
    }
    return value.map((item: string) => resolve(folder, item));
  };
  return { environments: folders('environments'), agents: folders('agents') };
}

function readJson(file: string): JsonObject {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError(`${file} is not JSON: ${messageOf(error)}`);
  }
  if (!isObject(read))
    throw new UserError(`${file} takes an object with "environments" and "agents", got ${preview(read)}`);
  return read;
}

/** `scheme:argument` as its two parts; null where there is no argument. */
function split(id: string): [string, string | null] {
  const at = id.indexOf(':');
  return at < 0 ? [id, null] : [id.slice(0, at), id.slice(at + 1)];
}

function collect(folders: readonly string[], look: (folder: string) => Entry[]): ReadonlyMap<string, Entry> {
  const found = new Map<string, Entry>();
  for (const folder of folders) {
    if (!isFolder(folder)) throw new UserError(`there is no folder ${folder}, which ludus.config.json names`);
    for (const entry of look(folder)) {
      const twin = found.get(entry.id);
      if (twin !== undefined) throw new UserError(`"${entry.id}" is there twice: ${twin.module} and ${entry.module}`);
      found.set(entry.id, entry);
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** A folder may be one environment, or hold several. */
function environmentsIn(folder: string): Entry[] {
  const own = environmentEntry(folder);
  if (own !== undefined) return [own];
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter(isFolder)
    .map(environmentEntry)
    .filter((entry) => entry !== undefined);
}

function environmentEntry(folder: string): Entry | undefined {
  const module = indexNames()
    .map((name) => join(folder, name))
    .find((path) => existsSync(path));
  return module === undefined ? undefined : { id: basename(folder), module, folder };
}

function filesIn(folder: string): Entry[] {
  const endings = ENDING === '.ts' ? ['.ts', '.js', '.mjs'] : ['.js', '.mjs'];
  return readdirSync(folder)
    .filter((name) => endings.includes(extname(name)) && !/\.(test|d)\.\w+$/.test(name))
    .map((name) => ({ id: basename(name, extname(name)), module: join(folder, name), folder }));
}

function indexNames(): string[] {
  return ENDING === '.ts' ? ['index.ts', 'index.js', 'index.mjs'] : ['index.js', 'index.mjs'];
}

type Module = { readonly default?: unknown; readonly family?: unknown };

async function load(entry: Entry): Promise<Module> {
  try {
    return (await import(pathToFileURL(entry.module).href)) as Module;
  } catch (error) {
    throw new UserError(`cannot load ${entry.module}: ${messageOf(error)}`, { cause: error });
  }
}

/** The environment a folder holds itself. */
function own(entry: Entry, module: Module): Environment {
  if (module.default === undefined && typeof module.family === 'function') {
    throw new UserError(`"${entry.id}" is a family: write ${entry.id}:<argument>`);
  }
  return named(entry.id, entry, module.default);
}

/** NOTE: records name an environment by its spec's id, so that must be the id under which it is found again. */
function named(id: string, entry: Entry, value: unknown): Environment {
  if (!isEnvironment(value)) throw new UserError(`${entry.module} has no environment for "${id}"`);
  if (value.spec.id === id) return value;
  throw new UserError(`${entry.module} is found as "${id}" but calls itself "${value.spec.id}"`);
}

function isEnvironment(value: unknown): value is Environment {
  const candidate = value as Partial<Environment> | undefined;
  return typeof candidate?.apply === 'function' && typeof candidate.spec?.id === 'string';
}
