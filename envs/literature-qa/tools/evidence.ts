import { z } from 'zod';
import { type TaskTool, taskTool, type Work } from '../../../src/core/task/contract.js';
import type { Config } from '../config.js';
import { evidenceAnswer, type Request, readAnswer } from '../requests.js';
import { sourceOf } from '../search/cite.js';
import { QUOTED, type Quote, type Shelf } from '../search/shelf.js';
import type { LiteratureTask, Paper } from '../task.js';
import { type Evidence, evidenceOf, type LiteratureJob, shelfOf, statusOf, type World } from '../world.js';

const args = z.object({
  question: z.string().min(1).max(500).describe('what to look for in the papers at hand, in words that they may use'),
});

export const gatherEvidence: TaskTool<LiteratureTask, World, Config> = taskTool({
  description: `gather_evidence(question): reads the papers at hand and quotes the sentences closest to a question, of at most ${QUOTED} papers. They are added to the evidence.`,
  args,
  sample: (rng) => ({ question: rng.pick(['Which receptor?', 'strain and size of groups', 'significant effect']) }),
  run(job, { question }) {
    const { world, config, task } = job;
    if (world.papers.length === 0)
      return { text: 'there are no papers at hand; call paper_search first', failed: true };
    const shelf = shelfOf(task);
    const { model } = config;
    if (shelf === null) return { ask: { kind: 'quote', question, keys: world.papers, model } satisfies Request };
    const quotes = shelf.quotes(world.papers, question).map((quote) => withSource(shelf, quote));
    if (model === null) return told(job, quotes.flatMap(evidenceOf), 0);
    return { ask: { kind: 'sum up', question, quotes, model } satisfies Request };
  },
  answered(job, _, answer) {
    const read = readAnswer(evidenceAnswer, answer);
    if (read.ok) return told(job, read.value.evidence, read.value.tokens);
    return { text: `the papers could not be read: ${read.reason}`, failed: true };
  },
});

function withSource(shelf: Shelf, quote: Quote): Quote & { source: string } {
  return { ...quote, source: sourceOf(shelf.paper(quote.paper) as Paper) };
}

function told({ world, config }: LiteratureJob, found: readonly Evidence[], tokens: number): Work<World> {
  const had = new Set(world.evidence.map(nameOf));
  const fresh = found.filter((piece) => !had.has(nameOf(piece)));
  const next = { ...world, evidence: [...world.evidence, ...fresh], tokens: world.tokens + tokens };
  const none = 'No sentence of the papers at hand has these words; ask in other words, or search for other papers.';
  return { world: next, text: [found.length === 0 ? none : quoted(found), statusOf(next, config)].join('\n') };
}

function nameOf({ paper, text }: Evidence): string {
  return `${paper} ${text}`;
}

/** Evidence by paper: a line for the paper, then its sentences. */
function quoted(found: readonly Evidence[]): string {
  const papers = [...new Map(found.map(({ paper, source }) => [paper, source]))];
  return papers
    .flatMap(([paper, source]) => [
      `[${paper}] ${source}`,
      ...found.filter((piece) => piece.paper === paper).map(({ text }) => `- ${text}`),
    ])
    .join('\n');
}
