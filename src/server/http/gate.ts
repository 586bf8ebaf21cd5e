import type { IncomingMessage } from 'node:http';
import { Bucket, type Rate } from '../wire/bucket.js';
import { Refused } from '../wire/refused.js';
import { addressOf } from './visit.js';

export interface GatePlan {
  /** Where pages may come from besides the server's own address: `https://games.example`. */
  readonly origins: readonly string[];
  /** Whether only this machine can reach the server, so that it answers to names of this machine alone. */
  readonly loopback: boolean;
  readonly trustProxy: boolean;
  /** Requests of one address, new connections included. */
  readonly rate: Rate;
  /** Most sockets that one address holds open at a time. */
  readonly connectionsPerAddress: number;
  /** Milliseconds now. */
  readonly clock?: () => number;
}

/** Most addresses that are remembered. Full buckets are forgotten first, which changes nothing. */
const MOST_ADDRESSES = 10_000;
const OWN_NAMES = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** Who may come in, by HTTP or by socket, and how often: the same for both. */
export class Gate {
  readonly #plan: GatePlan;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();
  readonly #open = new Map<string, number>();

  constructor(plan: GatePlan) {
    this.#plan = plan;
    this.#now = plan.clock ?? Date.now;
  }

  /** The address of a request that may come in. @throws Refused when it comes too often or from the wrong place */
  enter(request: IncomingMessage): string {
    const address = this.addressOf(request);
    if (!this.#bucket(address).take(this.#now())) throw new Refused('rate', 'too many requests; wait a moment');
    this.#checkName(request);
    return address;
  }

  /** Programs come as often as they like, but not by a wrong name or sent by a stranger's page. @throws Refused */
  meet(request: IncomingMessage): void {
    this.#checkName(request);
    this.refuseStrangers(request);
  }

  addressOf(request: IncomingMessage): string {
    return addressOf(request, this.#plan.trustProxy);
  }

  /** @throws Refused when a page of another place asks for something to be done */
  refuseStrangers({ headers: { origin, host } }: IncomingMessage): void {
    // NOTE: a program sends none; a browser always does, and a page cannot change it.
    if (origin === undefined || this.isKnown(origin) || hostOf(origin) === host) return;
    throw new Refused('not allowed', 'a page of another place may not do this; the operator allows it by --origin');
  }

  /** Whether an origin is one of those the operator named. */
  isKnown(origin: string): boolean {
    return this.#plan.origins.includes(origin);
  }

  /** A new socket, that may come in as any request, and no more of one address than may. @throws Refused */
  connect(request: IncomingMessage): void {
    this.refuseStrangers(request);
    const address = this.enter(request);
    if ((this.#open.get(address) ?? 0) >= this.#plan.connectionsPerAddress)
      throw new Refused('rate', 'too many connections from one address');
  }

  /** Counts an open socket of an address. Gives what is to be called when it closes. */
  opened(address: string): () => void {
    this.#open.set(address, (this.#open.get(address) ?? 0) + 1);
    return () => {
      const left = (this.#open.get(address) ?? 1) - 1;
      if (left > 0) this.#open.set(address, left);
      else this.#open.delete(address);
    };
  }

  #checkName({ headers: { host = '' } }: IncomingMessage): void {
    if (!this.#isOurs(host)) throw new Refused('not allowed', `this server does not answer to the name "${host}"`);
  }

  /** NOTE: else a stranger's page could reach a server of this machine by a name that it points here. */
  #isOurs(host: string): boolean {
    const { loopback, origins } = this.#plan;
    return !loopback || OWN_NAMES.test(host) || origins.some((origin) => hostOf(origin) === host);
  }

  #bucket(address: string): Bucket {
    const known = this.#buckets.get(address);
    if (known !== undefined) return known;
    if (this.#buckets.size >= MOST_ADDRESSES) this.#forget();
    const bucket = new Bucket(this.#plan.rate, this.#now());
    this.#buckets.set(address, bucket);
    return bucket;
  }

  #forget(): void {
    const now = this.#now();
    for (const [address, bucket] of this.#buckets) if (bucket.isFull(now)) this.#buckets.delete(address);
    for (const address of this.#buckets.keys()) {
      if (this.#buckets.size < MOST_ADDRESSES) return;
      this.#buckets.delete(address);
    }
  }
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
