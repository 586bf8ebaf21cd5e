import type { Event } from '../../src/core/environment.js';
import { excerpt, type Json } from '../../src/core/json.js';
import type { Config, View } from './types.js';

export function say(event: Event): string {
  switch (event.kind) {
    case 'told':
      return event.text as string;
    case 'result':
      return `${event.name as string}(${excerpt(JSON.stringify(event.args), 200)}): ${event.text as string}`;
    case 'failed':
      return `It is broken off, for ${event.outcome as string}: ${event.text as string}.`;
    case 'over':
      return `It is over: ${event.outcome as string}.`;
    default:
      return '';
  }
}

/** What events do not say: the steps left. */
export function show(view: Json): string {
  const { stepsLeft, outcome } = view as unknown as View;
  return outcome === null ? `Steps left: ${stepsLeft}.` : `Outcome: ${outcome}.`;
}

export function rulesOf(address: string, { maxSteps }: Config): string {
  return `A task that is run elsewhere, at ${address}. What it tells you is all there is to know: what is asked, and by which tools or words you answer. You have ${maxSteps} ${maxSteps === 1 ? 'step' : 'steps'}; after that the episode is cut off.`;
}
