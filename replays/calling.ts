import type { Message } from '../src/core/agent.js';
import { print } from '../src/core/answers.js';
import type { Environment, Event, Seat } from '../src/core/environment.js';
import type { Json, JsonObject } from '../src/core/json.js';
import { openingOf, sayAll } from '../src/core/observation.js';
import { answersTo } from '../src/core/results.js';
import type { Move, ToolCall, ToolsSpace } from '../src/core/space.js';
import { callId, written } from './manner.js';

/** What a seat was told and saw at one of its turns with tools. */
export interface Moment {
  readonly environment: Environment;
  readonly config: JsonObject;
  readonly seat: Seat;
  /** Everything told to the seat since its last turn, oldest first. */
  readonly news: readonly Event[];
  /** The view in words; '' where there are none. */
  readonly shown: string;
}

/** The conversation up to an earlier turn, and what was said there. */
export interface Before {
  readonly prompt: readonly Message[];
  readonly completion: Message;
  readonly calls: readonly ToolCall[];
}

/**
 * What was put before a seat that calls tools without a model, as the conversation a model would have had: the rules,
 * what it is asked, its calls and the messages of the tools that answered them, and what else it was told and saw.
 * Each turn's conversation begins with the one before it, word for word.
 */
export function callingPrompt(moment: Moment, before: Before | null): Message[] {
  const { environment, config, seat, news } = moment;
  if (before === null) {
    const rules: Message = { role: 'system', content: openingOf(environment, config, seat) };
    return [rules, ...saidTo(moment, news)];
  }
  const calls = before.calls.map(({ id }, index) => ({ id, as: callId(id, index) }));
  const { results, rest } = answersTo(calls, news, environment, seat);
  return [...before.prompt, before.completion, ...results, ...saidTo(moment, rest)];
}

/** A list of calls as the message of a model that made them. NOTE: a message of a model says or calls something. */
export function callingMessage(space: ToolsSpace, move: Move): Message {
  const isEmpty = (move as readonly Json[]).length === 0;
  return isEmpty ? { role: 'assistant', content: print(space, move) } : written('tools', space, move);
}

function saidTo({ environment, seat, shown }: Moment, news: readonly Event[]): Message[] {
  const parts = [...sayAll(environment, news, seat), shown].filter((part) => part !== '');
  return parts.length === 0 ? [] : [{ role: 'user', content: parts.join('\n\n') }];
}
