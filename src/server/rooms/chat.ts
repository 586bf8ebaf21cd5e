import { Bucket, type Rate } from './bucket.js';
import { Refused } from './refused.js';
import type { ChatLine } from './wire.js';

/** Lines that are kept; of older ones the oldest go. */
const MOST = 200;
/** How often one seat may speak. */
const RATE: Rate = { burst: 8, perSecond: 0.5 };

/** What the players of a match said to each other beside the game, for whoever comes later. */
export class Chat {
  readonly #lines: ChatLine[] = [];
  readonly #buckets = new Map<string, Bucket>();

  /** Oldest first. */
  get lines(): readonly ChatLine[] {
    return this.#lines;
  }

  /** @throws Refused when the seat speaks too often */
  take(line: ChatLine, now: number): void {
    const bucket = this.#buckets.get(line.sender) ?? new Bucket(RATE, now);
    this.#buckets.set(line.sender, bucket);
    if (!bucket.take(now)) throw new Refused('rate', 'you have said a lot; wait a moment');
    this.#lines.push(line);
    if (this.#lines.length > MOST) this.#lines.shift();
  }
}
