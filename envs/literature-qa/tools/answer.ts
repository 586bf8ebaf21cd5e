import { z } from 'zod';
import { type TaskTool, taskTool, type Work } from '../../../src/core/task/contract.js';
import type { Config } from '../config.js';
import { listed, optionIn, optionNamed, optionsOf } from '../options.js';
import { type Request, readAnswer, textAnswer } from '../requests.js';
import { bm25 } from '../search/bm25.js';
import { wordsOf } from '../search/words.js';
import { type LiteratureTask, UNSURE } from '../task.js';
import { EMPTY, type Evidence, type LiteratureJob, statusOf, type World } from '../world.js';

type LiteratureTool = TaskTool<LiteratureTask, World, Config>;

/** Sentences that an answer without a model quotes. */
const CITED = 5;

export const genAnswer: LiteratureTool = taskTool({
  description:
    'gen_answer(): writes an answer to the question from the evidence gathered, with its sources. Read it before you trust it.',
  args: z.object({}),
  sample: () => ({}),
  run(job) {
    const { task, world, config } = job;
    const { evidence } = world;
    if (evidence.length === 0) return { text: 'there is no evidence yet; call gather_evidence first', failed: true };
    const { model } = config;
    if (model === null) return written(job, quotedAnswer(task.question, evidence), 0);
    const { question } = task;
    return { ask: { kind: 'answer', question, options: optionsOf(task), evidence, model } satisfies Request };
  },
  answered(job, _, answer) {
    const read = readAnswer(textAnswer, answer);
    if (read.ok) return written(job, read.value.text, read.value.tokens);
    return { text: `no answer could be written: ${read.reason}`, failed: true };
  },
});

/** The evidence closest to the question, each sentence with its source. */
function quotedAnswer(question: string, evidence: readonly Evidence[]): string {
  const hits = bm25(evidence.map(({ text }) => wordsOf(text))).search(wordsOf(question));
  const best = hits.slice(0, CITED).map(({ at }) => evidence[at] as Evidence);
  if (best.length === 0) return 'The evidence says nothing on the question.';
  return best.map(({ text, paper }) => `${text} [${paper}]`).join('\n');
}

function written({ world, config }: LiteratureJob, text: string, tokens: number): Work<World> {
  const next = { ...world, answer: text, tokens: world.tokens + tokens };
  return { world: next, text: `${text}\n${statusOf(next, config)}` };
}

export const reset: LiteratureTool = taskTool({
  description: 'reset(): puts away all papers, evidence and answers, to begin anew.',
  args: z.object({}),
  sample: () => ({}),
  run({ world, config }) {
    const next = { ...EMPTY, tokens: world.tokens };
    return { world: next, text: `All papers and evidence are put away.\n${statusOf(next, config)}` };
  },
});

const completeArgs = z.object({
  has_successful_answer: z.boolean().describe('false chooses the option of insufficient information'),
  answer: z
    .string()
    .max(4000)
    .nullable()
    .default(null)
    .describe('the option, by its letter or its words; null: the one option that the last answer of gen_answer names'),
});

export const complete: LiteratureTool = taskTool({
  description: 'complete(has_successful_answer, answer): hands in one option and ends the episode.',
  args: completeArgs,
  sample: (rng) => ({ has_successful_answer: rng.below(4) > 0, answer: rng.pick(['A', 'B', 'C', 'D', 'E', null]) }),
  run({ task, world }, { has_successful_answer, answer }) {
    const options = optionsOf(task);
    const chosen = choiceOf(options, has_successful_answer, answer, world.answer);
    return typeof chosen === 'string' ? ended(task, chosen) : { text: chosen.refused, failed: true };
  },
});

/** The option handed in, or what is wrong with how it was. */
function choiceOf(
  options: readonly string[],
  isSuccessful: boolean,
  answer: string | null,
  written: string | null,
): string | { readonly refused: string } {
  const stated = answer === null ? null : optionIn(answer, options);
  if (answer !== null && stated === null)
    return {
      refused: `"${answer.slice(0, 80)}" is not one option; give the letter of one of these:\n${listed(options)}`,
    };
  if (!isSuccessful && stated !== null && stated !== UNSURE)
    return { refused: 'has_successful_answer is false and yet an answer is given; leave the answer out or say true' };
  if (!isSuccessful) return UNSURE;
  const named = stated ?? (written === null ? null : optionNamed(written, options));
  return (
    named ?? { refused: 'which option? Give its letter as answer; what gen_answer wrote does not name exactly one' }
  );
}

function ended({ ideal }: LiteratureTask, chosen: string): Work<World> {
  const pay = (outcome: string, answer: number): Work<World> => ({
    text: `Handed in: ${chosen}.`,
    end: { outcome, rewards: { answer } },
  });
  if (chosen === ideal) return pay('correct', 1);
  return chosen === UNSURE ? pay('unsure', 0.1) : pay('incorrect', -1);
}
