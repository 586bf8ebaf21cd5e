import { howToAnswer } from '../../core/answers.js';
import type { Environment, Event } from '../../core/environment.js';
import { openingOf } from '../../core/observation.js';
import { isResult } from '../../core/results.js';
import type { Look } from './seat.js';
import type { Session } from './session.js';

/** What a tool call brought. */
export interface CallResult {
  readonly id: string;
  readonly text: string;
}

/** What a look at a seat says to a client, in words. */
export interface Told {
  /** The answers to tool calls, in their order, each with the id of its call. */
  readonly results: readonly CallResult[];
  /** All else that is new: what happened, what is seen, how to answer, why the last answer was refused. */
  readonly text: string;
}

/** What a look in words holds besides what is new. */
export interface Telling {
  /** Whether the rules, and who the seat is, come first. */
  readonly opening: boolean;
  /** Whether to say how an answer is written in words; clients that call tools need no telling. */
  readonly how: boolean;
  /** Whether what tool calls brought is said in the text too. */
  readonly calls?: boolean;
}

/** A look in words. */
export function told({ plan }: Session, look: Look, { opening, how, calls = false }: Telling): Told {
  const { environment, config } = plan;
  const { request } = look;
  const said = look.events
    .filter((event) => calls || !isResult(environment, event))
    .map((event) => environment.say(event, look.seat))
    .filter((line) => line !== '');
  const parts = [
    opening ? openingOf(environment, config, look.seat) : '',
    said.join('\n'),
    request === null ? '' : (environment.show?.(request.view) ?? ''),
    how && request !== null ? howToAnswer(environment.spec, request.space) : '',
    request?.refused?.text ?? '',
    over(look),
  ];
  return { results: resultsIn(environment, look.events), text: parts.filter((part) => part !== '').join('\n\n') };
}

function resultsIn(environment: Environment, events: readonly Event[]): CallResult[] {
  return events
    .filter((event) => isResult(environment, event))
    .map(({ id, text }) => ({ id: String(id), text: String(text) }));
}

function over({ result, seat }: Look): string {
  if (result === null) return '';
  const { how, outcome, returns } = result;
  const paid = returns === null ? 'It was broken off.' : `Your return: ${returns[seat]}.`;
  return [how === 'forfeit' ? 'It ended by forfeit.' : outcome === null ? '' : `Outcome: ${outcome}.`, paid]
    .filter((part) => part !== '')
    .join(' ');
}
