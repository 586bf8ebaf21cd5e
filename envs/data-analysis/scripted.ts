import type { Script, Scripted, ScriptTurn } from '../../src/core/environment.js';
import { isObject, type JsonObject } from '../../src/core/json.js';
import type { ToolCall } from '../../src/core/space.js';
import type { TaskView } from '../../src/core/task/contract.js';
import type { Config } from './config.js';
import { type Known, knownKind } from './solver.js';

/** Writes one cell that works the answer out, and hands in what the cell shows. */
const oracle: Script = ({ view }: ScriptTurn) => {
  const { question, steps } = view as TaskView;
  const known = knownKind(question ?? '');
  if (known === null) return submit('0', 'a kind of question that is not known');
  return steps.length === 0
    ? { move: [call('edit_cell', { contents: known.cell })], thought: `a question of the kind ${known.name}` }
    : submit(lastShown(view as TaskView), 'what the cell shows');
};

/** Reads the words alone and hands in what questions of the kind usually come to. */
const guesser: Script = ({ view }: ScriptTurn) => {
  const known: Known | null = knownKind((view as TaskView).question ?? '');
  return submit(String(known?.usual ?? 0), 'a number such as one expects');
};

/** The last line that the last cell shows. */
function lastShown({ seen }: TaskView): string {
  const cells = isObject(seen) && Array.isArray(seen.cells) ? seen.cells : [];
  const last = cells.at(-1);
  const output = isObject(last) && typeof last.output === 'string' ? last.output : '';
  return output.split('\n').at(-1) ?? '';
}

function submit(answer: string, thought: string): { move: ToolCall[]; thought: string } {
  return { move: [call('submit_answer', { answer: Number.isFinite(Number(answer)) ? answer : '0' })], thought };
}

function call(name: string, args: JsonObject): ToolCall {
  return { id: 'call_0', name, args };
}

export const scripted: Scripted<Config> = {
  styles: {
    oracle: 'knows the embedded kinds of question by their words, writes one cell for each and hands in what it shows',
    guesser: 'never looks at the files: hands in what questions of the kind usually come to',
  },
  seat: ({ style }) => (style === 'guesser' ? guesser : oracle),
};
