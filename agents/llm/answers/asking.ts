import { Hopeless, messageOf } from '../../../src/core/errors.js';
import type { ModelParameters } from '../../../src/llm/model.js';
import type { AnswerForm } from '../question.js';
import { Unrecorded } from '../recalled.js';
import { type Part, refusedPart } from './refused.js';
import { words } from './words.js';

/** What providers were found to refuse, shared by all agents that are opened from one argument. */
export type Refused = Set<Part>;

/**
 * How one agent asks its model: by its form, or in words from the turn on at which the provider was found to refuse
 * schemas or tools. Within a turn only the agent's own calls change it, so that its record tells how it asked.
 */
export class Asking {
  readonly #refused: Refused;
  readonly #parameters: ModelParameters;
  readonly #mayFall: boolean;
  #form: AnswerForm;
  #without: readonly Part[] = [];
  #guess: AnswerForm | null = null;

  /** @param mayFall whether it may ask for less than it was told to; else a refusal ends the run */
  constructor(form: AnswerForm, parameters: ModelParameters, refused: Refused, mayFall: boolean) {
    this.#form = form;
    this.#parameters = parameters;
    this.#refused = refused;
    this.#mayFall = mayFall;
  }

  get form(): AnswerForm {
    return this.#form;
  }

  /** What a question goes without. @param formed whether it would have had a schema or tools */
  without(formed: boolean): readonly Part[] {
    return this.#without.filter((part) => part !== 'answers' || formed);
  }

  /** A turn begins: what other agents were refused by now, this one does not ask for. */
  begin(): void {
    for (const part of this.#refused) this.#leave(part);
  }

  /** An answer came: the way it was asked for is right. */
  answered(): void {
    this.#guess = null;
  }

  /**
   * Whether to ask once more, for less, after what was thrown.
   * @param formed whether the call had a schema or tools
   * @throws Hopeless where a refusal was not to be given way to
   */
  givesWay(thrown: unknown, formed: boolean): boolean {
    if (thrown instanceof Unrecorded) return this.#tries(formed);
    const part = refusedPart(thrown, { formed, parameters: this.#parameters });
    if (part === null || this.#without.includes(part)) return false;
    if (!this.#mayFall)
      throw new Hopeless(`${messageOf(thrown)}; ${INSTEAD[part]}, or take out fallback=false`, { cause: thrown });
    this.#refused.add(part);
    this.#leave(part);
    return true;
  }

  #leave(part: Part): void {
    if (this.#without.includes(part)) return;
    this.#without = [...this.#without, part];
    if (part === 'answers') this.#form = words;
  }

  /** NOTE: a past does not say what other games had found out when it was played; which question stands in it does. */
  #tries(formed: boolean): boolean {
    if (this.#guess !== null) {
      this.#form = this.#guess;
      this.#without = this.#without.filter((part) => part !== 'answers');
      this.#guess = null;
      return false;
    }
    if (!formed || !this.#mayFall) return false;
    this.#guess = this.#form;
    this.#leave('answers');
    return true;
  }
}

const INSTEAD: { readonly [part in Part]: string } = {
  answers: 'ask with answers=words',
  logprobs: 'ask without logprobs',
  tokenIds: 'ask without tokenIds',
};
