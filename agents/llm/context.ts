import { ModelError, type ModelRequest } from '../../src/llm/model.js';

/** NOTE: most tokenizers make a token of three to four bytes; the smaller number leaves out too much, never too little. */
const BYTES_A_TOKEN = 3;

/** About how many tokens a request has, rather more than less. */
function sizeOf({ messages, tools, schema }: ModelRequest): number {
  const text = JSON.stringify([messages, tools ?? null, schema ?? null]);
  return Math.ceil(Buffer.byteLength(text) / BYTES_A_TOKEN);
}

/** How large a prompt may be: as stated, or as learnt from a provider that refused a larger one. */
export class ContextLimit {
  readonly #stated: number | null;
  #learnt = Number.POSITIVE_INFINITY;

  /** @param stated tokens of prompt and answer together; null where nothing is known */
  constructor(stated: number | null) {
    this.#stated = stated;
  }

  /** NOTE: as long as nothing is known, the request is not even counted: that costs as much as writing it out. */
  allows(request: ModelRequest): boolean {
    if (this.#stated === null && this.#learnt === Number.POSITIVE_INFINITY) return true;
    const size = sizeOf(request);
    if (size > this.#learnt) return false;
    return this.#stated === null || size + (request.parameters.maxTokens ?? 0) <= this.#stated;
  }

  /** A larger prompt than this was refused. */
  learn(request: ModelRequest): void {
    this.#learnt = Math.min(this.#learnt, sizeOf(request));
  }
}

/** NOTE: providers have no common code for it; these words stand in the errors of all that are known here. */
const TOO_LONG = /context|too long|too many tokens|maximum.{0,40}(length|tokens)|exceeds?.{0,40}tokens/i;

/** Whether a call failed because its prompt was too long. */
export function isOverflow(thrown: unknown): boolean {
  return thrown instanceof ModelError && thrown.kind === 'bad-request' && TOO_LONG.test(thrown.message);
}
