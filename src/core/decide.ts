import type { ActRequest, Agent, Decision, Failed, ModelCall, Recall } from './agent.js';
import { type Reply, readAnswer, refusal } from './answers.js';
import { Deadline, isLate } from './deadline.js';
import type { Seat } from './environment.js';
import type { Episode } from './episode.js';
import { Hopeless, messageOf } from './errors.js';
import { isJson, isObject, type Json } from './json.js';
import { Observation } from './observation.js';
import { FAILURES, type Failure, type Read } from './read.js';
import type { Rng } from './rng.js';
import { type ActionSpace, check, type Move, substitute } from './space.js';

/** A try that failed, and what came instead of an answer. */
export interface Failing extends Failed {
  /** As for a move: who failed, where it was a stand-in. */
  readonly by?: string;
  readonly thought?: string;
  readonly calls?: readonly ModelCall[];
}

/** A move of a seat with all that led to it. */
export interface Decided {
  readonly move: Move;
  /** True when the move was made by the stated rule, not by the agent. */
  readonly substituted?: true;
  /** Who made the move, where it was not the agent whose seat it is: a stand-in. */
  readonly by?: string;
  readonly thought?: string;
  readonly candidates?: readonly Json[];
  readonly reply?: Reply;
  readonly calls?: readonly ModelCall[];
  /** Tries that failed before. */
  readonly tries?: readonly Failing[];
  /** Milliseconds the agent took, all tries together. */
  readonly ms?: number;
}

/** Whether a move was decided by the agent whose seat it is: neither by the table's rule nor by a stand-in. */
export function isOwn({ substituted, by }: Pick<Decided, 'substituted' | 'by'>): boolean {
  return substituted !== true && by === undefined;
}

export interface Question {
  readonly episode: Episode;
  readonly seat: Seat;
  readonly space: ActionSpace;
  readonly fresh: number;
  readonly rng: Rng;
  readonly tries: number;
  readonly turnMs: number | null;
  /** Aborted when the whole episode is to stop. */
  readonly stop: AbortSignal | null;
  readonly clock: (() => number) | null;
  /** When it was asked, by the clock. */
  readonly began: number;
  /** Where a substitute move is drawn from after the last try; null when failing means forfeiting. */
  readonly substitutes: (() => Rng) | null;
}

/** What came of asking: a move, or the tries that failed, which mean a forfeit. */
export type Answered = Decided | readonly Failing[];

/**
 * Asks an agent until it answers well or its tries are used up; then the stated rule applies: a substitute move, or the
 * list of failures, which means forfeit. Stays synchronous as long as the agent does.
 * @param failed tries that are used up already
 */
export function decide(
  agent: Agent,
  question: Question,
  failed: readonly Failing[] = [],
): Answered | Promise<Answered> {
  const tried = attempt(agent, question, failed);
  if (!(tried instanceof Promise)) return settle(agent, question, failed, tried);
  return tried.then((result) => settle(agent, question, failed, result));
}

function settle(
  agent: Agent,
  question: Question,
  failed: readonly Failing[],
  result: Tried,
): Answered | Promise<Answered> {
  if ('move' in result) {
    if (failed.length === 0 && question.clock === null) return result;
    return { ...result, ...(failed.length === 0 ? {} : { tries: failed }), ...elapsed(question) };
  }
  const failures = [...failed, result];
  if (failures.length < question.tries) return decide(agent, question, failures);
  if (question.substitutes === null) return failures;
  const move = substitute(question.episode.environment.spec, question.space, question.substitutes());
  return { move, substituted: true, tries: failures, ...elapsed(question) };
}

type Tried = Omit<Decided, 'tries' | 'ms'> | Failing;

function attempt(agent: Agent, question: Question, failed: readonly Failing[]): Tried | Promise<Tried> {
  const { turnMs, stop } = question;
  const deadline = turnMs === null && stop === null ? null : new Deadline(turnMs, stop);
  let answer: Decision | PromiseLike<Decision>;
  try {
    answer = agent.act(requestOf(question, failed, deadline));
  } catch (thrown) {
    deadline?.clear();
    return failedBy(thrown);
  }
  if (!isPending(answer)) {
    deadline?.clear();
    return judge(answer, question);
  }
  const pending = Promise.resolve(answer);
  return (deadline === null ? pending : deadline.race(pending)).then(
    (result) => (isLate(result) ? late(turnMs) : judge(result, question)),
    (thrown: unknown) => {
      if (stop?.aborted === true) throw thrown;
      return failedBy(thrown);
    },
  );
}

/** @throws Hopeless: a try more or less would not help it */
function failedBy(thrown: unknown): Failing {
  if (thrown instanceof Hopeless) throw thrown;
  return crashed(thrown);
}

/** What a seat was asked at a turn of the past, once for each try, to ask it again. */
export function requestsOf(question: Question, { tries = [], substituted }: Decided, recall: Recall): ActRequest[] {
  const asked = tries.length + (substituted === true ? 0 : 1);
  return Array.from({ length: asked }, (_, at) => requestOf(question, tries.slice(0, at), null, recall));
}

function requestOf(
  question: Question,
  failed: readonly Failing[],
  deadline: Deadline | null,
  recall?: Recall,
): Observation {
  return new Observation(question.episode, question.seat, question.space, {
    rng: question.rng,
    fresh: question.fresh,
    attempt: failed.length + 1,
    refused: refusedOf(failed, question.tries),
    budgetMs: question.turnMs,
    signal: deadline?.signal ?? null,
    ...(recall === undefined ? {} : { recall }),
  });
}

function isPending(answer: Decision | PromiseLike<Decision>): answer is PromiseLike<Decision> {
  return typeof (answer as Partial<PromiseLike<Decision>> | undefined)?.then === 'function';
}

/** Reads a reply if there is one, and checks the move. Whatever an agent hands over, this only ever gives a try. */
function judge(decision: Decision, question: Question): Tried {
  try {
    const wrong = malformed(decision);
    if (wrong !== null) return { failure: 'crashed', reason: wrong };
    if ('failed' in decision) return { ...decision.failed, ...keep(decision) };
    const { spec } = question.episode.environment;
    const read: Read<Move> =
      'move' in decision
        ? check(spec, question.space, decision.move)
        : readAnswer(spec, question.space, decision.reply);
    if (!read.ok) return { failure: read.failure, reason: read.reason, ...keep(decision) };
    return isBare(decision) ? { move: read.value } : { move: read.value, ...keep(decision) };
  } catch (thrown) {
    return crashed(thrown);
  }
}

/** What is wrong with the shape of a decision, or null. */
function malformed(decision: Decision): string | null {
  if (!isObject(decision)) return 'the agent gave no decision';
  if ('reply' in decision) {
    if (!isObject(decision.reply) || typeof decision.reply.text !== 'string')
      return 'the agent gave a reply without a text';
  } else if ('failed' in decision) {
    const failed: unknown = decision.failed;
    if (!isObject(failed) || !FAILURES.some((kind) => kind === failed.failure))
      return 'the agent gave a failure of no known kind';
    if (typeof failed.reason !== 'string') return 'the agent gave a failure without a reason';
  } else if (!('move' in decision)) return 'the agent gave neither a move nor a reply';
  const { thought, candidates, by } = decision;
  if (by !== undefined && typeof by !== 'string') return 'the agent gave a name in `by` that is no text';
  if (thought !== undefined && typeof thought !== 'string') return 'the agent gave a thought that is no text';
  if (candidates !== undefined && !isJson(candidates)) return 'the agent gave candidates that are no plain JSON';
  return null;
}

function isBare(decision: Decision): boolean {
  const { by, thought, candidates, calls } = decision;
  const isAlone = by === undefined && thought === undefined && candidates === undefined && calls === undefined;
  return isAlone && !('reply' in decision);
}

function keep(decision: Decision): Omit<Decided, 'move'> {
  const { by, thought, candidates, calls } = decision;
  return {
    ...(by === undefined ? {} : { by }),
    ...(thought === undefined ? {} : { thought }),
    ...(candidates === undefined ? {} : { candidates }),
    ...('reply' in decision ? { reply: decision.reply } : {}),
    ...(calls === undefined ? {} : { calls }),
  };
}

function refusedOf(failed: readonly Failing[], tries: number): { failure: Failure; text: string } | null {
  const last = failed[failed.length - 1];
  if (last === undefined) return null;
  const left = Math.max(1, tries - failed.length);
  return { failure: last.failure, text: refusal(last.failure, last.reason, left) };
}

function elapsed(question: Question): { ms?: number } {
  return question.clock === null ? {} : { ms: question.clock() - question.began };
}

/** A try that failed by the agent's own fault. */
export function crashed(thrown: unknown): Failing {
  return { failure: 'crashed', reason: messageOf(thrown) };
}

function late(turnMs: number | null): Failing {
  return { failure: 'late', reason: `no answer within ${turnMs} ms` };
}
