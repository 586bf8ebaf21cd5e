import type { Message } from '../src/core/agent.js';
import type { Json, JsonObject } from '../src/core/json.js';
import { shaped } from './chat.js';
import { branchesOf, dialoguesOf, type Utterance } from './dialogue.js';
import type { ExportedEpisode, ExportOptions, Row } from './format.js';
import { toolsOf } from './spoken.js';
import type { OwnTurn } from './turns.js';

/** One way through a seat's dialogue as supervised training reads it, several turns long where they hang together. */
export interface Conversation {
  readonly lines: readonly Line[];
  /** What the model was offered at any turn of it; empty where there was nothing. */
  readonly tools: readonly JsonObject[];
  /** The turns whose answers are trained here. */
  readonly turns: readonly OwnTurn[];
}

export interface Line {
  /** Without reasoning: later prompts leave it out or not as the agent likes. */
  readonly message: Message;
  /** Whether the seat's own model said it, it led to a move, and no earlier conversation trains it. */
  readonly train: boolean;
}

/**
 * The conversations of an episode. Each answer is trained in exactly one; ways that train nothing (a try that failed,
 * asked again from the start) are left out.
 * @param usual how the format's trainer takes the arguments of tool calls when nobody says otherwise
 */
export function* conversationsOf(
  { turns }: ExportedEpisode,
  options: ExportOptions,
  usual: 'object' | 'string' = 'object',
): Generator<Conversation> {
  for (const dialogue of dialoguesOf(turns)) {
    const trained = new Set<Utterance>();
    for (const branch of branchesOf(dialogue)) {
      const said = branch.map((at) => dialogue.utterances[at] as Utterance);
      const fresh = new Set(said.filter((one) => one.good && !trained.has(one)));
      if (fresh.size === 0) continue;
      for (const one of fresh) trained.add(one);
      yield {
        lines: said.map((one) => ({ message: lineOf(one.message, options, usual), train: fresh.has(one) })),
        tools: options.flattenTools ? [] : toolsOfAll(said),
        turns: [...new Set([...fresh].map(({ turn }) => turn as OwnTurn))],
      };
    }
  }
}

/**
 * The conversations of an episode for trainers that train on every message of an assistant. One that holds an answer
 * which must not be trained, or which another row trains already, is refused.
 */
export function* wholeConversations(
  episode: ExportedEpisode,
  options: ExportOptions,
  usual: 'object' | 'string' = 'object',
): Generator<Conversation> {
  for (const one of conversationsOf(episode, options, usual)) {
    const stray = one.lines.some(({ message, train }) => message.role === 'assistant' && !train);
    if (stray) episode.refuse?.('holds an assistant message that may not be trained here; use axolotl or trl-sft');
    else yield one;
  }
}

/** A row of a conversation; its sample is all that was said. */
export function conversationRow({ lines, turns }: Conversation, data: JsonObject): Row {
  return { data, turns, sample: lines.map(({ message }) => message) };
}

/** The text of a message; null where it holds something else than text. */
export function textOf({ content }: Message): string | null {
  if (content === null || content === undefined) return '';
  return typeof content === 'string' ? content : null;
}

/** The tool calls of a message, none where it makes none. */
export function toolCallsOf(message: Message): readonly JsonObject[] {
  return Array.isArray(message.tool_calls) ? (message.tool_calls as readonly JsonObject[]) : [];
}

/** Name and arguments of a tool call as chat completions nest them. */
export function calledBy(call: JsonObject): { readonly name: string; readonly arguments: Json } {
  const { name, arguments: written } = call.function as { readonly name: string; readonly arguments: Json };
  return { name, arguments: written };
}

function lineOf(message: Message, options: ExportOptions, usual: 'object' | 'string'): Message {
  const { reasoning_content: _, role, ...said } = shaped(message, options, usual);
  return { role, ...said };
}

function toolsOfAll(said: readonly Utterance[]): JsonObject[] {
  const tools = new Map<string, JsonObject>();
  for (const { call, turn } of said) {
    for (const tool of call === null ? (turn?.tools ?? []) : toolsOf(call)) tools.set(JSON.stringify(tool), tool);
  }
  return [...tools.values()];
}
