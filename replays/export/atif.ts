/**
 * Trajectories in the Agent Trajectory Interchange Format, version 1.7: one a seat, those of a game under one
 * `session_id`. The format knows no rewards and refuses fields of its own making, so rewards are in `extra`. Messages
 * sent again (a window of memory, a prompt started anew) are marked as copied context, which is not for training.
 * SEE: github.com/laude-institute/harbor, docs/rfcs/0001-trajectory-format.md.
 */
import type { ModelCall } from '../../src/core/agent.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import { parsedArguments } from '../chat.js';
import { calledBy, textOf, toolCallsOf } from '../conversations.js';
import { type Dialogue, dialoguesOf, type Utterance } from '../dialogue.js';
import { figuresOf, known, momentOf, replyField, samplingOf } from '../figures.js';
import type { ExportedEpisode, Format } from '../format.js';
import { SCHEMA } from '../schema.js';
import { toolsOf } from '../spoken.js';
import type { OwnTurn } from '../turns.js';

const format: Format = {
  id: 'atif',
  title: 'ATIF 1.7 trajectories, one for each seat',
  needs: [],
  *rows(episode) {
    for (const dialogue of dialoguesOf(episode.turns)) {
      const turns = episode.turns.filter(({ seat }) => seat === dialogue.seat);
      yield { data: trajectoryOf(episode, dialogue), turns };
    }
  },
};

export default format;

function trajectoryOf(episode: ExportedEpisode, dialogue: Dialogue): JsonObject {
  const { record } = episode;
  const { seat, calls } = dialogue;
  const { agent = '', ...manifest } = record.seats[seat] ?? {};
  const model = calls[0]?.call.model ?? null;
  const tools = new Map(calls.flatMap(({ call }) => toolsOf(call)).map((tool) => [JSON.stringify(tool), tool]));
  return {
    schema_version: 'ATIF-v1.7',
    session_id: record.id,
    trajectory_id: `${record.id}-${seat}`,
    agent: known({
      name: agent,
      version: String(SCHEMA),
      model_name: model,
      tool_definitions: tools.size === 0 ? null : [...tools.values()],
      extra: Object.keys(manifest).length === 0 ? null : (manifest as JsonObject),
    }),
    steps: stepsOf(episode, dialogue, model),
    final_metrics: finalOf(episode, dialogue),
    extra: placeOf(episode, seat),
  };
}

function placeOf({ record, seats }: ExportedEpisode, seat: number): JsonObject {
  const { environment, seed } = record;
  const { group = '', sampleIndex = 0 } = seats[seat] ?? {};
  return { environment, seed, seat, group, sample_index: sampleIndex };
}

/** A step being put together: an answer gets the results of its tool calls later. */
type Draft = { readonly step: { [field: string]: Json }; readonly results: JsonObject[] };

function stepsOf(episode: ExportedEpisode, { utterances }: Dialogue, model: string | null): JsonObject[] {
  const drafts = new Map<number, Draft>();
  const seen = new Set<string>();
  for (const [at, utterance] of utterances.entries()) {
    if (answers(utterance, utterances, drafts)) continue;
    const text = JSON.stringify(utterance.message);
    const copied = utterance.turn === null && seen.has(text) ? { is_copied_context: true } : {};
    seen.add(text);
    drafts.set(at, { step: { ...stepOf(episode, utterance, model), ...copied }, results: [] });
  }
  return [...drafts.values()].map(({ step, results }, index) => ({
    step_id: index + 1,
    ...step,
    ...(results.length === 0 ? {} : { observation: { results } }),
  }));
}

/** Puts the result of a tool call to the answer that made it. False where there is none: then it is a step of its own. */
function answers(
  { message, parent }: Utterance,
  utterances: readonly Utterance[],
  drafts: Map<number, Draft>,
): boolean {
  if (message.role !== 'tool') return false;
  let at = parent;
  while (at !== null && utterances[at]?.message.role === 'tool') at = utterances[at]?.parent ?? null;
  const said = at === null ? undefined : utterances[at];
  const draft = at === null ? undefined : drafts.get(at);
  const called = said !== undefined && toolCallsOf(said.message).some(({ id }) => id === message.tool_call_id);
  if (draft === undefined || !called) return false;
  draft.results.push({ source_call_id: message.tool_call_id as string, content: textOf(message) ?? '' });
  return true;
}

function stepOf(episode: ExportedEpisode, utterance: Utterance, model: string | null): { [field: string]: Json } {
  const { message, turn, call } = utterance;
  const said = textOf(message) ?? JSON.stringify(message.content);
  if (message.role !== 'assistant') return { source: message.role === 'system' ? 'system' : 'user', message: said };
  const calls = toolCallsOf(message).map(toolCallOf);
  const common = { source: 'agent', message: said, ...(calls.length === 0 ? {} : { tool_calls: calls }) };
  // NOTE: an answer that the seat did not give here (an example in the prompt, a copy) is nobody's to train on.
  if (turn === null) return { ...common, is_copied_context: true };
  const moment = momentOf(episode.record, turn.step);
  return {
    ...(moment === null ? {} : { timestamp: new Date(moment).toISOString() }),
    ...common,
    ...(call === null ? silently(turn) : spoken(call, model)),
    extra: aboutOf(utterance, turn),
  };
}

function silently({ decided }: OwnTurn): JsonObject {
  return { ...known({ reasoning_content: decided.thought ?? null }), llm_call_count: 0 };
}

function spoken(call: ModelCall, model: string | null): JsonObject {
  const reasoning = replyField(call, 'reasoning_content');
  return {
    ...known({ model_name: call.model === model ? null : call.model, reasoning_content: reasoning }),
    metrics: metricsOf(call),
    llm_call_count: 1,
  };
}

function metricsOf(call: ModelCall): JsonObject {
  const { prompt, completion, cached, reasoning, cost } = figuresOf(call);
  return known({
    prompt_tokens: prompt,
    completion_tokens: completion,
    cached_tokens: cached,
    prompt_token_ids: call.tokens?.prompt ?? null,
    completion_token_ids: call.tokens?.completion ?? null,
    logprobs: call.logprobs,
    extra: { ...known({ reasoning_tokens: reasoning, cost }), sampling: samplingOf(call) },
  });
}

function aboutOf({ good }: Utterance, { step, turn, reward, rewards, returnToGo }: OwnTurn): JsonObject {
  return { step, turn, led_to_move: good, reward, rewards, return_to_go: returnToGo };
}

function toolCallOf(call: JsonObject): JsonObject {
  const { name, arguments: written } = calledBy(call);
  const read = parsedArguments(written);
  const whole = typeof read === 'object' && read !== null;
  return {
    tool_call_id: String(call.id ?? ''),
    function_name: name,
    arguments: whole ? read : {},
    ...(whole && typeof written !== 'string' ? {} : { extra: { raw: written } }),
  };
}

function finalOf({ record, seats }: ExportedEpisode, { seat, calls }: Dialogue): JsonObject {
  const figures = calls.map(({ call }) => figuresOf(call));
  const { end } = record;
  const extra = {
    reward: seats[seat]?.return ?? null,
    parts: end.paid[seat] ?? {},
    how: end.how,
    outcome: end.outcome,
    passed: seats[seat]?.passed ?? null,
  };
  return known({
    total_prompt_tokens: total(figures.map(({ prompt }) => prompt)),
    total_completion_tokens: total(figures.map(({ completion }) => completion)),
    total_cached_tokens: total(figures.map(({ cached }) => cached)),
    extra,
  });
}

/** The sum where every figure is known; null otherwise, for a sum of some would read as the whole. */
function total(figures: readonly (number | null)[]): number | null {
  if (figures.length === 0) return null;
  return figures.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0 as number | null);
}
