import { UserError } from '../../core/errors.js';
import type { Rng } from '../../core/rng.js';

/** How the next token is drawn. */
export interface Choosing {
  /** Scores are divided by it: below 1 likely tokens get likelier. 0 takes the likeliest. 1 if not said. */
  readonly temperature?: number;
  /** Only so many of the likeliest tokens. All if not said. */
  readonly topK?: number;
  /** Only the likeliest tokens that together have this probability. 1, which is all, if not said. */
  readonly topP?: number;
}

/** A token that was drawn. */
export interface Chosen {
  readonly token: number;
  /** Its log probability under the model alone: all tokens, temperature 1. */
  readonly logp: number;
  /** Its log probability under what it was drawn from. */
  readonly drawnLogp: number;
}

/** Draws tokens from rows of logits. */
export class Chooser {
  readonly #vocab: number;
  readonly #temperature: number;
  readonly #topK: number;
  readonly #topP: number;
  readonly #shares: Float64Array;

  /** @throws UserError naming the setting that is wrong */
  constructor(vocab: number, { temperature = 1, topK = vocab, topP = 1 }: Choosing) {
    if (!(temperature >= 0)) throw new UserError(`temperature is a number from 0, not ${temperature}`);
    if (!(Number.isInteger(topK) && topK >= 1)) throw new UserError(`topK is a whole number from 1, not ${topK}`);
    if (!(topP > 0 && topP <= 1)) throw new UserError(`topP is above 0 and at most 1, not ${topP}`);
    this.#vocab = vocab;
    this.#temperature = temperature;
    this.#topK = topK;
    this.#topP = topP;
    this.#shares = new Float64Array(vocab);
  }

  /** @param allowed the only tokens there are; all if undefined. @throws UserError when it is empty or holds no token */
  choose(logits: Float32Array, allowed: readonly number[] | undefined, rng: Rng): Chosen {
    const { most, total } = this.#weigh(logits);
    const logOfTotal = most + Math.log(total);
    const plain = this.#temperature === 1 && this.#topK >= this.#vocab && this.#topP === 1;
    const drawn = allowed === undefined && plain ? this.#draw(null, total, rng) : this.#drawAmong(logits, allowed, rng);
    return { token: drawn.token, logp: (logits[drawn.token] as number) - logOfTotal, drawnLogp: Math.log(drawn.share) };
  }

  /** Fills the shares with exponentials less the highest score, the only pass over them, and adds them up. */
  #weigh(logits: Float32Array): { most: number; total: number } {
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < this.#vocab; i++) if ((logits[i] as number) > most) most = logits[i] as number;
    let total = 0;
    for (let i = 0; i < this.#vocab; i++) {
      const share = Math.exp((logits[i] as number) - most);
      this.#shares[i] = share;
      total += share;
    }
    return { most, total };
  }

  /** Draws by the shares from some tokens, in their order, or from all. */
  #draw(tokens: readonly number[] | null, total: number, rng: Rng): { token: number; share: number } {
    let left = rng.float() * total;
    let likeliest = 0;
    const count = tokens?.length ?? this.#vocab;
    for (let i = 0; i < count; i++) {
      const token = tokens === null ? i : (tokens[i] as number);
      const share = this.#shares[token] as number;
      left -= share;
      if (left < 0) return { token, share: share / total };
      if (i === 0 || share > (this.#shares[likeliest] as number)) likeliest = token;
    }
    // NOTE: rounding can leave a remainder, which the likeliest token takes.
    return { token: likeliest, share: (this.#shares[likeliest] as number) / total };
  }

  #drawAmong(logits: Float32Array, allowed: readonly number[] | undefined, rng: Rng): { token: number; share: number } {
    const tokens = this.#tokens(allowed);
    const best = tokens.reduce((a, b) => ((logits[b] as number) > (logits[a] as number) ? b : a));
    if (this.#temperature === 0) return { token: best, share: 1 };
    for (const token of tokens) {
      this.#shares[token] = Math.exp(((logits[token] as number) - (logits[best] as number)) / this.#temperature);
    }
    const kept = this.#limit(tokens);
    return this.#draw(kept, this.#sum(kept), rng);
  }

  /**
   * The likeliest tokens, within topK and topP.
   * SEE: A. Holtzman et al., "The curious case of neural text degeneration", 2020, section 3.1
   */
  #limit(tokens: readonly number[]): readonly number[] {
    if (this.#topK >= tokens.length && this.#topP === 1) return tokens;
    const shares = this.#shares;
    const ranked = [...tokens]
      .sort((a, b) => (shares[b] as number) - (shares[a] as number) || a - b)
      .slice(0, this.#topK);
    const target = this.#topP * this.#sum(ranked);
    let sum = 0;
    const end = ranked.findIndex((token) => {
      sum += shares[token] as number;
      return sum >= target;
    });
    return end < 0 ? ranked : ranked.slice(0, end + 1);
  }

  #sum(tokens: readonly number[]): number {
    return tokens.reduce((sum, token) => sum + (this.#shares[token] as number), 0);
  }

  #tokens(allowed: readonly number[] | undefined): readonly number[] {
    if (allowed === undefined) return [...this.#shares.keys()];
    if (allowed.length === 0) throw new UserError('allowed: no token is left to draw');
    const strange = allowed.find((token) => !(Number.isInteger(token) && token >= 0 && token < this.#vocab));
    if (strange !== undefined) throw new UserError(`allowed: ${strange} is no token; ids are 0 to ${this.#vocab - 1}`);
    return [...new Set(allowed)];
  }
}
