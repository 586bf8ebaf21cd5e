import { z } from 'zod';
import { messageOf, UserError } from '../../../src/core/errors.js';

/** Environment variables that name the server of models, and the key it wants, if any. */
const URL_VARIABLE = 'LUDUS_MODEL_URL';
const KEY_VARIABLE = 'LUDUS_MODEL_KEY';

const completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
  usage: z.object({ total_tokens: z.number() }).optional(),
});

const vectors = z.object({
  data: z.array(z.object({ index: z.number(), embedding: z.array(z.number()).min(1) })),
  usage: z.object({ total_tokens: z.number() }).optional(),
});

/**
 * What a chat model of an OpenAI-compatible server replies, and the tokens it took (0 where the server does not say).
 * @throws UserError where no server is named or its answer is of no use; the key stands in no error
 */
export async function chat(
  model: string,
  system: string,
  user: string,
  signal: AbortSignal,
): Promise<{ text: string; tokens: number }> {
  const messages = [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ];
  const { choices, usage } = await post('chat/completions', { model, messages, temperature: 0 }, completion, signal);
  return { text: choices[0]?.message.content ?? '', tokens: usage?.total_tokens ?? 0 };
}

/**
 * How alike each text is to a query: the cosine of their vectors from an embeddings model.
 * @throws UserError as `chat` does
 */
export async function likeness(
  model: string,
  query: string,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<{ scores: number[]; tokens: number }> {
  const { data, usage } = await post('embeddings', { model, input: [query, ...texts] }, vectors, signal);
  const byIndex = new Map(data.map(({ index, embedding }) => [index, embedding]));
  const own = byIndex.get(0) ?? [];
  const scores = texts.map((_, at) => cosine(own, byIndex.get(at + 1) ?? []));
  if (scores.some((score) => !Number.isFinite(score)))
    throw new UserError(`the model server sent no vector of the right length for some of ${texts.length} texts`);
  return { scores, tokens: usage?.total_tokens ?? 0 };
}

/** Not a number where the vectors do not belong together. */
function cosine(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Number.NaN;
  const dot = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

async function post<T>(path: string, body: object, schema: z.ZodType<T>, signal: AbortSignal): Promise<T> {
  const url = process.env[URL_VARIABLE];
  if (url === undefined || url === '')
    throw new UserError(`a model is asked for: name its server in ${URL_VARIABLE}, as in http://127.0.0.1:8000/v1`);
  const key = process.env[KEY_VARIABLE];
  const headers = {
    'content-type': 'application/json',
    ...(key === undefined || key === '' ? {} : { authorization: `Bearer ${key}` }),
  };
  const target = `${url.replace(/\/+$/, '')}/${path}`;
  const response = await fetch(target, { method: 'POST', headers, body: JSON.stringify(body), signal }).catch(
    (thrown: unknown) => {
      if (signal.aborted) throw thrown;
      throw new UserError(`the model server cannot be reached: ${messageOf((thrown as Error).cause ?? thrown)}`);
    },
  );
  // NOTE: a server may repeat in its message what it was sent, so no part of it is passed on.
  if (!response.ok) throw new UserError(`the model server answered with status ${response.status}`);
  const read = schema.safeParse(await response.json().catch(() => null));
  if (!read.success) throw new UserError('the model server answered in another form than OpenAI-compatible ones do');
  return read.data;
}
