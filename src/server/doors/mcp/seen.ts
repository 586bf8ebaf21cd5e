import type { ActRequest } from '../../../core/agent.js';
import type { Seat } from '../../../core/environment.js';
import type { Json } from '../../../core/json.js';
import type { Look } from '../seat.js';
import { type CallResult, told } from '../seen.js';
import type { Session } from '../session.js';
import { type OfferedTool, offeredTools } from '../tools.js';

/** What a client is told of its episode: the words for a model, and the same as fields for a program. */
export interface Seen {
  readonly session: string;
  readonly seat: Seat;
  readonly status: 'your turn' | 'others play' | 'over';
  /** How often the seat was asked, this time included; null when it is not asked. Another try is of the same turn. */
  readonly turn: number | null;
  /** What is new, in words. */
  readonly text: string;
  /** Ids of the options there are; null where the answer is no choice. */
  readonly legal: readonly string[] | null;
  /** Answers to the calls of the last step, in their order. */
  readonly results: readonly CallResult[];
  /** Tools of the environment that can be called now; told when the episode begins. */
  readonly tools: readonly OfferedTool[] | null;
  /** Reward told since the client last looked. */
  readonly reward: number;
  /** Whether the last answer was refused, which costs a try. */
  readonly isRefused: boolean;
  /** Set where an answer came before what it should answer had been seen: nothing was played. */
  readonly isUnseen?: true;
  /** How it ended, once it has. */
  readonly result: { readonly how: string; readonly outcome: string | null; readonly return: number | null } | null;
}

/** What is seen while others play for longer than a client should wait. */
export function waitingOf({ id, seats }: Session): Seen {
  const text = `Others play. Session ${id}: call observe to wait on.`;
  return { ...seenNothing(id, seats[0] as Seat), status: 'others play', text };
}

export function turnOf({ moves }: ActRequest): number {
  return moves.length + 1;
}

/** @param isFirst whether the rules and the tools come with it */
export function seenOf(session: Session, look: Look, isFirst: boolean): Seen {
  const { request, seat, reward, result } = look;
  const space = request?.space ?? null;
  const { text, results } = told(session, look, { opening: isFirst, how: space !== null && space.kind !== 'tools' });
  const tools = isFirst && space?.kind === 'tools' ? offeredTools(session.plan.environment.spec, space) : null;
  return {
    ...seenNothing(session.id, seat),
    status: request === null ? 'over' : 'your turn',
    turn: request === null ? null : turnOf(request),
    text: wordsOf(session, look, text, results, tools),
    legal: space?.kind === 'choice' ? space.options.map(({ id }) => id) : null,
    ...{ results, tools, reward },
    isRefused: request?.refused != null,
    result: result && { how: result.how, outcome: result.outcome, return: result.returns?.[seat] ?? null },
  };
}

function seenNothing(session: string, seat: Seat): Omit<Seen, 'text' | 'status'> {
  return {
    session,
    seat,
    turn: null,
    legal: null,
    results: [],
    tools: null,
    reward: 0,
    isRefused: false,
    result: null,
  };
}

function wordsOf(
  { id }: Session,
  { request }: Look,
  text: string,
  results: readonly CallResult[],
  tools: readonly OfferedTool[] | null,
): string {
  const parts = [
    answersIn(results),
    text,
    tools === null ? '' : `Tools, which you call by act with "calls":\n${tools.map(lineOf).join('\n')}`,
    request === null
      ? `Session ${id} is over; replay shows it again, close lets go of it.`
      : `Session ${id}, turn ${turnOf(request)}: answer by act.`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function answersIn(results: readonly CallResult[]): string {
  if (results.length < 2) return results[0]?.text ?? '';
  return results.map(({ text }, at) => `Call ${at + 1}: ${text}`).join('\n');
}

function lineOf({ name, description, parameters }: OfferedTool): string {
  return `- ${name}: ${description} Arguments: ${JSON.stringify(parameters.properties as Json)}`;
}
