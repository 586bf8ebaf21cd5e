import type { Json } from '../../src/core/json.js';
import type { Config } from './config.js';
import { SHOWN } from './pages.js';
import type { MultiHopTask } from './task.js';

/** The right answer, and the articles it takes where they are known. */
export type Solution = { readonly answer: string; readonly supports: readonly string[] };

export function solution({ answer, supports }: MultiHopTask): Solution {
  return { answer, supports };
}

export function saySolution(told: Json): string {
  const { answer, supports } = told as Solution;
  const where = supports.length === 0 ? '' : ` It follows from: ${supports.join('; ')}.`;
  return `The right answer is ${answer}.${where}`;
}

/** Where the seat is in the encyclopedia. */
export function show(seen: Json): string {
  const open = (seen as { open: string | null } | null)?.open ?? null;
  return open === null ? '' : `Open article: ${open}.`;
}

export function rules({ maxSteps, maxCalls, weights }: Config): string {
  return [
    'A question whose answer takes several articles of an encyclopedia. You act only by calling tools.',
    `- search(entity) opens an article by its title and shows its first ${SHOWN} sentences. Names may be shared: titles then go on in brackets.`,
    '- lookup(keyword) gives the next sentence of the open article that holds a text.',
    '- submit_answer(answer) hands in the answer and ends the episode.',
    `Hand in the answer alone, as the articles write it and without a part in brackets; capitals, punctuation and the words a, an and the do not count. ${paid(weights)}`,
    `You may call several tools in one step, at most ${maxCalls}; they are run in order. You have ${maxSteps} ${maxSteps === 1 ? 'step' : 'steps'}; after that the episode is cut off and pays nothing.`,
  ].join('\n');
}

function paid({ exact, f1 }: Config['weights']): string {
  const parts = [
    ...(exact > 0 ? [`The right answer and nothing else is paid ${exact}.`] : []),
    ...(f1 > 0
      ? [`Words shared with the right answer are paid ${f1} times F1, the harmonic mean of precision and recall.`]
      : []),
  ];
  return parts.length === 0 ? 'Nothing is paid.' : parts.join(' ');
}
