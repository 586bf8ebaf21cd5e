import { Bucket, type Rate } from '../wire/bucket.js';
import { Refused } from '../wire/refused.js';
import type { ChatLine } from '../wire/wire.js';

/** Lines that are kept of a match; of older ones the oldest go. */
export const MOST_SAID = 200;
/** How often one seat may speak. */
const RATE: Rate = { burst: 8, perSecond: 0.5 };

/** What the players of a match said to each other beside the game, for whoever comes later. */
export class Chat {
  readonly #lines: ChatLine[];
  readonly #buckets = new Map<string, Bucket>();

  /** @param before what was said before this process, oldest first */
  constructor(before: readonly ChatLine[] = []) {
    this.#lines = before.slice(-MOST_SAID);
  }

  /** Oldest first. */
  get lines(): readonly ChatLine[] {
    return this.#lines;
  }

  /** A seat is about to speak. @throws Refused when it does so too often */
  admit({ sender }: ChatLine, now: number): void {
    const bucket = this.#buckets.get(sender) ?? new Bucket(RATE, now);
    this.#buckets.set(sender, bucket);
    if (!bucket.take(now)) throw new Refused('rate', 'you have said a lot; wait a moment');
  }

  add(line: ChatLine): void {
    this.#lines.push(line);
    if (this.#lines.length > MOST_SAID) this.#lines.shift();
  }
}
