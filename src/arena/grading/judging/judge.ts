import { native } from '../../../../agents/llm/answers/native.js';
import { words } from '../../../../agents/llm/answers/words.js';
import type { AnswerForm } from '../../../../agents/llm/question.js';
import { ANNOTATIONS, type Judgement } from '../../../../replays/annotations.js';
import type { AskedThere } from '../../../../replays/asked.js';
import type { Message } from '../../../core/agent.js';
import { refusal } from '../../../core/answers.js';
import type { Environment } from '../../../core/environment.js';
import { fingerprint, type Json } from '../../../core/json.js';
import type { Read } from '../../../core/read.js';
import type { Move, Vocabulary } from '../../../core/space.js';
import {
  type Model,
  ModelError,
  type ModelFault,
  type ModelParameters,
  type ModelReply,
  type Usage,
} from '../../../llm/model.js';
import { type Asking, moveIn, PROMPT, SPACE, turnMessages, type Verdict, verdictForms } from './prompt.js';

/** A model that says of recorded turns how good they were. */
export interface ModelJudge extends Asking {
  readonly model: Model;
  readonly parameters: ModelParameters;
  /** Asks it has for one verdict: the first with a JSON schema, the others in words. */
  readonly tries: number;
}

/** What became of one turn: a judgement, or why there is none, and what that took nevertheless. */
export type Judged =
  | { readonly judgement: Judgement; readonly usage: Spent }
  | { readonly failed: string; readonly fault: ModelFault | null; readonly usage: Spent };

/** Tokens and money of some calls; null where a provider gave no figure. */
export type Spent = NonNullable<Judgement['usage']>;

/** A turn, and where it was asked. */
export interface TurnOf {
  readonly environment: Environment;
  /** Id of the record. */
  readonly episode: string;
  readonly turn: AskedThere;
}

/** Whose judgement it is, the name that the provider returns left out: known before anything is asked. */
export function sourceOf({ model, rubric, alternatives, allSeeing }: ModelJudge): Omit<Judgement['source'], 'model'> {
  return {
    asked: model.id,
    rubric: fingerprint(rubric),
    prompt: PROMPT,
    ...(alternatives === 0 ? {} : { alternatives }),
    ...(allSeeing ? { allSeeing } : {}),
  };
}

/** Faults that end a run: nothing that follows could be answered. */
const HOPELESS: readonly ModelFault[] = ['unauthorised', 'over-budget'];

/**
 * Judges one turn.
 * @throws ModelError where no other turn could be judged either, and the signal's reason
 */
export async function judgeTurn(judge: ModelJudge, of: TurnOf, signal: AbortSignal | null): Promise<Judged> {
  const { environment, turn } = of;
  const dialogue = new Dialogue(judge, verdictForms(environment.spec, turn, judge), turnMessages(turn, judge));
  let why = 'it was not asked';
  for (let left = judge.tries; left > 0; left--) {
    let reply: ModelReply;
    try {
      reply = await dialogue.ask(signal);
    } catch (thrown) {
      if (!(thrown instanceof ModelError) || HOPELESS.includes(thrown.kind)) throw thrown;
      if (!dialogue.canAskOtherwise(thrown))
        return { failed: thrown.message, fault: thrown.kind, usage: dialogue.usage };
      why = thrown.message;
      dialogue.refuse(null, refusal('unparsable', 'there was no verdict', Math.max(1, left - 1)));
      continue;
    }
    const read = dialogue.read(reply);
    if (read.ok) {
      const judgement = judgementOf(judge, of, {
        reply,
        verdict: read.value as unknown as Verdict,
        usage: dialogue.usage,
      });
      return { judgement, usage: dialogue.usage };
    }
    why = read.reason;
    dialogue.refuse(reply, refusal(read.failure, read.reason, Math.max(1, left - 1)));
  }
  return { failed: why, fault: null, usage: dialogue.usage };
}

/** What is said between Ludus and a judge about one turn. */
class Dialogue {
  readonly #judge: ModelJudge;
  readonly #forms: Vocabulary;
  readonly #messages: Message[];
  #form: AnswerForm = native;
  #calls: (Usage | null)[] = [];

  constructor(judge: ModelJudge, forms: Vocabulary, [system, told]: readonly [Message, string]) {
    this.#judge = judge;
    this.#forms = forms;
    this.#messages = [system, { role: 'user', content: `${told}\n\n${native.words(forms, SPACE, undefined)}` }];
  }

  get usage(): Spent {
    return spentOf(this.#calls);
  }

  async ask(signal: AbortSignal | null): Promise<ModelReply> {
    const { model, parameters } = this.#judge;
    const messages = [...this.#messages];
    const { toolChoice: _, ...wanted } = this.#form.request(this.#forms, SPACE, undefined);
    try {
      const reply = await model.call({ messages, ...wanted, parameters }, signal);
      this.#calls.push(reply.usage);
      return reply;
    } catch (thrown) {
      if (thrown instanceof ModelError) this.#calls.push(thrown.usage);
      throw thrown;
    }
  }

  read(reply: ModelReply): Read<Move> {
    const read = this.#form.read(this.#forms, SPACE, reply, undefined);
    return read.ok ? { ok: true, value: read.value.move } : read;
  }

  /** Whether a call that failed is worth another in words: a refusal, or a server that takes no schema. */
  canAskOtherwise({ kind }: ModelError): boolean {
    return kind === 'refused' || (kind === 'bad-request' && this.#form === native);
  }

  /** Says what was wrong, and goes on in words. NOTE: no provider takes an empty message of the assistant. */
  refuse(reply: ModelReply | null, why: string): void {
    this.#form = words;
    if (reply !== null && reply.text.trim() !== '') this.#messages.push({ role: 'assistant', content: reply.text });
    this.#messages.push({ role: 'user', content: `${why}\n\n${words.words(this.#forms, SPACE, undefined)}` });
  }
}

interface Answered {
  readonly reply: ModelReply;
  readonly verdict: Verdict;
  readonly usage: Spent;
}

function judgementOf(judge: ModelJudge, of: TurnOf, { reply, verdict, usage }: Answered): Judgement {
  const { reason, score, alternatives } = verdict;
  const { episode, turn } = of;
  const others = alternatives?.map(({ answer, ...scored }) => ({ move: legal(of, answer), ...scored }));
  const [best] = [...(others ?? [])].sort((a, b) => b.score - a.score);
  return {
    annotations: ANNOTATIONS,
    kind: 'judgement',
    episode,
    step: turn.step,
    seat: turn.seat,
    source: { model: reply.model, ...sourceOf(judge) },
    score,
    good: score >= 0.5,
    ...(best !== undefined && best.score > score ? { better: best.move } : {}),
    ...(others === undefined ? {} : { alternatives: others }),
    reason,
    usage,
  };
}

function legal({ environment, turn }: TurnOf, answer: string): Json {
  const read = moveIn(environment.spec, turn.space, answer);
  if (!read.ok) throw new Error(`an answer that was checked cannot be played: ${read.reason}`);
  return read.value;
}

/** NOTE: one figure that is missing makes a sum unknown, not smaller. */
function spentOf(calls: readonly (Usage | null)[]): Spent {
  const sum = (of: (usage: Usage) => number | null | undefined): number | null =>
    calls.reduce<number | null>((total, usage) => {
      const one = usage === null ? null : (of(usage) ?? null);
      return total === null || one === null ? null : total + one;
    }, 0);
  const cost = sum((usage) => usage.cost);
  return {
    calls: calls.length,
    promptTokens: sum((usage) => usage.promptTokens),
    completionTokens: sum((usage) => usage.completionTokens),
    ...(cost === null ? {} : { cost }),
  };
}
