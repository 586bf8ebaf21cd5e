import { z } from 'zod';
import type { ActRequest, Decision, Place } from '../../src/core/agent.js';
import { schemaOf } from '../../src/core/config.js';
import { messageOf } from '../../src/core/errors.js';
import { excerpt, type Json, type JsonObject } from '../../src/core/json.js';
import { describedTools } from '../../src/core/offered.js';
import { issuesOf } from '../../src/core/space.js';

/*
 * What travels between a table and an agent elsewhere, as JSON. docs/remote-agents.md tells it from their side.
 *
 * Over HTTP each question is one POST of an `ask`, and the body of the answer an `Answer`.
 * Over a WebSocket, one for each episode: the table sends `start`, then `ask` at each turn, `news` between them and `end`;
 * the agent sends an `Answer` with the id of its `ask`.
 */

/** Version of the protocol. */
export const PROTOCOL = 1;
/** Largest answer that is read, in bytes. */
export const LARGEST = 1024 * 1024;

export interface Ask {
  readonly type: 'ask';
  readonly ludus: typeof PROTOCOL;
  /** The episode and seat that is asked: the same for all its questions. */
  readonly episode: string;
  /** Counts the questions from 1. A question that is sent again, after a lost connection, keeps its number. */
  readonly id: number;
  readonly observation: JsonObject;
}

/** NOTE: never the configuration, which may hold the answer of a task. */
export function observationOf(request: ActRequest, { environment: { spec } }: Place): JsonObject {
  const { environment, seat, space, view, events, fresh, moves, rewards, rules, text, attempt, budgetMs } = request;
  const form = space.kind === 'form' ? spec.forms?.[space.form] : undefined;
  return {
    ...{ environment, seat, space: space as Json, view, events: events as Json, fresh, moves, rewards, rules, text },
    ...{ attempt, refused: request.refused as Json, budgetMs },
    ...(space.kind === 'tools' ? { tools: describedTools(spec, space) as unknown as Json } : {}),
    ...(form === undefined ? {} : { schema: schemaOf(form.schema) }),
  };
}

const json = z.unknown() as z.ZodType<Json>;
const reply = z.strictObject({ text: z.string(), truncated: z.boolean().exactOptional() });
const rest = { id: z.int().exactOptional(), thought: z.string().exactOptional() };
const answer = z.union([z.strictObject({ move: json, ...rest }), z.strictObject({ reply, ...rest })], {
  error: 'an answer is {"move": ...} or {"reply": {"text": "..."}}, with a "thought" if you like',
});

/** An answer as it came: the decision it means, and the number of the question if it says one. */
export interface Answer {
  readonly id: number | null;
  readonly decision: Decision;
}

/** Reads an answer. What is none is a decision that failed, with the reason. Never throws. */
export function readAnswer(text: string): Answer {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return failed(null, `no JSON came back (${excerpt(messageOf(error), 200)})`);
  }
  const id = idOf(value);
  // NOTE: a move may be anything, but it must be there; the schema cannot tell `null` from nothing.
  const isMissing = value === null || typeof value !== 'object' || !('move' in value || 'reply' in value);
  const read = answer.safeParse(isMissing ? null : value);
  if (!read.success) return failed(id, issuesOf(read.error, value));
  const { id: _, ...decision } = read.data;
  return { id, decision };
}

function failed(id: number | null, reason: string): Answer {
  return { id, decision: { failed: { failure: 'unparsable', reason } } };
}

function idOf(value: unknown): number | null {
  const { id } = (value ?? {}) as { readonly id?: unknown };
  return typeof id === 'number' ? id : null;
}

export function late(ms: number): Decision {
  return { failed: { failure: 'late', reason: `no answer within ${ms} ms` } };
}

export function broken(reason: string): Decision {
  return { failed: { failure: 'crashed', reason } };
}
