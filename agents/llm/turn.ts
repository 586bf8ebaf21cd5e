import type { ActRequest, Message, Place } from '../../src/core/agent.js';
import { excerpt } from '../../src/core/json.js';
import { bad, good, type Read } from '../../src/core/read.js';
import { assistantMessage, type ModelReply } from '../../src/llm/model.js';
import type { Asking } from './answers/asking.js';
import { brokenReply } from './answers/reply.js';
import type { Conversation, Wanted } from './conversation.js';
import { type Answer, AnswerFailed, type Question, type Taken } from './question.js';
import type { StyleTurn } from './style.js';

/** A reply that failed and what the seat was told about it. */
type Refused = { readonly said: Message | null; readonly told: string };

/**
 * One turn of a seat, all tries of it. A question whose answer could be read is not asked again by a later try; one whose
 * answer failed is, with the failed replies and what was said about them below it.
 */
export class Turn implements StyleTurn {
  readonly place: Place;
  /** What the seat is told at this turn, in words. */
  readonly told: string;
  readonly #conversation: Conversation;
  readonly #asking: Asking;
  readonly #answers = new Map<string, Answer>();
  readonly #refused = new Map<string, Refused[]>();
  #request: ActRequest;
  #thread: Message[] = [];
  #thoughts: string[] = [];
  #open: { readonly key: string; readonly said: Message | null } | null = null;

  constructor(place: Place, request: ActRequest, told: string, conversation: Conversation, asking: Asking) {
    this.place = place;
    this.told = told;
    this.#request = request;
    this.#conversation = conversation;
    this.#asking = asking;
  }

  get request(): ActRequest {
    return this.#request;
  }

  /** Everything that was thought in this try, oldest first. */
  get thought(): string {
    return this.#thoughts.join('\n\n');
  }

  /** Begins a try. What is said about the last one goes below the question at which it failed. */
  begin(request: ActRequest): void {
    this.#request = request;
    this.#thread = [];
    this.#thoughts = [];
    const { refused } = request;
    if (refused !== null && this.#open !== null) {
      const { key, said } = this.#open;
      this.#refused.set(key, [...(this.#refused.get(key) ?? []), { said, told: refused.text }]);
    }
    this.#open = null;
  }

  async ask(question: Question): Promise<Answer> {
    const { answer, content } = await this.#answered(question);
    this.#thread.push({ role: 'user', content }, answer.said);
    if (question.space === null) this.#thoughts.push(answer.move as string);
    else if (answer.thought !== '') this.#thoughts.push(answer.thought);
    return answer;
  }

  /** Asks until the provider takes the question: once more, in another way, after each thing that it refuses. */
  async #answered(question: Question): Promise<{ readonly answer: Answer; readonly content: string }> {
    for (;;) {
      const content = this.#words(question);
      // NOTE: the first question is the usual one, and its words are key enough.
      const key = this.#thread.length === 0 ? content : JSON.stringify([...this.#thread, content]);
      try {
        const answer = this.#answers.get(key) ?? (await this.#answer(question, key, content));
        this.#answers.set(key, answer);
        return { answer, content };
      } catch (thrown) {
        if (!this.#asking.givesWay(thrown, isFormed(this.#wanted(question)))) throw thrown;
      }
    }
  }

  async #answer(question: Question, key: string, content: string): Promise<Answer> {
    this.#open = { key, said: null };
    const asked: Message[] = [...this.#thread, { role: 'user', content }];
    for (const { said, told } of this.#refused.get(key) ?? []) {
      asked.push(...(said === null ? [] : [said]), { role: 'user', content: told });
    }
    const reply = await this.#conversation.call(asked, this.#wanted(question), this.#request.signal);
    this.#asking.answered();
    const read = brokenReply(reply) ?? strayCall(question, reply) ?? this.#read(question, reply);
    if (!read.ok) {
      this.#open = { key, said: saidOf(reply) };
      this.#conversation.refuse();
      throw new AnswerFailed(read.failure, read.reason, { text: reply.text, ...cutOf(reply) });
    }
    this.#open = null;
    return { ...read.value, said: assistantMessage({ ...reply, reasoning: null }) };
  }

  /** What goes with a question beside its words. */
  #wanted({ space, think, ...question }: Question): Wanted {
    const without = this.#asking.without(space !== null && space.kind !== 'text');
    const formed = space === null ? {} : this.#asking.form.request(this.#vocabulary(question), space, think);
    return { ...formed, ...(without.length === 0 ? {} : { without }) };
  }

  #read({ space, think, ...question }: Question, reply: ModelReply): Read<Taken> {
    if (space === null) return good({ move: reply.text, thought: reply.reasoning ?? '', reply: null });
    return this.#asking.form.read(this.#vocabulary(question), space, reply, think);
  }

  #vocabulary({ vocabulary }: Pick<Question, 'vocabulary'>) {
    return vocabulary ?? this.place.environment.spec;
  }

  /** NOTE: what the seat is told stands once, above the first question of the turn. */
  #words(question: Question): string {
    const { space, text, think } = question;
    const how = space === null ? '' : this.#asking.form.words(this.#vocabulary(question), space, think);
    return [this.#thread.length === 0 ? this.told : '', text, how].filter((part) => part !== '').join('\n\n');
  }
}

/**
 * A failed reply as the conversation shows it. Tool calls are left out: a provider wants a result for each, and there
 * is none. NOTE: no provider takes an empty message of the assistant.
 */
function saidOf({ text }: ModelReply): Message | null {
  return text.trim() === '' ? null : { role: 'assistant', content: text };
}

function isFormed({ schema, tools }: Wanted): boolean {
  return schema !== undefined || tools !== undefined;
}

/** A call of a tool where there is none to call. */
function strayCall({ space }: Question, { toolCalls }: ModelReply): Read<never> | null {
  const [call] = toolCalls;
  if (call === undefined || space?.kind === 'tools') return null;
  return bad('unparsable', `the reply calls a tool "${excerpt(call.name)}", and there are none to call here`);
}

function cutOf({ finish }: ModelReply): { truncated?: true } {
  return finish === 'length' ? { truncated: true } : {};
}
