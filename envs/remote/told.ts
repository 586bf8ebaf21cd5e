import { z } from 'zod';
import type { Json, JsonObject } from '../../src/core/json.js';
import type { Rng } from '../../src/core/rng.js';
import { isCalls, type Request, type Told } from './types.js';

const described = z.strictObject({ description: z.string(), parameters: z.record(z.string(), z.json()) });
const schema = z.strictObject({
  session: z.string(),
  text: z.string(),
  results: z.array(z.string()),
  tools: z.record(z.string(), described).nullable().optional(),
  legal: z.array(z.string()).nullable(),
  reward: z.number(),
  done: z.boolean(),
  truncated: z.boolean(),
});
const failure = z.looseObject({ error: z.string() });

/** An answer from elsewhere: what was told, or why nothing was. Whatever it is, this gives one of the two. */
export function readTold(answer: Json): Told | { readonly error: string } {
  const read = schema.safeParse(answer);
  if (read.success) return read.data as Told;
  const failed = failure.safeParse(answer);
  return { error: failed.success ? failed.data.error : 'what came is no answer of an environment' };
}

/** A plausible answer, so that random play needs nobody elsewhere. */
export function sampleTold(request: Request, rng: Rng): Json {
  if (rng.below(40) === 0) return { error: 'the connection was closed' };
  const asked = request.do === 'reset' ? [] : isCalls(request.move) ? request.move : [];
  const done = request.do === 'step' && rng.below(4) === 0;
  return {
    session: 'made up',
    text: rng.pick(['What now?', '', 'It is your turn.']),
    results: asked.map(({ name }) => rng.pick(['42', `${name} is done`, ''])),
    ...rng.pick(KINDS),
    reward: rng.pick([0, 0, 1, -0.5]),
    ...{ done, truncated: done && rng.below(4) === 0 },
  };
}

const TOOL: JsonObject = {
  type: 'object',
  properties: { text: { type: 'string' }, times: { type: 'integer' } },
  required: ['text'],
};
const KINDS = [
  { tools: { look: { description: 'Looks around.', parameters: { type: 'object', properties: {} } } }, legal: null },
  { tools: { say: { description: 'Says a text.', parameters: TOOL } }, legal: null },
  { tools: null, legal: ['left', 'right'] },
  { tools: null, legal: null },
  { legal: null },
];
