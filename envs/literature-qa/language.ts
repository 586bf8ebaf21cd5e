import type { Json } from '../../src/core/json.js';
import type { Config } from './config.js';
import { letterOf, listed, optionsOf } from './options.js';
import type { LiteratureTask } from './task.js';

export function ask(task: LiteratureTask): string {
  return `${task.question}\n${listed(optionsOf(task))}`;
}

/** The right option, and where it stands if that is known. */
export type Solution = { readonly answer: string; readonly letter: string; readonly sources: readonly string[] };

export function solution(task: LiteratureTask): Solution {
  return { answer: task.ideal, letter: letterOf(optionsOf(task).indexOf(task.ideal)), sources: task.sources };
}

export function saySolution(told: Json): string {
  const { answer, letter, sources } = told as Solution;
  const where = sources.length === 0 ? '' : ` It stands in ${sources.join(', ')}.`;
  return `The right option is ${letter}) ${answer}.${where}`;
}

export function rules({ maxSteps, maxCalls, model, given }: Config): string {
  const quotes = model === null ? 'the sentences closest to your words, quoted' : 'summed up by a model';
  return [
    'A question on scientific papers, with options of which one is right. You act only by calling tools.',
    '- paper_search(query, min_year, max_year) finds papers by words and keeps them at hand. It shows titles only.',
    `- gather_evidence(question) reads the papers at hand and gives what they say on a question: ${quotes}.`,
    '- gen_answer() writes an answer from the evidence.',
    '- reset() puts papers and evidence away.',
    '- complete(has_successful_answer, answer) hands in an option and ends the episode. Give its letter as answer. With has_successful_answer false you choose "Insufficient information to answer this question".',
    'The right option is paid 1, a wrong one -1. Insufficient information is paid 0.1, or 1 where it is the right option.',
    ...(given === null ? [STANDARDS] : []),
    `You may call several tools in one step, at most ${maxCalls}. You have ${maxSteps} ${maxSteps === 1 ? 'step' : 'steps'}; after that the episode is cut off and pays nothing.`,
  ].join('\n');
}

const STANDARDS =
  'The answer takes two findings, as a rule from two papers: what the question describes, and then what is asked about it. A finding counts if it is of the species and strain asked about, if its effect was significant, and if the paper was not withdrawn later: search for a "Retraction:" of its title. Where an "Erratum:" of its title corrects a finding, only the corrected one counts. If a finding that is needed is missing, insufficient information is the right option.';
