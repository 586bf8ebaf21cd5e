import { z } from 'zod';
import { type TaskTool, taskTool, type Work } from '../../../src/core/task/contract.js';
import type { Config } from '../config.js';
import { papersAnswer, type Request, readAnswer } from '../requests.js';
import { byline, type Found, foundOf } from '../search/cite.js';
import { CANDIDATES, candidateOf, FOUND } from '../search/shelf.js';
import type { LiteratureTask } from '../task.js';
import { type LiteratureJob, shelfOf, statusOf, type World } from '../world.js';

const year = (bound: string) =>
  z.number().int().min(0).max(9999).nullable().default(null).describe(`${bound} year of the papers; null for no bound`);

const args = z.object({
  query: z.string().min(1).max(500).describe('words that the papers should hold, for example "receptor velorin gills"'),
  min_year: year('earliest'),
  max_year: year('latest'),
});

export const paperSearch: TaskTool<LiteratureTask, World, Config> = taskTool({
  description: `paper_search(query, min_year, max_year): the ${FOUND} papers that best match the words of a query. They are added to the papers at hand; their texts are read by gather_evidence.`,
  args,
  sample: (rng) => ({
    query: rng.pick(['receptor', 'enzyme pH', 'erratum', 'retraction growth', 'strain winter plant']),
    min_year: rng.pick([null, 2005]),
    max_year: rng.pick([null, 2015]),
  }),
  concurrent: true,
  run(job, { query, min_year, max_year }) {
    const { embeddings } = job.config;
    const shelf = shelfOf(job.task);
    const years = { from: min_year, to: max_year };
    if (shelf === null) return { ask: { kind: 'search', query, ...years, embeddings } satisfies Request };
    if (embeddings === null) return told(job, shelf.search(query, years, FOUND).map(foundOf), NOTHING);
    const candidates = shelf.search(query, years, CANDIDATES).map(candidateOf);
    return { ask: { kind: 'sort', query, candidates, embeddings } satisfies Request };
  },
  answered(job, _, answer) {
    const read = readAnswer(papersAnswer, answer);
    if (read.ok) return told(job, read.value.papers.slice(0, FOUND), read.value);
    return { text: `the search failed: ${read.reason}`, failed: true };
  },
});

const NOTHING = { tokens: 0, unread: [] as readonly string[] };

function told(
  { world, config }: LiteratureJob,
  found: readonly Found[],
  { tokens, unread }: typeof NOTHING,
): Work<World> {
  const papers = [...new Set([...world.papers, ...found.map(({ key }) => key)])];
  const next = { ...world, papers, tokens: world.tokens + tokens };
  const lines = found.map((paper) => `[${paper.key}] ${[paper.title, bracketed(byline(paper))].join(' ').trimEnd()}`);
  const head = found.length === 0 ? 'No paper matches; try other words or years.' : 'Papers found:';
  const lost = unread.length === 0 ? [] : [`${unread.length} files could not be read, the first being ${unread[0]}`];
  return { world: next, text: [head, ...lines, ...lost, statusOf(next, config)].join('\n') };
}

function bracketed(text: string): string {
  return text === '' ? '' : `(${text})`;
}
