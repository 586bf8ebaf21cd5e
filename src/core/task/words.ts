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

/** The arguments in words, by name, for people too. */
function written(args: Json): string {
  return excerpt(inWords(args), 200);
}

function inWords(value: Json): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(inWords).join(' and ');
  if (!isObject(value)) return String(value ?? 'none');
  const pairs = Object.entries(value).map(([name, inner]) => `${name}: ${inWords(inner)}`);
  return pairs.join(', ');
}

export function show(seen: string, stepsLeft: number, outcome: string | null): string {
  const left = outcome === null ? `Steps left: ${stepsLeft}.` : `Outcome: ${outcome}.`;
  return seen === '' ? left : `${seen}\n${left}`;
}
