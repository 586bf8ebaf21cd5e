import type { Event } from '../../src/core/environment.js';
import { excerpt, isObject, type Json } from '../../src/core/json.js';
import { TOOLS } from './tools.js';
import type { Config, Result, View } from './types.js';

export function say(event: Event): string {
  switch (event.kind) {
    case 'task':
      return `Problem ${event.task as string}: ${event.question as string}`;
    case 'result':
      return answered(event as Event & Result);
    case 'no call':
      return `No tool was called; call ${TOOLS.join(' or ')}.`;
    default:
      return `It is over. The right answer is ${event.answer as number}.`;
  }
}

function answered({ name, args, text, run }: Result): string {
  const call = `${excerpt(name)}(${written(args)})`;
  if (!run) return text === '' ? `${call}: there is no such tool.` : `${call}: ${text}`;
  if (name !== 'submit_answer' || text.startsWith('Error')) return `${call}: ${text}`;
  return `${call}: ${text === 'True' ? 'right' : 'not right'}.`;
}

/** The arguments as one would write them in a call. */
function written(args: Json): string {
  const values = isObject(args) ? Object.values(args) : [args];
  return excerpt(values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(', '), 200);
}

/** What the events do not say: the steps left. */
export function show({ stepsLeft, outcome }: View): string {
  return outcome === null ? `Steps left: ${stepsLeft}.` : `Outcome: ${outcome}.`;
}

export function rules({ maxSteps, maxCalls }: Config): string {
  return [
    'Word problem. Solve the problem you are given; its answer is a number. You act only by calling tools.',
    '- calculator(expr) works out an expression in Python arithmetic: + - * / // % **, brackets, abs(x), round(x, places), min(a, b), max(a, b), sum([a, b]). Powers are written **.',
    '- submit_answer(answer) hands in your answer and ends the episode. Give the number alone, without units or commas between digits.',
    `You may call several tools in one step, at most ${maxCalls}; their rewards add up. A right answer is paid 1, a wrong one 0. It costs 1 and ends the episode to submit something that is no number, to give the calculator an expression without a value, or to call no tool. If every tool you name is unknown, each costs 1 and the episode ends.`,
    `You have ${maxSteps} ${maxSteps === 1 ? 'step' : 'steps'}; after that the episode is cut off.`,
  ].join('\n');
}
