import type { Moves } from '../../src/core/environment.js';
import { isObject, type JsonObject } from '../../src/core/json.js';
import type { ToolCall } from '../../src/core/space.js';
import type { Config } from './config.js';
import { evaluate } from './evaluate.js';
import { readFloat } from './numbers.js';
import { answerOf, isRight } from './tools.js';

/** An expression that was worked out, and its value. */
interface Worked {
  readonly expr: string;
  readonly value: number;
}

/** The task of the expression whose value was handed in: the last of several. */
export function hindsight(config: Config, moves: readonly Moves[]): Config | undefined {
  const calls = moves.flatMap((step) => ('seats' in step ? (step.seats[0] as unknown as readonly ToolCall[]) : []));
  const answers = calls.filter(({ name }) => name === 'submit_answer').map(({ args }) => answerIn(args));
  const found = calls
    .flatMap(workedOut)
    .findLast(({ value }) => answers.some((answer) => answer !== null && isRight(answer, value)));
  if (found === undefined) return undefined;
  const problem = { id: 'expression', question: `What is the value of ${found.expr}?`, answer: found.value };
  return { ...config, task: null, problem };
}

function answerIn(args: ToolCall['args']): number | null {
  const given = isObject(args) ? args.answer : undefined;
  return typeof given === 'string' || typeof given === 'number' ? answerOf(args as JsonObject) : null;
}

function workedOut({ name, args }: ToolCall): Worked[] {
  if (name !== 'calculator' || !isObject(args) || typeof args.expr !== 'string') return [];
  const { expr } = args;
  const result = evaluate(expr);
  const value = result.ok ? readFloat(result.value) : result;
  return value.ok && Number.isFinite(value.value) ? [{ expr, value: value.value }] : [];
}
