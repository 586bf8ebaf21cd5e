import type { Refusal } from './wire.js';

/** A request that the server does not grant, with the reason as the client is told it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly refusal: Refusal;

  constructor(error: Refusal['error'], text: string) {
    super(text);
    this.refusal = { error, text };
  }
}
