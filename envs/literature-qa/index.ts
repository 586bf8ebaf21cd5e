import type { Json } from '../../src/core/json.js';
import { toolTask } from '../../src/core/task/tool-task.js';
import { type Config, config, presets, SIZES } from './config.js';
import { readLitQa } from './dataset.js';
import { ask, rules, saySolution, solution } from './language.js';
import { answer } from './outside/answer.js';
import { type Request, sampleAnswer } from './requests.js';
import { scripted } from './scripted.js';
import { generated } from './studies/generate.js';
import type { LiteratureTask } from './task.js';
import { complete, genAnswer, reset } from './tools/answer.js';
import { gatherEvidence } from './tools/evidence.js';
import { paperSearch } from './tools/search.js';
import { EMPTY, statusOf, type World } from './world.js';

export default toolTask<LiteratureTask, World, Config>({
  id: 'literature-qa',
  version: '1.0.0',
  title: 'Questions on scientific papers',
  summary:
    'One seat answers a question that takes two papers, some of which mislead, with the tools of a literature search.',
  config,
  presets,
  rewards: {
    answer: {
      says: '1 for the right option, 0.1 for insufficient information, -1 for a wrong one',
      weight: 1,
      told: 'at once',
    },
  },
  tools: {
    paper_search: paperSearch,
    gather_evidence: gatherEvidence,
    gen_answer: genAnswer,
    reset,
    complete,
  },
  tasks: { sizes: SIZES, at: (split, index) => generated(`${split}_${index}`, split), read: readLitQa },
  open: () => EMPTY,
  ask,
  view: (_, world, config) => ({ status: statusOf(world, config) }),
  show: (seen) => (seen as { status: string } | null)?.status ?? '',
  solution: (task) => solution(task),
  saySolution,
  rules,
  utility: () => ({ min: -1, max: 1 }),
  calls: ({ model, embeddings, given }) => model !== null || embeddings !== null || given?.papers === null,
  answer: (request: Json, signal) => answer(request as Request, signal),
  sampleAnswer: (request: Json, rng) => sampleAnswer(request as Request, rng),
  scripted,
});
