import type { Rate } from './wire/bucket.js';

/** What one visitor, and all together, may take up. */
export interface Limits {
  /** Most matches that wait for players or are played, in all. */
  readonly matches: number;
  /** Most of these that one address made. */
  readonly matchesPerAddress: number;
  /** Most seats of a match. */
  readonly seats: number;
  /** Most sockets that one address holds open at a time. */
  readonly connectionsPerAddress: number;
  /** Most sockets that look on at one match without a seat. */
  readonly spectators: number;
  /** Requests of one address a second; ten seconds' worth may come at once. */
  readonly requestsPerSecond: number;
  /** Messages of one socket a second; twice as many may come at once. */
  readonly messagesPerSecond: number;
}

export const LIMITS: Limits = {
  matches: 2000,
  matchesPerAddress: 50,
  seats: 32,
  connectionsPerAddress: 100,
  spectators: 100,
  requestsPerSecond: 50,
  messagesPerSecond: 20,
};

/** How often one address may ask. */
export function requestRate({ requestsPerSecond }: Limits): Rate {
  return { perSecond: requestsPerSecond, burst: 10 * requestsPerSecond };
}

/** How often one socket may speak. */
export function messageRate({ messagesPerSecond }: Limits): Rate {
  return { perSecond: messagesPerSecond, burst: 2 * messagesPerSecond };
}
