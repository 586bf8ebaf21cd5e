import { z } from 'zod';
import type { JsonObject } from '../../src/core/json.js';
import { readCall, type Tool, type ToolCall } from '../../src/core/space.js';
import { evaluate } from './evaluate.js';
import { readFloat } from './numbers.js';
import type { Result } from './types.js';

export const TOOLS = ['calculator', 'submit_answer'];

/** The tools under the names and arguments that GSM8K agents know. */
export const tools: { readonly [name: string]: Tool } = {
  calculator: {
    description:
      'calculator(expr): the value of an expression in Python arithmetic: + - * / // % **, brackets, abs, round, min, max, sum. An expression without a value ends the episode.',
    args: z.object({ expr: z.string().describe('the expression, for example "(3 + 4) * 12 / 7"') }),
    sample: (rng) => ({ expr: `${rng.below(100)} ${rng.pick(['+', '-', '*', '/', '//'])} ${rng.below(100)}` }),
  },
  submit_answer: {
    description: 'submit_answer(answer): hands in the final answer, a number, and ends the episode.',
    args: z.object({ answer: z.union([z.string(), z.number()]).describe('the number alone, for example "84"') }),
    sample: (rng) => ({ answer: String(rng.below(1000)) }),
  },
};

/** What one call brings: the answered call, and what it does to the reward. */
export interface Ran {
  readonly result: Result;
  /** 1 or 0 for an answer that was graded; null when there was none. */
  readonly graded: 0 | 1 | null;
  /** A call that failed: an expression without a value, an answer that is no number, wrong arguments. */
  readonly failed: boolean;
}

/** Whether an answer counts as right. SEE: the grading of aviary.gsm8k, relative to the right answer. */
export function isRight(answer: number, gold: number): boolean {
  return Math.abs(answer - gold) / (Math.abs(gold) + 1e-4) < 1e-4;
}

/** Runs a call of a tool that exists. */
export function run(call: ToolCall, gold: number): Ran {
  const { id, name, args } = call;
  const done = (text: string, graded: Ran['graded'], failed: boolean): Ran => ({
    result: { id, name, args, text, run: true },
    graded,
    failed,
  });
  const read = readCall({ tools }, { kind: 'tools', tools: TOOLS }, call);
  if (!read.ok) return done(`Error: ${read.reason}`, null, true);
  if (name === 'calculator') {
    const value = evaluate((read.value as { expr: string }).expr);
    return value.ok ? done(value.value, null, false) : done(`Error: ${value.reason}`, null, true);
  }
  const answer = answerOf(read.value);
  if (answer === null) return done('False', null, true);
  const right = isRight(answer, gold);
  return done(right ? 'True' : 'False', right ? 1 : 0, false);
}

/** The number handed in, or null where the text is none. */
export function answerOf(args: JsonObject): number | null {
  const { answer } = args;
  if (typeof answer === 'number') return answer;
  const read = readFloat(answer as string);
  return read.ok ? read.value : null;
}
