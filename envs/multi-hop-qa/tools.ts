import { z } from 'zod';
import { type Job, type TaskTool, taskTool, type Work } from '../../src/core/task/contract.js';
import type { Config } from './config.js';
import { find, lookedUp, SHOWN } from './pages.js';
import { exactMatch, f1 } from './scoring.js';
import type { Article, MultiHopTask } from './task.js';

/** The article that lies open, and how far a word was looked up in it. */
export type World = {
  readonly page: string | null;
  readonly keyword: string | null;
  /** Sentences with the word that were shown. */
  readonly shown: number;
};

type MultiHopTool = TaskTool<MultiHopTask, World, Config>;
type MultiHopJob = Job<MultiHopTask, World, Config>;

export const CLOSED: World = { page: null, keyword: null, shown: 0 };

const search: MultiHopTool = taskTool({
  description: `search(entity): opens the article of this title and shows its first ${SHOWN} sentences. Where several titles fit it names them.`,
  args: z.object({
    entity: z.string().min(1).max(300).describe('a title: one person, place or thing, not a question'),
  }),
  sample: (rng) => ({ entity: rng.pick(['The Glass Tide', 'The Silver Lantern (novel)', 'chemist', 'University']) }),
  run({ task }, { entity }) {
    const found = find(task, entity);
    if (found.kind === 'article') return opened(found.article);
    if (found.kind === 'ambiguous') return { text: `Several articles have this name: ${found.titles.join('; ')}.` };
    const near = found.near.length === 0 ? '' : ` Titles that share words: ${found.near.join('; ')}.`;
    return { text: `There is no article "${entity}".${near}` };
  },
});

function opened({ title, sentences }: Article): Work<World> {
  const more = sentences.length - SHOWN;
  const rest =
    more <= 0 ? '' : `\n(${more} more ${more === 1 ? 'sentence' : 'sentences'}: lookup finds words in the article.)`;
  return { world: { ...CLOSED, page: title }, text: `${title}: ${sentences.slice(0, SHOWN).join(' ')}${rest}` };
}

const lookup: MultiHopTool = taskTool({
  description:
    'lookup(keyword): the next sentence of the open article that holds this text. Called again with the same text it goes on to the one after.',
  args: z.object({ keyword: z.string().min(1).max(200).describe('a word or a part of one, for example "born"') }),
  sample: (rng) => ({ keyword: rng.pick(['born', 'founded', 'it', 'by', 'in']) }),
  run({ task, world }, { keyword }) {
    const article = task.articles.find(({ title }) => title === world.page);
    if (article === undefined) return { text: 'no article is open; call search first', failed: true };
    const found = lookedUp(article, keyword);
    const shown = world.keyword === keyword ? world.shown : 0;
    const sentence = found[shown];
    if (sentence === undefined) return { world: { ...world, keyword, shown }, text: 'No more results.' };
    const next = { ...world, keyword, shown: shown + 1 };
    return { world: next, text: `(Result ${shown + 1} / ${found.length}) ${sentence}` };
  },
});

const submit: MultiHopTool = taskTool({
  description: 'submit_answer(answer): hands in the answer and ends the episode.',
  args: z.object({
    answer: z.string().max(2000).describe('the answer alone: a name, a year, yes or no; nothing around it'),
  }),
  sample: (rng) => ({ answer: rng.pick(['yes', 'no', '1850', 'Northern Sea']) }),
  run: (job, { answer }) => graded(job, answer),
});

function graded({ task }: MultiHopJob, answer: string): Work<World> {
  const rewards = { exact: exactMatch(answer, task.answer), f1: f1(answer, task.answer) };
  return { text: 'Handed in.', end: { outcome: rewards.exact === 1 ? 'right answer' : 'wrong answer', rewards } };
}

export const tools: { readonly [name: string]: MultiHopTool } = { search, lookup, submit_answer: submit };
