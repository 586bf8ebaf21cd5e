import { z } from 'zod';
import { readAssignment, readFields } from '../../src/core/config.js';
import { UserError } from '../../src/core/errors.js';
import type { JsonObject } from '../../src/core/json.js';
import type { ModelParameters } from '../../src/llm/model.js';

const whole = (from: number) => z.int().min(from).max(1_000_000_000).exactOptional();

/** How a model draws its answers; sent with every call. */
const PARAMETERS = {
  temperature: z.number().min(0).max(5).exactOptional(),
  topP: z.number().gt(0).max(1).exactOptional(),
  topK: whole(1),
  maxTokens: whole(1),
  seed: z.int().exactOptional(),
  logprobs: z.boolean().exactOptional(),
  tokenIds: z.boolean().exactOptional(),
  reasoningEffort: z.string().exactOptional(),
};

const SETTINGS = z.strictObject({
  ...PARAMETERS,
  style: z.string().default('direct'),
  memory: z.string().default('full'),
  answers: z.enum(['native', 'words']).default('native'),
  fallback: z.boolean().default(true),
  contextTokens: whole(1),
  votes: whole(2),
  best: whole(2),
  patience: whole(2),
  timeoutMs: whole(1),
  budgetTokens: whole(1),
  budgetCost: z.number().gt(0).exactOptional(),
  budgetMs: whole(1),
  record: z.string().min(1).exactOptional(),
  cassette: z.string().min(1).exactOptional(),
});

/** What the argument of an agent says beside the model. */
export type Settings = z.infer<typeof SETTINGS>;

/**
 * Reads `<model>[,key=value]...`.
 * @throws UserError naming what is wrong and what it takes. A value is only shown where it belongs to a setting there is
 */
export function readArgument(argument: string): { readonly model: string; readonly settings: Settings } {
  const [model = '', ...parts] = argument.split(',');
  if (model === '') throw new UserError('llm: name a model, as in llm:openai/gpt-5-mini');
  const given = parts.map(assignmentOf);
  const twice = given.find(([key], at) => given.findIndex(([other]) => other === key) < at);
  if (twice !== undefined) throw new UserError(`llm: "${twice[0]}" is given twice`);
  const settings = readFields(SETTINGS, Object.fromEntries(given), 'llm') as unknown as Settings;
  refuseTogether(settings, 'votes', 'best');
  refuseTogether(settings, 'record', 'cassette');
  return { model, settings };
}

/** The sampling parameters among the settings. */
export function parametersOf(settings: Settings): ModelParameters {
  const given = Object.entries(settings).filter(([key]) => Object.hasOwn(PARAMETERS, key));
  return Object.fromEntries(given) as ModelParameters;
}

/** NOTE: names stay texts even where they look like numbers: a style's argument, a file called 7. */
const TEXTS: readonly string[] = ['style', 'memory', 'record', 'cassette', 'reasoningEffort'];

function assignmentOf(part: string): [string, JsonObject[string]] {
  const at = part.indexOf('=');
  // NOTE: what is no setting may be a key that was meant for elsewhere, so it is not repeated.
  if (at < 1) throw new UserError('llm: after the model come settings as key=value, separated by commas');
  const key = part.slice(0, at).trim();
  return TEXTS.includes(key) ? [key, part.slice(at + 1)] : readAssignment(`${key}=${part.slice(at + 1)}`);
}

function refuseTogether(settings: Settings, one: keyof Settings, other: keyof Settings): void {
  if (settings[one] !== undefined && settings[other] !== undefined)
    throw new UserError(`llm: ${one} and ${other} cannot be had together`);
}
