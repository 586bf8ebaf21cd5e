import type { Event } from '../environment.js';
import { excerpt, isObject, type Json } from '../json.js';
import type { Result } from './contract.js';

/** An event of a task in words. */
export function say(event: Event, solution: (solution: Json) => string): string {
  switch (event.kind) {
    case 'task':
      return `Task ${event.task as string}: ${event.question as string}`;
    case 'result':
      return answered(event as Event & Result);
    case 'calls':
      return '';
    case 'no call':
      return `No tool was called; call one of: ${(event.tools as readonly string[]).join(', ')}.`;
    default:
      return [`It is over: ${event.outcome as string}.`, solution(event.solution as Json)].join(' ').trimEnd();
  }
}

function answered({ name, args, text }: Result): string {
  const head = `${excerpt(name)}(${written(args)})`;
  return text.includes('\n') ? `${head}:\n${text}` : `${head}: ${text}`;
}

/** The arguments as one would write them in a call. */
function written(args: Json): string {
  if (!isObject(args)) return excerpt(JSON.stringify(args), 200);
  const pairs = Object.entries(args).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return excerpt(pairs.join(', '), 200);
}

export function show(seen: string, stepsLeft: number, outcome: string | null): string {
  const left = outcome === null ? `Steps left: ${stepsLeft}.` : `Outcome: ${outcome}.`;
  return seen === '' ? left : `${seen}\n${left}`;
}
