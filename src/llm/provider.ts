import { UserError } from '../core/errors.js';
import { type SdkRoad, sdkModel } from './ai-sdk.js';
import type { Dialect } from './chat/wire.js';
import { discreet } from './discreet.js';
import type { Post } from './http/post.js';
import type { Model } from './model.js';
import { chatModel } from './openai-http.js';

/** What a user asked for, and what opening it may use. */
export interface Opening {
  /** The whole name, as records show it. */
  readonly id: string;
  /** The part behind the provider: a model's name, or a folder. */
  readonly model: string;
  /** Where the server is, when the user says so. */
  readonly url: string | null;
  /** Which road to take, when the user says so. */
  readonly road: string | null;
  /** Environment variable that holds the key, when the user says so. */
  readonly keyVariable: string | null;
  readonly env: { readonly [variable: string]: string | undefined };
  readonly post: Post;
}

/** Where models come from: a file of `providers/`, named by its id. */
export interface Provider {
  readonly id: string;
  readonly title: string;
  /** How its models are named, with an example. */
  readonly usage: string;
  /** Calls that may run at once where the user sets no limit. */
  readonly concurrency: number;
  /** @throws UserError where the name, the key or a package is wrong or missing */
  open(opening: Opening): Promise<Model> | Model;
}

export interface Hosted extends Omit<Provider, 'open'> {
  /** Where it is if the user does not say; null where the user must. */
  readonly url: string | null;
  readonly key: { readonly variable: string; readonly required: boolean };
  /** What its chat completions differ in; null where it has none, so that only the SDK reaches it. */
  readonly dialect: Partial<Dialect> | null;
  readonly sdk: SdkRoad;
}

/** A provider over HTTP. Chat completions go the thin road unless `?road=sdk` is asked for. */
export function hosted({ url, key, dialect, sdk, ...about }: Hosted): Provider {
  const roads = dialect === null ? ['sdk'] : ['thin', 'sdk'];
  return {
    ...about,
    async open(opening) {
      const { id, model, post } = opening;
      const road = opening.road ?? roads[0];
      if (road === undefined || !roads.includes(road))
        throw new UserError(`"${id}": ${about.id} has no road "${road}"; it has ${roads.join(' and ')}`);
      const place = { id, model, post, url: urlOf(opening, url, about.usage), key: keyOf(opening, key) };
      const opened =
        road === 'sdk' ? await sdkModel({ ...place, road: sdk }) : chatModel({ ...place, ...dialectOf(dialect) });
      return place.key === null ? opened : discreet(opened, place.key);
    },
  };
}

function dialectOf(dialect: Partial<Dialect> | null): { dialect?: Partial<Dialect> } {
  return dialect === null ? {} : { dialect };
}

function urlOf({ id, url }: Opening, usual: string | null, usage: string): string {
  const found = url ?? usual;
  if (found === null) throw new UserError(`"${id}" does not say where the server is; write ${usage}`);
  if (!URL.canParse(found) || !/^https?:/.test(found))
    throw new UserError(`"${id}": "${found}" is no URL of a server; write ${usage}`);
  return found;
}

/** NOTE: a key that cannot be a header would stand in the error of whoever tries to send it. */
function keyOf({ id, env, keyVariable }: Opening, key: Hosted['key']): string | null {
  const variable = keyVariable ?? key.variable;
  const value = env[variable]?.trim();
  if (value === undefined || value === '') {
    if (!key.required && keyVariable === null) return null;
    throw new UserError(`"${id}" needs a key: set the environment variable ${variable}`);
  }
  if (/^[\x21-\x7e]+$/.test(value)) return value;
  throw new UserError(
    `the environment variable ${variable} holds no key: a key has no spaces and only plain characters`,
  );
}
