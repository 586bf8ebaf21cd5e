import { z } from 'zod';
import { schemaOf } from '../../../core/config.js';
import type { JsonObject } from '../../../core/json.js';
import type { Site } from '../site.js';
import { configOf } from '../start.js';
import { replyAction, resetArgs } from './wire.js';

/** Version of the protocol, as OpenEnv's own validation reads it. */
const PROTOCOL = '1.0.0';

const metadata = z.record(z.string(), z.json()).describe('what trainers may sort by; nothing that is hidden');
const observation = z.object({
  text: z.string().describe('what the seat is told: what happened, what it sees, how to answer'),
  seat: z.int().describe('the seat that is played, from 0'),
  legal_actions: z.array(z.string()).nullable().describe('the answers there are, where one of a list is to be chosen'),
  metadata,
});
const state = z.object({
  episode_id: z.string().nullable(),
  step_count: z.int().describe('steps taken by the client in this episode'),
});
const outcome = z.object({ observation, reward: z.number().nullable(), done: z.boolean() });

/** What an environment is. @throws UserError when its address names a configuration there is not */
export function metadataPage({ environment, args }: Site): JsonObject {
  const { spec } = environment;
  const { id, summary, version } = spec;
  return {
    ...{ name: id, description: summary, readme_content: spec.rules(configOf(environment, args)), version },
    ...{ author: null, documentation_url: null },
  };
}

export const schemaPage: JsonObject = {
  action: schemaOf(replyAction),
  observation: schemaOf(observation),
  state: schemaOf(state),
};

/** The HTTP face of an environment in OpenAPI's words. */
export function openapiPage({ environment }: Site): JsonObject {
  const session = z.string().describe('the id that stands in the metadata of a reset');
  const step = z.object({ action: replyAction, session_id: session });
  return {
    openapi: '3.1.0',
    info: { title: environment.spec.title, version: PROTOCOL, description: environment.spec.summary },
    paths: {
      '/reset': { post: posted('Begins an episode', resetArgs.extend({ session_id: session.optional() }), outcome) },
      '/step': { post: posted('Plays an answer', step, outcome) },
      '/state': {
        get: {
          ...got('Which episode it is, and how many steps were taken', state),
          parameters: [{ name: 'session_id', in: 'query', required: false, schema: { type: 'string' } }],
        },
      },
      '/health': { get: got('Whether the server is there', z.object({ status: z.literal('healthy') })) },
      '/metadata': { get: got('What the environment is', z.object({ name: z.string(), description: z.string() })) },
      '/schema': { get: got('The schemas of actions, observations and states', z.record(z.string(), z.json())) },
      '/mcp': { post: posted('Tools by JSON-RPC 2.0', z.looseObject({ method: z.string() }), z.looseObject({})) },
    },
  };
}

function got(summary: string, answer: z.ZodType): JsonObject {
  return { summary, responses: { '200': { description: 'the answer', ...content(answer) } } };
}

function posted(summary: string, body: z.ZodType, answer: z.ZodType): JsonObject {
  return { ...got(summary, answer), requestBody: { required: true, ...content(body) } };
}

function content(schema: z.ZodType): JsonObject {
  return { content: { 'application/json': { schema: schemaOf(schema) } } };
}
