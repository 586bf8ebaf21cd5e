import { toolTask } from '../../src/core/task/tool-task.js';
import { type Config, config, presets } from './config.js';
import { ask, rules, saySolution, view } from './language.js';
import { named } from './mutations.js';
import { answer, sampleAnswer } from './outside.js';
import { proteinOf } from './protein.js';
import { scripted } from './scripted.js';
import { tasks } from './tasks.js';
import { tools } from './tools.js';
import type { ProteinTask } from './types.js';

export default toolTask<ProteinTask, null, Config>({
  id: 'protein-stability',
  version: '1.0.0',
  title: 'Protein stability',
  summary: 'One seat makes a protein more stable by 3 to 7 mutations, with tools that tell of its structure.',
  config,
  presets,
  rewards: {
    stability: {
      says: 'the gain in stability as a share of the best one known, from 0 to 1; or 1 for any gain',
      weight: 1,
      told: 'at once',
    },
  },
  tools,
  tasks,
  open: () => null,
  ask,
  view,
  solution(task) {
    const { best, fold } = proteinOf(task);
    const planted = task.planted.map(
      ({ position, kind, sound }) => `${fold.sequence[position]}${position} (${kind}, sound: ${sound})`,
    );
    return { best: named(fold.sequence, best.mutations), ddG: Math.round(best.energy * 1000) / 1000, planted };
  },
  saySolution,
  rules,
  utility: () => ({ min: 0, max: 1 }),
  calls: ({ scorer }) => scorer === 'outside',
  answer,
  sampleAnswer,
  scripted,
});
