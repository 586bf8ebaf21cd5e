import { suggestion, UserError } from '../../src/core/errors.js';

/** A number an agent can be given: what it says, its default and the least it may be. */
export interface Setting {
  readonly says: string;
  readonly usual: number | null;
  readonly least: number;
  readonly whole: boolean;
}

/** Null where a setting has no usual value and none was given. */
type Values<S extends { readonly [name: string]: Setting }> = {
  readonly [name in keyof S]: S[name]['usual'] extends number ? number : number | null;
};

/**
 * The argument of an agent as numbers by name: `500` stands for the first setting, or `name=value` after commas.
 * @throws UserError naming what is wrong, and what the agent takes
 */
export function readSettings<S extends { readonly [name: string]: Setting }>(
  agent: string,
  argument: string,
  settings: S,
): Values<S> {
  const names = Object.keys(settings);
  const values: { [name: string]: number | null } = {};
  for (const name of names) values[name] = settings[name]?.usual ?? null;
  const given = new Set<string>();
  for (const part of argument === '' ? [] : argument.split(',')) {
    const [name, text] = assignment(part, names[0] as string);
    const setting = Object.hasOwn(settings, name) ? settings[name] : undefined;
    if (setting === undefined) throw new UserError(`${agent} has no setting "${name}"; ${suggestion(name, names)}`);
    if (given.has(name)) throw new UserError(`${agent}: "${name}" is given twice`);
    given.add(name);
    values[name] = readNumber(agent, name, text, setting);
  }
  return values as Values<S>;
}

function assignment(part: string, first: string): [string, string] {
  const at = part.indexOf('=');
  return at < 0 ? [first, part] : [part.slice(0, at).trim(), part.slice(at + 1)];
}

function readNumber(agent: string, name: string, text: string, { says, least, whole }: Setting): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= least && (!whole || Number.isSafeInteger(value))) return value;
  const kind = whole ? 'a whole number' : 'a number';
  throw new UserError(`${agent}: ${name} (${says}) takes ${kind} from ${least}, got "${text}"`);
}
