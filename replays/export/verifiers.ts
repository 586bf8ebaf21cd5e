/**
 * Episodes of verifiers, as prime-rl reads them: one episode a line with a trace for each seat. A trace is a graph of
 * messages, each once; a node's token ids are what it adds to the path before it, and the mask is true where the model
 * sampled. Ids stand with the reply whose call they belong to, prompt and all; where the provider gave none, there are
 * none. `prompt_tokens` leaves out what was read from a cache. Rewards are raw parts with their weights.
 * SEE: github.com/PrimeIntellect-ai/verifiers, verifiers/v1/{episode,trace,graph,types}.py.
 */
import type { Message, ModelCall } from '../../src/core/agent.js';
import { seatName, weightsOf } from '../../src/core/environment.js';
import { hashOf, isObject, type Json, type JsonObject } from '../../src/core/json.js';
import { calledBy, textOf, toolCallsOf } from '../conversations.js';
import { type Dialogue, dialoguesOf, type Utterance } from '../dialogue.js';
import { figuresOf, known, momentOf, replyField, samplingOf } from '../figures.js';
import type { ExportedEpisode, Format } from '../format.js';
import { toolsOf } from '../spoken.js';
import type { OwnTurn } from '../turns.js';

/** The version of verifiers whose schema this is. */
const VERSION = { version: '0.3', commit: null };

const format: Format = {
  id: 'verifiers',
  title: 'verifiers episodes: a graph of messages, tokens and rewards for each seat',
  needs: [],
  *rows(episode) {
    const { record, turns } = episode;
    if (turns.length === 0) return;
    const { environment, end } = record;
    const task = taskOf(episode);
    const data = {
      id: record.id,
      env: { id: environment.id, name: environment.id },
      task: { ...task, key: record.seed, hash: hashOf(task.data) },
      group: { id: hashOf([task.data]) },
      ok: true,
      errors: [],
      traces: dialoguesOf(turns, true).map((dialogue) => traceOf(episode, dialogue, task, end.how)),
    };
    yield { data, turns };
  },
};

export default format;

function taskOf({ record }: ExportedEpisode): { readonly type: string; readonly data: JsonObject } {
  const { id, version, config } = record.environment;
  return { type: 'LudusTask', data: { name: id, version, config: JSON.stringify(config), seed: record.seed } };
}

function traceOf(episode: ExportedEpisode, dialogue: Dialogue, task: JsonObject, how: string): JsonObject {
  const { record } = episode;
  const { seat, utterances, calls } = dialogue;
  const model = calls[0]?.call.model;
  return {
    version: 1,
    id: `${record.id}-${seat}`,
    verifiers: VERSION,
    task,
    agent: { config: model === undefined ? {} : { model }, name: seatName(seat), trainable: true },
    tools: toolsOfAll(calls.map(({ call }) => call)),
    nodes: utterances.map((utterance, at) => nodeOf(utterance, stampOf(episode, utterances, at))),
    calls: calls.map(({ call, at }) => callOf(call, at)),
    rewards: rewardsOf(episode, seat),
    metrics: { turns: new Set(utterances.flatMap(({ turn }) => turn ?? [])).size },
    info: infoOf(episode, dialogue),
    is_completed: true,
    ok: true,
    stop_condition: how,
    errors: [],
    timing: { start: record.started === undefined ? 0 : Date.parse(record.started) / 1000 },
  };
}

function nodeOf({ parent, message, turn, tokens }: Utterance, timestamp: number): JsonObject {
  return {
    parent,
    message: messageOf(message),
    sampled: turn !== null,
    timestamp,
    token_ids: tokens.ids,
    mask: tokens.mask,
    logprobs: tokens.logprobs,
  };
}

/** Seconds since 1970 of the turn a message was put down at: its own, or that of the next reply; 0 where none is kept. */
function stampOf({ record }: ExportedEpisode, utterances: readonly Utterance[], at: number): number {
  const turn = utterances.slice(at, at + 64).find((one) => one.turn !== null)?.turn;
  return turn === undefined || turn === null ? 0 : (momentOf(record, turn.step) ?? 0) / 1000;
}

function messageOf(message: Message): JsonObject {
  const content = textOf(message) ?? (message.content as Json);
  if (message.role === 'tool') return { role: 'tool', tool_call_id: String(message.tool_call_id ?? ''), content };
  if (message.role !== 'assistant') return { role: message.role, content };
  const calls = toolCallsOf(message).map((call) => {
    const { name, arguments: written } = calledBy(call);
    const raw = typeof written === 'string' ? written : JSON.stringify(written);
    return { id: String(call.id ?? ''), name, arguments: raw };
  });
  return known({
    role: 'assistant',
    content,
    reasoning_content: typeof message.reasoning_content === 'string' ? message.reasoning_content : null,
    tool_calls: calls.length === 0 ? null : calls,
  });
}

const FINISH: { readonly [ours: string]: string } = { stop: 'stop', length: 'length', 'tool-calls': 'tool_calls' };
const SAMPLING: { readonly [ours: string]: string } = {
  topP: 'top_p',
  topK: 'top_k',
  maxTokens: 'max_tokens',
  reasoningEffort: 'reasoning_effort',
};

function callOf(call: ModelCall, node: number | null): JsonObject {
  const sampling = Object.entries(samplingOf(call)).map(([name, value]) => [SAMPLING[name] ?? name, value]);
  return known({
    node,
    model: call.model,
    sampling: Object.fromEntries(sampling) as JsonObject,
    finish_reason: FINISH[replyField(call, 'finish') ?? ''] ?? null,
    usage: usageOf(call),
    error: errorOf(call),
  });
}

function usageOf(call: ModelCall): JsonObject | null {
  const { prompt, completion, cached, reasoning, cost } = figuresOf(call);
  if (prompt === null || completion === null) return null;
  const whole = { prompt_tokens: prompt - (cached ?? 0), completion_tokens: completion };
  return { ...whole, ...known({ cached_input_tokens: cached, reasoning_tokens: reasoning, cost }) };
}

function errorOf({ reply }: ModelCall): JsonObject | null {
  const error = isObject(reply) ? reply.error : undefined;
  return isObject(error) ? { type: String(error.kind ?? 'error'), message: String(error.text ?? '') } : null;
}

/** Parts as they were paid, with their weights; what a forfeit's rule adds is a part of its own. */
function rewardsOf({ record, environment, seats }: ExportedEpisode, seat: number): JsonObject {
  const weights = weightsOf(environment.spec, record.environment.config as JsonObject);
  const paid = record.end.paid[seat] ?? {};
  const parts = Object.entries(weights).map(([part, weight]) => [part, { score: paid[part] ?? 0, weight }] as const);
  const sum = parts.reduce((total, [, { score, weight }]) => total + score * weight, 0);
  const rest = record.end.how === 'forfeit' ? (seats[seat]?.return ?? sum) - sum : 0;
  return Object.fromEntries(rest === 0 ? parts : [...parts, ['forfeit', { score: rest, weight: 1 }]]);
}

function infoOf({ record, seats }: ExportedEpisode, { seat, utterances }: Dialogue): JsonObject {
  const own = seats[seat];
  return {
    seat,
    agent: record.seats[seat]?.agent ?? '',
    outcome: record.end.outcome,
    return: own?.return ?? null,
    passed: own?.passed ?? null,
    group: own?.group ?? '',
    sample_index: own?.sampleIndex ?? 0,
    turns: turnsOf(utterances),
  };
}

/** What each turn brought, with the node of its answer. */
function turnsOf(utterances: readonly Utterance[]): JsonObject[] {
  const last = new Map<OwnTurn, number>();
  for (const [at, { turn, good }] of utterances.entries()) if (turn !== null && good) last.set(turn, at);
  return [...last].map(([{ step, reward, returnToGo }, node]) => ({ node, step, reward, return_to_go: returnToGo }));
}

/** Tools flat, as verifiers knows them. */
function toolsOfAll(calls: readonly ModelCall[]): JsonObject[] {
  const tools = new Map<string, JsonObject>();
  for (const call of calls) {
    for (const { function: flat } of toolsOf(call)) if (isObject(flat)) tools.set(JSON.stringify(flat), flat);
  }
  return [...tools.values()];
}
