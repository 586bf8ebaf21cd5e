import { preview } from '../../src/core/json.js';
import { bad, good, type Read } from '../../src/core/read.js';
import type { DataTask } from './task.js';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The one number of an answer. A list, a range, a unit or words beside it are refused. */
export function readAnswer(answer: string | number): Read<number> {
  const value = typeof answer === 'number' ? answer : NUMBER.test(answer.trim()) ? Number(answer.trim()) : Number.NaN;
  if (Number.isFinite(value)) return good(value);
  return bad(
    'illegal',
    `the answer is one number, such as 12.34 or -5.6e-7, without a unit, a comma or words; got ${preview(answer)}`,
  );
}

export function isRight({ answer, relative, absolute }: DataTask, given: number): boolean {
  return Math.abs(given - answer) <= Math.max(absolute, relative * Math.abs(answer));
}
