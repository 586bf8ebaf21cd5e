import { z } from 'zod';
import { messageOf, UserError } from '../../src/core/errors.js';
import { bad, good, type Read } from '../../src/core/read.js';
import { issuesOf } from '../../src/core/space.js';
import { type BadRow, type TaskFile, type TasksRead, textOf } from '../../src/core/tasks.js';
import { type Article, given, type MultiHopTask } from './task.js';

const row = z.object({
  _id: z.string().trim().min(1),
  question: z.string().trim().min(1),
  answer: z.string({ error: 'no answer, as in the test file; it cannot be graded' }).trim().min(1),
  type: z.string().optional(),
  level: z.string().optional(),
  supporting_facts: z.array(z.tuple([z.string(), z.number()])).optional(),
  context: z.array(z.tuple([z.string(), z.array(z.string())])).min(1),
});

/**
 * Reads HotPotQA's own files: a JSON list of `_id, question, answer, type, level, supporting_facts, context`. The
 * paragraphs of `context` are the encyclopedia of the question: ten in the distractor setting, those retrieved in the
 * full wiki setting. A file named `dev` is `val`, one named `test` is `test`, any other is `train`.
 * SEE: Z. Yang et al., "HotpotQA", EMNLP 2018; hotpotqa.github.io.
 * @throws UserError when the file is no JSON list
 */
export function readHotpot(file: TaskFile): TasksRead<MultiHopTask> {
  const split = /dev|val/i.test(file.name) ? 'val' : /test/i.test(file.name) ? 'test' : 'train';
  const tasks: MultiHopTask[] = [];
  const broken: BadRow[] = [];
  for (const [at, value] of listIn(file).entries()) {
    const task = taskOf(value, split);
    if (task.ok) tasks.push(task.value);
    else broken.push({ row: at + 1, reason: task.reason });
  }
  return { tasks, bad: broken };
}

function listIn(file: TaskFile): unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(textOf(file).replace(/^\uFEFF/, ''));
  } catch (thrown) {
    throw new UserError(`${file.name} is not JSON: ${messageOf(thrown)}`);
  }
  if (!Array.isArray(value)) throw new UserError(`${file.name} holds no JSON list of questions`);
  return value;
}

function taskOf(value: unknown, split: string): Read<MultiHopTask> {
  const read = row.safeParse(value);
  if (!read.success) return bad('unparsable', issuesOf(read.error, value));
  const { _id: id, question, answer, type, level, supporting_facts: facts = [], context } = read.data;
  const kind = [type, level].filter((part) => part !== undefined).join(', ');
  const supports = [...new Set(facts.map(([title]) => title))];
  const task = given.safeParse({ id, split, kind, question, answer, articles: articlesOf(context), supports });
  return task.success ? good(task.data) : bad('unparsable', issuesOf(task.error, value));
}

/** Paragraphs as articles; those of one title are one article. */
function articlesOf(context: z.infer<typeof row>['context']): Article[] {
  const byTitle = new Map<string, string[]>();
  for (const [title, sentences] of context) {
    const told = sentences.map((sentence) => sentence.trim()).filter((sentence) => sentence !== '');
    byTitle.set(title, [...(byTitle.get(title) ?? []), ...told]);
  }
  return [...byTitle].map(([title, sentences]) => ({ title, sentences }));
}
