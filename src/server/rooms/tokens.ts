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
