import { z } from 'zod';
import { readSettings } from '../core/catalogue.js';
import { UserError } from '../core/errors.js';
import type { Json } from '../core/json.js';
import { PRICE } from './priced.js';

const positive = z.number().positive();
const whole = z.int().positive();

const PARAMETERS = z.strictObject({
  temperature: z.number().nonnegative().exactOptional(),
  topP: positive.max(1).exactOptional(),
  topK: whole.exactOptional(),
  maxTokens: whole.exactOptional(),
  seed: z.int().exactOptional(),
  stop: z.array(z.string()).exactOptional(),
  logprobs: z.boolean().exactOptional(),
  tokenIds: z.boolean().exactOptional(),
  reasoningEffort: z.string().exactOptional(),
  toolChoice: z.enum(['auto', 'required', 'none']).exactOptional(),
  extra: z.record(z.string(), z.json() as z.ZodType<Json>).exactOptional(),
});

const LIMITS = {
  concurrency: whole.exactOptional(),
  requestsPerMinute: positive.exactOptional(),
  tokensPerMinute: positive.exactOptional(),
};

const SETTINGS = z.object({
  /** Models under names of one's own. */
  models: z
    .record(
      z.string().regex(/^[^/:]+$/, 'a name of your own holds no / and no :'),
      z.strictObject({
        model: z.string(),
        parameters: PARAMETERS.exactOptional(),
        /** The environment variable that holds the key. */
        keyVariable: z.string().exactOptional(),
      }),
    )
    .default({}),
  /** What providers allow, by their id. */
  providers: z.record(z.string(), z.strictObject({ ...LIMITS, timeoutMs: positive.exactOptional() })).default({}),
  /** Prices by a model's name, with its provider or without. */
  prices: z.record(z.string(), PRICE).default({}),
});

/** What `ludus.config.json` says about models. */
export type ModelSettings = z.infer<typeof SETTINGS>;

/** Reads the settings in a folder. @throws UserError naming the field that is wrong; keys are refused there */
export function readModelSettings(folder: string): ModelSettings {
  const { models, providers, prices } = readSettings(folder);
  const read = SETTINGS.safeParse({ ...drop({ models, providers, prices }) });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new UserError(`ludus.config.json in ${folder}: ${issue?.path.join('.')}: ${issue?.message}`);
}

function drop(fields: { readonly [name: string]: Json | undefined }): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
