import { toolTask } from '../../src/core/task/tool-task.js';
import { type Config, config, presets } from './config.js';
import { rules, saySolution, show, solution, view } from './language.js';
import { answer, sampleAnswer } from './outside/files.js';
import { tasks } from './tasks/index.js';
import { scripted } from './tasks/scripted.js';
import type { CloningTask } from './tasks/task.js';
import { ask } from './tasks/words.js';
import { offered, tools } from './tools/index.js';
import type { World } from './world.js';

export default toolTask<CloningTask, World, Config>({
  id: 'cloning',
  version: '1.0.0',
  title: 'Molecular cloning',
  summary: 'One seat answers questions about DNA and builds plasmids with the tools of a molecular biologist.',
  config,
  presets,
  rewards: {
    correct: { says: '1 for a right result, 0 for a wrong one', weight: 1, told: 'at once' },
    share: {
      says: 'how much of it is right, 0 to 1: identical bases, or points of the goal met',
      weight: 0,
      told: 'at once',
    },
  },
  tools,
  tasks,
  open: () => ({ made: {} }),
  ask,
  offered,
  view,
  show,
  solution,
  saySolution,
  rules,
  utility: ({ weights }) => ({ min: 0, max: weights.correct + weights.share }),
  calls: ({ ownLibrary }) => ownLibrary,
  answer,
  sampleAnswer,
  scripted,
});
