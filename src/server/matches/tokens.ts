import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret that cannot be guessed, as text that fits a link: 144 random bits. */
export function secret(): string {
  return randomBytes(18).toString('base64url');
}

/** What is stored of a token. */
export function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Whether a token is the one whose digest was stored; takes the same time however much of it is right. */
export function isToken(token: string, stored: string | undefined): boolean {
  if (stored === undefined) return false;
  return timingSafeEqual(Buffer.from(digest(token), 'hex'), Buffer.from(stored, 'hex'));
}

/** What one connection has shown, so that the same token for the same seat is not digested at every message. */
export class Proof {
  #token: string | undefined;
  #stored: string | undefined;

  /** As `isToken`. NOTE: what is shown again is compared with nothing but what this connection itself sent before. */
  holds(token: string, stored: string | undefined): boolean {
    if (stored !== undefined && token === this.#token && stored === this.#stored) return true;
    if (!isToken(token, stored)) return false;
    this.#token = token;
    this.#stored = stored;
    return true;
  }
}
