import type { Message, ModelCall } from '../src/core/agent.js';
import type { Failing } from '../src/core/decide.js';
import type { JsonObject } from '../src/core/json.js';
import type { Failure } from '../src/core/read.js';
import { replyingCall } from './answered.js';
import type { ExportedEpisode, Placed } from './format.js';
import { unpackTries } from './messages.js';
import type { EpisodeRecord } from './schema.js';
import { spokenMessage, toolsOf } from './spoken.js';

/** An answer of a model that was read to its end and could not be played, with the prompt it answered. */
export interface FailedAnswer extends Placed {
  readonly failure: Failure;
  readonly completion: Message;
  readonly call: ModelCall;
  readonly tools: readonly JsonObject[];
}

/** NOTE: what is late, crashed or cut off is no answer, so nothing of it is bad. */
const ANSWERED: readonly Failure[] = ['unparsable', 'ambiguous', 'illegal'];

/**
 * The failed answers of the seats that rows are made of, also of turns that the table's rule moved in and of the turn
 * that a seat forfeited by. Tries whose prompt is not in the record are told to `refuse`.
 */
export function* failedAnswers(episode: ExportedEpisode): Generator<FailedAnswer> {
  for (const { position, decided } of [...episode.turns, ...(episode.substituted ?? [])]) {
    yield* answersOf(decided.tries ?? [], position, episode);
  }
  const { record } = episode;
  for (const { seat, chosen } of episode.seats) {
    const tries = record.end.forfeits?.[seat];
    if (!chosen || tries === undefined) continue;
    yield* answersOf(unpackTries(tries, (record.messages ?? []) as Message[]), lastPosition(record), episode);
  }
}

function* answersOf(tries: readonly Failing[], position: string, { refuse }: ExportedEpisode): Generator<FailedAnswer> {
  for (const tried of tries) {
    if (tried.by !== undefined || !ANSWERED.includes(tried.failure)) continue;
    const call = replyingCall(tried);
    if (call === null) refuse?.('a failed try of which the record has no call');
    else
      yield {
        failure: tried.failure,
        position,
        prompt: call.messages,
        completion: spokenMessage(call),
        call,
        tools: toolsOf(call),
      };
  }
}

function lastPosition({ steps, start }: EpisodeRecord): string {
  return steps.at(-1)?.hash ?? start;
}
