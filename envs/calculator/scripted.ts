import type { Script, Scripted, ScriptTurn } from '../../src/core/environment.js';
import type { ToolCall } from '../../src/core/space.js';
import { filled, type Plan, planFor } from './solver.js';
import type { Config, View } from './types.js';

/** Works through the plan with the calculator, one expression a step, and hands in the result that `final` picks. */
function solver(final: (results: readonly string[]) => string | undefined): Script {
  return ({ view }: ScriptTurn) => {
    const { question, steps, stepsLeft } = view as View;
    const results = steps.flat().map(({ text }) => text);
    const plan: Plan = planFor(question ?? '') ?? [];
    const next = plan[results.length];
    if (next === undefined || stepsLeft <= 1) return submit(final(results) ?? '0');
    const expr = filled(next, results);
    return {
      move: [call(results.length, 'calculator', { expr })],
      thought: `step ${results.length + 1} of ${plan.length}`,
    };
  };
}

function submit(answer: string): { move: ToolCall[] } {
  return { move: [call(0, 'submit_answer', { answer })] };
}

function call(number: number, name: string, args: { readonly [name: string]: string }): ToolCall {
  return { id: `call_${number}`, name, args };
}

const STYLES: { readonly [style: string]: (results: readonly string[]) => string | undefined } = {
  oracle: (results) => results.at(-1),
  sloppy: (results) => results.at(-2) ?? results.at(-1),
};

export const scripted: Scripted<Config> = {
  styles: {
    oracle: 'reads the embedded problems by their words and works them out; hands in 0 for others',
    sloppy: 'works like oracle but hands in the result before the last',
  },
  seat: ({ style }) => solver(STYLES[style] as (typeof STYLES)[string]),
};
