import { suggestion, UserError } from '../core/errors.js';
import { Post, type PostOptions } from './http/post.js';
import { CLOCK, type Clock, Limiter, limited } from './limits.js';
import type { Model, ModelParameters } from './model.js';
import { type ModelName, readModelName } from './naming.js';
import { type Price, priced } from './priced.js';
import type { Provider } from './provider.js';
import { provider } from './providers.js';
import { type ModelSettings, readModelSettings } from './settings.js';

export interface ModelsOptions {
  /** Where `ludus.config.json` lies; the working directory if not said. */
  readonly folder?: string;
  /** Where keys are looked up; the environment of the process if not said. */
  readonly env?: { readonly [variable: string]: string | undefined };
  readonly post?: PostOptions;
  readonly clock?: Clock;
}

/** A name with what `ludus.config.json` says about it. */
interface Wanted {
  readonly id: string;
  readonly name: ModelName;
  readonly parameters: ModelParameters | null;
  readonly keyVariable: string | null;
  readonly price: Price | null;
}

/** What calls of one provider at one place share. */
interface Shared {
  readonly limiter: Limiter;
  readonly post: Post;
}

/** The models that a process has open. Those of one provider share its connections and its limits. */
export class Models {
  readonly #options: ModelsOptions;
  readonly #settings: ModelSettings;
  readonly #shared = new Map<string, Shared>();

  /** @throws UserError when the settings are wrong */
  constructor(options: ModelsOptions = {}) {
    this.#options = options;
    this.#settings = readModelSettings(options.folder ?? process.cwd());
  }

  /**
   * Opens a model by `<provider>/<model>[@url][?road=thin|sdk]`, or by a name under "models" in `ludus.config.json`.
   * @throws UserError where the name, a key, a package or a folder is wrong or missing
   */
  async open(name: string): Promise<Model> {
    const wanted = this.#wanted(name);
    const found = await provider(wanted.name.provider);
    const { limiter, post } = this.#sharedBy(found, wanted.name.url);
    const { id, keyVariable, name: parts } = wanted;
    const env = this.#options.env ?? process.env;
    const opened = await found.open({ ...parts, id, keyVariable, env, post });
    const paced = limited(opened, limiter);
    const whole = wanted.price === null ? paced : priced(paced, wanted.price);
    return wanted.parameters === null ? whole : { ...whole, defaults: wanted.parameters };
  }

  /** The provider and place a name means, for those who plan how many may wait for it. @throws UserError */
  service(name: string): string {
    const { provider: id, url } = this.#wanted(name).name;
    return serviceOf(id, url);
  }

  /** The price of a model, for budgets; null where none is known. @throws UserError */
  price(name: string): Price | null {
    return this.#wanted(name).price;
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    await Promise.all([...this.#shared.values()].map(({ post }) => post.close()));
    this.#shared.clear();
  }

  #wanted(name: string): Wanted {
    const { models, prices } = this.#settings;
    const own = Object.hasOwn(models, name) ? models[name] : undefined;
    if (own === undefined && !name.includes('/') && Object.keys(models).length > 0)
      throw new UserError(
        `"${name}" is neither <provider>/<model> nor in "models"; ${suggestion(name, Object.keys(models))}`,
      );
    const id = own?.model ?? name;
    const parts = readModelName(id);
    const price = prices[name] ?? prices[`${parts.provider}/${parts.model}`] ?? prices[parts.model] ?? null;
    const { parameters = null, keyVariable = null } = own ?? {};
    return { id, name: parts, parameters, keyVariable, price };
  }

  #sharedBy(found: Provider, url: string | null): Shared {
    const service = serviceOf(found.id, url);
    const known = this.#shared.get(service);
    if (known !== undefined) return known;
    const { timeoutMs, ...limits } = this.#settings.providers[found.id] ?? {};
    const { post, clock } = this.#options;
    const shared = {
      limiter: new Limiter({ concurrency: found.concurrency, ...limits }, clock ?? CLOCK),
      post: new Post({ ...(timeoutMs === undefined ? {} : { timeoutMs }), ...post }),
    };
    this.#shared.set(service, shared);
    return shared;
  }
}

function serviceOf(provider: string, url: string | null): string {
  return url === null ? provider : `${provider}@${url}`;
}

let ofProcess: Models | undefined;

/**
 * Opens a model for this process; all models opened so share their providers' limits.
 * @throws UserError as `Models.open` does
 */
export function openModel(name: string): Promise<Model> {
  ofProcess ??= new Models();
  return ofProcess.open(name);
}
