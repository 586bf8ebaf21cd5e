import type { Message, ModelCall } from '../src/core/agent.js';
import { isRefusal } from '../src/core/answers.js';
import type { Json } from '../src/core/json.js';
import { isUnused } from '../src/core/unused.js';
import { isAnswered } from './answered.js';
import { sameJson, toolCallsIn } from './manner.js';
import { spokenMessage } from './spoken.js';
import type { OwnTurn } from './turns.js';

/** Every call of a turn in order, those of tries that failed first. */
export function callsOf({ decided: { tries = [], calls = [] } }: OwnTurn): readonly ModelCall[] {
  return tries.length === 0 ? calls : [...tries.flatMap((tried) => tried.calls ?? []), ...calls];
}

/**
 * The calls of a turn that led to its move, in order: the answer and the calls before it, also those of a try that failed
 * later on, where the answer goes on from them. Not among them are calls that failed or were refused and asked again,
 * answers beside it that were not taken with all that led to them, and what was asked afterwards (a rating of what was to
 * be played). Where the agent marked what came to nothing, that counts; records of agents that mark nothing are read by
 * how the messages of one call go on in another.
 */
export function takenCalls(turn: OwnTurn): ModelCall[] {
  const { call: answer } = turn;
  if (answer === null) return [];
  const used = callsOf(turn).filter((call) => isAnswered(call) && !isUnused(call));
  const calls = (turn.decided.calls ?? []).filter((call) => used.includes(call));
  const earlier = used.slice(0, -calls.length).filter((call) => placeIn(call, answer) === 'led');
  return calls.length === 1 ? [...earlier, answer] : [...earlier, ...takenOf(calls, answer)];
}

function takenOf(calls: readonly ModelCall[], answer: ModelCall): ModelCall[] {
  const path = new Map(calls.map((call) => [call, call === answer ? 'led' : placeIn(call, answer)]));
  const led = calls.filter((call) => path.get(call) !== null);
  const rivals = new Set<ModelCall>();
  for (const call of calls) if (path.get(call) === null && isRival(call, led, answer, rivals)) rivals.add(call);
  const before = calls.slice(0, calls.indexOf(answer) + 1);
  return lastOfEach(before.filter((call) => path.get(call) !== 'refused' && !rivals.has(call) && saysAnything(call)));
}

/** How an answer's prompt goes on after a call: with its reply, or with why it was refused; null where it does not. */
function placeIn(call: ModelCall, answer: ModelCall): 'led' | 'refused' | null {
  const messages = questionOf(call);
  const at = messages.length;
  if (at > answer.messages.length) return null;
  const last = at - 1;
  if (!messages.every((message, index) => index === last || sameJson(message, answer.messages[index]))) return null;
  // NOTE: a reply without words is not shown again; why it was refused then stands under what was asked.
  if (refusedUnder(messages[last], answer.messages[last])) return 'refused';
  const alike = sameJson(messages[last], answer.messages[last]) || refusedUnder(answer.messages[last], messages[last]);
  if (!alike) return null;
  const said = answer.messages[at];
  if (said?.role !== 'assistant' || contentOf(said) !== contentOf(spokenMessage(call))) return null;
  return isRefusal(contentOf(answer.messages[at + 1])) ? 'refused' : 'led';
}

/** What a call asked, without the answers to it that were refused before: those are not remembered. */
function questionOf({ messages }: ModelCall): readonly Message[] {
  let end = messages.length;
  while (messages[end - 2]?.role === 'assistant' && isRefusal(contentOf(messages[end - 1]))) end -= 2;
  return messages.slice(0, end);
}

function refusedUnder(asked: Message | undefined, later: Message | undefined): boolean {
  const [first, second] = [contentOf(asked), contentOf(later)];
  return second.startsWith(`${first}\n\n`) && isRefusal(second.slice(first.length + 2));
}

/** Whether a call was put beside those that led to the answer, or goes on from one that was. */
function isRival(
  call: ModelCall,
  led: readonly ModelCall[],
  answer: ModelCall,
  rivals: ReadonlySet<ModelCall>,
): boolean {
  if (led.some(({ messages }) => sameJson(messages as Json, call.messages as Json))) return true;
  if (asksFor(answer) !== null && asksFor(call) === asksFor(answer)) return true;
  return [...rivals].some((rival) => placeIn(rival, call) !== null);
}

/** The structured answer that a call wants, as text; null where it wants words. */
function asksFor({ parameters: { schema, tools } }: ModelCall): string | null {
  return schema === undefined && tools === undefined ? null : JSON.stringify([schema ?? null, tools ?? null]);
}

/** Of several that were sent the same (notes, by several of one kind), the last. */
function lastOfEach(calls: readonly ModelCall[]): ModelCall[] {
  return [...new Map(calls.map((call) => [JSON.stringify(call.messages), call])).values()];
}

function saysAnything(call: ModelCall): boolean {
  return contentOf(spokenMessage(call)) !== '' || toolCallsIn(call.reply).length > 0;
}

function contentOf(message: Message | undefined): string {
  const content = message?.content;
  return typeof content === 'string' ? content : JSON.stringify(content ?? '');
}
