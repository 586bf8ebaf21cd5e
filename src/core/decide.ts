import type { Agent, Decision, ModelCall } from './agent.js';
import { type Reply, readAnswer, refusal } from './answers.js';
import type { Seat } from './environment.js';
import type { Episode } from './episode.js';
import { messageOf } from './errors.js';
import type { Json } from './json.js';
import { Observation } from './observation.js';
import { bad, type Failure, type Read } from './read.js';
import type { Rng } from './rng.js';
import { type ActionSpace, check, type Move, substitute } from './space.js';

/** A try that failed, and what came instead of an answer. */
export interface Failing {
  readonly failure: Failure;
  readonly reason: string;
  readonly reply?: Reply;
  readonly thought?: string;
  readonly calls?: readonly ModelCall[];
}

/** A move of a seat with all that led to it. */
export interface Decided {
  readonly move: Move;
  /** True when the move was made by the stated rule, not by the agent. */
  readonly substituted?: true;
  readonly thought?: string;
  readonly candidates?: readonly Json[];
  readonly reply?: Reply;
  readonly calls?: readonly ModelCall[];
  /** Tries that failed before. */
  readonly tries?: readonly Failing[];
  /** Milliseconds the agent took, all tries together. */
  readonly ms?: number;
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
  /** Where a substitute move is drawn from after the last try; null when failing means forfeiting. */
  readonly substitutes: (() => Rng) | null;
}

type Answered = Decided | Failing[];

/**
 * Asks an agent until it answers well or its tries are used up; then the stated rule applies: a substitute move, or the
 * list of failures, which means forfeit. Stays synchronous as long as the agent does.
 */
export function decide(agent: Agent, question: Question): Answered | Promise<Answered> {
  const began = question.clock?.() ?? 0;
  const go = (failed: Failing[]): Answered | Promise<Answered> => {
    const tried = attempt(agent, question, failed);
    return tried instanceof Promise ? tried.then((result) => settle(result, failed)) : settle(tried, failed);
  };
  const settle = (result: Tried, failed: Failing[]): Answered | Promise<Answered> => {
    if ('move' in result) return { ...result, ...triesOf(failed), ...elapsed(question, began) };
    const failures = [...failed, result];
    if (failures.length < question.tries) return go(failures);
    if (question.substitutes === null) return failures;
    const move = substitute(question.episode.environment.spec, question.space, question.substitutes());
    return { move, substituted: true, tries: failures, ...elapsed(question, began) };
  };
  return go([]);
}

type Tried = Omit<Decided, 'tries' | 'ms'> | Failing;

function attempt(agent: Agent, question: Question, failed: readonly Failing[]): Tried | Promise<Tried> {
  const limit = new Deadline(question.turnMs, question.stop);
  const request = new Observation(question.episode, question.seat, question.space, {
    rng: question.rng,
    fresh: question.fresh,
    attempt: failed.length + 1,
    refused: refusedOf(failed, question.tries),
    budgetMs: question.turnMs,
    signal: limit.signal,
  });
  let answer: Decision | Promise<Decision>;
  try {
    answer = agent.act(request);
  } catch (thrown) {
    limit.clear();
    return crashed(thrown);
  }
  if (!(answer instanceof Promise)) {
    limit.clear();
    return judge(answer, question);
  }
  return limit.race(answer).then(
    (result) => (result === LATE ? late(question.turnMs) : judge(result, question)),
    (thrown: unknown) => {
      if (question.stop?.aborted === true) throw thrown;
      return crashed(thrown);
    },
  );
}

/** Reads a reply if there is one, and checks the move. */
function judge(decision: Decision, question: Question): Tried {
  const { spec } = question.episode.environment;
  const kept = keep(decision);
  let read: Read<Move>;
  if ('move' in decision) read = check(spec, question.space, decision.move);
  else if ('reply' in decision) read = readAnswer(spec, question.space, decision.reply);
  else read = bad('crashed', 'the agent gave neither a move nor a reply');
  if (read.ok) return { move: read.value, ...kept };
  return { failure: read.failure, reason: read.reason, ...kept };
}

function keep(decision: Decision): Omit<Decided, 'move'> {
  const { thought, candidates, calls } = decision;
  if (thought === undefined && candidates === undefined && calls === undefined && 'move' in decision) return {};
  return {
    ...(thought === undefined ? {} : { thought }),
    ...(candidates === undefined ? {} : { candidates }),
    ...('reply' in decision ? { reply: decision.reply } : {}),
    ...(calls === undefined ? {} : { calls }),
  };
}

function refusedOf(failed: readonly Failing[], tries: number): { failure: Failure; text: string } | null {
  const last = failed[failed.length - 1];
  if (last === undefined) return null;
  return { failure: last.failure, text: refusal(last.failure, last.reason, tries - failed.length) };
}

function triesOf(failed: readonly Failing[]): { tries?: readonly Failing[] } {
  return failed.length === 0 ? {} : { tries: failed };
}

function elapsed(question: Question, began: number): { ms?: number } {
  return question.clock === null ? {} : { ms: question.clock() - began };
}

function crashed(thrown: unknown): Failing {
  return { failure: 'crashed', reason: messageOf(thrown) };
}

function late(turnMs: number | null): Failing {
  return { failure: 'late', reason: `no answer within ${turnMs} ms` };
}

const LATE = Symbol('late');

/** The deadline of one try. Costs nothing when there is no limit and nothing that could stop the episode. */
class Deadline {
  readonly signal: AbortSignal | null;
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(turnMs: number | null, stop: AbortSignal | null) {
    if (turnMs === null) {
      this.signal = stop;
      return;
    }
    const controller = new AbortController();
    this.#timer = setTimeout(() => controller.abort(LATE), turnMs);
    this.signal = stop === null ? controller.signal : AbortSignal.any([controller.signal, stop]);
  }

  clear(): void {
    clearTimeout(this.#timer);
  }

  /** The answer, or LATE; rejects when the whole episode is stopped. An answer that comes later is dropped. */
  race(answer: Promise<Decision>): Promise<Decision | typeof LATE> {
    const { signal } = this;
    if (signal === null) return answer;
    return new Promise<Decision | typeof LATE>((resolve, reject) => {
      const stopped = () => (signal.reason === LATE ? resolve(LATE) : reject(signal.reason));
      if (signal.aborted) stopped();
      signal.addEventListener('abort', stopped, { once: true });
      answer.then(resolve, reject).finally(() => {
        this.clear();
        signal.removeEventListener('abort', stopped);
      });
    });
  }
}
