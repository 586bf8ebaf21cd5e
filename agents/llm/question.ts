import type { Message } from '../../src/core/agent.js';
import type { Reply } from '../../src/core/answers.js';
import type { Failure, Read } from '../../src/core/read.js';
import type { ActionSpace, Move, Vocabulary } from '../../src/core/space.js';
import type { ModelReply, ModelRequest } from '../../src/llm/model.js';

/** One thing a model is asked within a turn. */
export interface Question {
  /** What is asked, in words; how to answer is added from the space. Empty where the space says it all. */
  readonly text: string;
  /** What the answer must be; null for words without any form. */
  readonly space: ActionSpace | null;
  /** What the space refers to, where it is not the environment's own. */
  readonly vocabulary?: Vocabulary;
  /** Asks for a thought before the answer, and says what to think about. */
  readonly think?: string;
}

/** An answer that could be read. */
export interface Answer {
  /** The move of the question's space, or the words where there was none. */
  readonly move: Move;
  /** What came before the answer, or beside it; empty when there was nothing. */
  readonly thought: string;
  /** The reply as the contract of answers reads it; null where the model answered in a form of its own. */
  readonly reply: Reply | null;
  /** The answer as a message: as it came, thought included. */
  readonly said: Message;
}

/** A way to get an answer of a space out of a model. Reading never throws and never guesses. */
export interface AnswerForm {
  /** How to answer, told to the model. */
  words(vocabulary: Vocabulary, space: ActionSpace, think: string | undefined): string;
  /** What is asked of the provider beside the messages. */
  request(
    vocabulary: Vocabulary,
    space: ActionSpace,
    think: string | undefined,
  ): Pick<ModelRequest, 'tools' | 'schema'> & { readonly toolChoice?: 'auto' | 'required' };
  read(vocabulary: Vocabulary, space: ActionSpace, reply: ModelReply, think: string | undefined): Read<Taken>;
  /** A move as the model would have answered it. */
  write(vocabulary: Vocabulary, space: ActionSpace, move: Move): Message;
}

/** What a form read out of a reply. */
export interface Taken {
  readonly move: Move;
  readonly thought: string;
  readonly reply: Reply | null;
}

/** An answer that could not be read: costs the seat a try. */
export class AnswerFailed extends Error {
  override readonly name = 'AnswerFailed';
  readonly failure: Failure;
  readonly reply: Reply | null;

  constructor(failure: Failure, reason: string, reply: Reply | null = null) {
    super(reason);
    this.failure = failure;
    this.reply = reply;
  }
}
