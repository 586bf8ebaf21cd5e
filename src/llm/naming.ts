import { UserError } from '../core/errors.js';

/** `<provider>/<model>[@url][?road=thin|sdk]` in its parts. */
export interface ModelName {
  readonly provider: string;
  readonly model: string;
  readonly url: string | null;
  readonly road: string | null;
}

/**
 * Reads a model's name. A model's own name may hold `/`, `:` and `@`; a URL begins at the last `@http`.
 * @throws UserError when a part is missing, or when the URL holds what could be a key: names stand in records
 */
export function readModelName(name: string): ModelName {
  const [rest, road] = cut(name, /\?road=([a-z]*)$/);
  const [path, url] = cut(rest, /@(https?:\/\/.*)$/);
  const slash = path.indexOf('/');
  if (url !== null && /[?#]|\/\/[^/]*@/.test(url))
    throw new UserError('the URL of a model holds no name, password or query: keys come from the environment only');
  if (slash < 1 || slash === path.length - 1)
    throw new UserError(`"${name}" is no model; write <provider>/<model>, for example openai/gpt-5-mini`);
  return { provider: path.slice(0, slash), model: path.slice(slash + 1), url, road };
}

function cut(text: string, pattern: RegExp): [string, string | null] {
  const found = pattern.exec(text);
  return found === null ? [text, null] : [text.slice(0, found.index), found[1] ?? ''];
}
