import type { IncomingHttpHeaders } from 'node:http';

/** A request as a model server got it. */
export interface Asked {
  /** Position among the requests of this server, from 0. */
  readonly index: number;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The body, byte for byte. */
  readonly raw: string;
  /** The body read; null where it is no JSON. */
  readonly body: { readonly [field: string]: unknown } | null;
}

/** An answer in no provider's own words; each shape writes it in its own. */
export interface Answer {
  readonly text?: string;
  readonly reasoning?: string;
  readonly calls?: readonly { readonly name: string; readonly arguments: string }[];
  readonly finish?: 'stop' | 'length' | 'filter';
  /** What a model says when it declines. */
  readonly refusal?: string;
  readonly tokens?: { readonly prompt: readonly number[]; readonly completion: readonly number[] };
  readonly logprobs?: readonly number[];
  readonly usage?: { readonly prompt: number; readonly completion: number; readonly cached?: number };
}

/** How one provider's protocol writes an answer. */
export interface Shape {
  /** Whether a request to this path is of its protocol. */
  knows(path: string): boolean;
  write(answer: Answer, asked: Asked): object;
}
