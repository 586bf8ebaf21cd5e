import type {
  ActRequest,
  Agent,
  AgentManifest,
  Decision,
  Failed,
  ModelCall,
  Place,
  Recall,
} from '../../src/core/agent.js';
import { BrokenOff, messageOf } from '../../src/core/errors.js';
import { openingOf } from '../../src/core/observation.js';
import type { Failure } from '../../src/core/read.js';
import type { Move } from '../../src/core/space.js';
import { type Model, ModelError, type ModelFault, type ModelParameters } from '../../src/llm/model.js';

import { Asking, type Refused } from './answers/asking.js';
import { ContextLimit } from './context.js';
import { Conversation } from './conversation.js';
import { History } from './history.js';
import { endOfRun } from './hopeless.js';
import type { Memory } from './memory.js';
import { AnswerFailed, type AnswerForm } from './question.js';
import { Unrecorded } from './recalled.js';
import type { Choice, Next, Style } from './style.js';
import { Turn } from './turn.js';

/** What one language-model agent is made of. */
export interface Parts {
  readonly manifest: AgentManifest;
  readonly model: Model;
  readonly parameters: ModelParameters;
  readonly form: AnswerForm;
  /** What the provider was found to refuse. */
  readonly refused: Refused;
  /** Whether what is refused may be done without. */
  readonly fallback: boolean;
  /** The first wraps the second, and so on. */
  readonly styles: readonly Style[];
  readonly memory: Memory;
  readonly contextTokens: number | null;
}

/** A language model in one seat of one episode. Its prompts are made of what its seat was told and did, of nothing else. */
export class LanguageAgent implements Agent {
  readonly manifest: AgentManifest;
  readonly remembers = true;
  readonly #place: Place;
  readonly #parts: Parts;
  readonly #conversation: Conversation;
  readonly #history: History;
  readonly #asking: Asking;
  #turn: { readonly number: number; readonly at: Turn; remembered: boolean } | null = null;
  #unreported: readonly ModelCall[] = [];

  constructor(place: Place, parts: Parts) {
    const { environment, config, seat } = place;
    this.manifest = parts.manifest;
    this.#place = place;
    this.#parts = parts;
    this.#asking = new Asking(parts.form, parts.parameters, parts.refused, parts.fallback);
    this.#history = new History(place, this.#asking);
    const limit = new ContextLimit(parts.contextTokens);
    this.#conversation = new Conversation(parts.model, parts.parameters, openingOf(environment, config, seat), limit);
  }

  async act(request: ActRequest): Promise<Decision> {
    const begun = this.#begin(request);
    const { at: turn } = begun;
    try {
      await this.#remember(begun, request.signal);
      const choice = await this.#follow(turn, 0, { text: '' });
      this.#history.answer(choice);
      return this.#decision(turn, choice);
    } catch (thrown) {
      return request.recall === undefined
        ? this.#fail(turn, thrown, request.signal)
        : this.#failAgain(thrown, request.recall);
    }
  }

  #begin(request: ActRequest): { readonly at: Turn; remembered: boolean } {
    const number = request.moves.length;
    this.#conversation.ask(request.recall);
    if (request.attempt > 1 && this.#turn?.number === number) {
      this.#turn.at.begin(request);
      return this.#turn;
    }
    const told = this.#turn?.number === number ? this.#turn.at.told : this.#history.tell(request);
    if (request.recall === undefined) this.#asking.begin();
    this.#history.ask(told, request.space);
    const at = new Turn(this.#place, request, told, this.#conversation, this.#asking);
    this.#turn = { number, at, remembered: false };
    return this.#turn;
  }

  async #remember(begun: { remembered: boolean }, signal: AbortSignal | null): Promise<void> {
    if (begun.remembered) return;
    const remembered = await this.#parts.memory(this.#history.past, async (messages) => {
      const { text } = await this.#conversation.aside(messages, signal);
      return text.trim();
    });
    this.#conversation.remember(remembered);
    begun.remembered = true;
  }

  /** The styles in a row; behind the last of them the question itself. */
  #follow(turn: Turn, index: number, guidance: Parameters<Next>[0]): Promise<Choice> {
    const style = this.#parts.styles[index];
    if (style !== undefined) return style(turn, guidance, (next) => this.#follow(turn, index + 1, next));
    const { text, think, keeps } = guidance;
    const question = { text, space: turn.request.space, ...(think === undefined ? {} : { think }) };
    return turn.ask(question).then((answer) => ({
      move: answer.move,
      answer,
      ...(keeps === true && think !== undefined ? { kept: think } : {}),
    }));
  }

  #decision(turn: Turn, { move, answer, candidates }: Choice): Decision {
    const reply = answer?.reply ?? null;
    const own = reply !== null && same(answer?.move, move);
    return {
      ...(own ? { reply } : { move }),
      ...this.#account(turn),
      ...(candidates === undefined ? {} : { candidates }),
    };
  }

  /** Thoughts and calls of a try, and calls of a try before that nobody waited for. */
  #account(turn: Turn): { thought?: string; calls: readonly ModelCall[] } {
    const calls = [...this.#unreported, ...this.#conversation.takeCalls()];
    this.#unreported = [];
    return { ...(turn.thought === '' ? {} : { thought: turn.thought }), calls };
  }

  #fail(turn: Turn, thrown: unknown, signal: AbortSignal | null): Decision {
    if (signal?.aborted === true) {
      this.#unreported = [...this.#unreported, ...this.#conversation.takeCalls()];
      throw signal.reason;
    }
    const end = endOfRun(thrown);
    if (end !== null) throw end;
    return { failed: failedBy(thrown), ...this.#account(turn) };
  }

  /** A turn of the past that fails again. One that this agent did not play is remembered as it was played. */
  #failAgain(thrown: unknown, { move }: Recall): Decision {
    this.#conversation.takeCalls();
    if (thrown instanceof Unrecorded && move !== null) this.#history.answer({ move, answer: null });
    if (thrown instanceof Unrecorded || thrown instanceof BrokenOff) throw thrown;
    return { failed: failedBy(thrown) };
  }
}

const FAILURES: { readonly [fault in ModelFault]: Failure } = {
  'rate-limited': 'crashed',
  unavailable: 'crashed',
  timeout: 'late',
  refused: 'unparsable',
  'bad-request': 'crashed',
  unauthorised: 'crashed',
  'bad-reply': 'crashed',
  'over-budget': 'crashed',
};

function failedBy(thrown: unknown): Failed {
  if (thrown instanceof AnswerFailed) {
    const { failure, message: reason, reply } = thrown;
    return { failure, reason, ...(reply === null ? {} : { reply }) };
  }
  const failure = thrown instanceof ModelError ? FAILURES[thrown.kind] : 'crashed';
  return { failure, reason: messageOf(thrown) };
}

function same(a: Move | undefined, b: Move): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}
