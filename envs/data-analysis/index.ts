import { toolTask } from '../../src/core/task/tool-task.js';
import { type Config, config, presets } from './config.js';
import { readTasks } from './dataset.js';
import { ask, rules } from './language.js';
import { sampledOutputs, type World } from './notebook.js';
import type { Notebook } from './sandbox/notebook.js';
import { runNotebook } from './sandbox/threads.js';
import { scripted } from './scripted.js';
import type { DataTask } from './task.js';
import { embedded, SIZES } from './tasks/embedded.js';
import { tools } from './tools.js';

export default toolTask<DataTask, World, Config>({
  id: 'data-analysis',
  version: '1.0.0',
  title: 'Data analysis in a notebook',
  summary: 'One seat answers a question about CSV files with one number, by writing JavaScript cells of a notebook.',
  config,
  presets,
  rewards: { answer: { says: '1 for the right number, 0 for a wrong one', weight: 1, told: 'at once' } },
  tools,
  tasks: { sizes: SIZES, at: embedded, read: readTasks },
  open: () => ({ cells: [] }),
  ask,
  view: ({ files }, { cells }) => ({ files: Object.keys(files), cells }),
  solution: ({ answer }) => answer,
  saySolution: (answer) => `The right answer is ${answer as number}.`,
  rules,
  utility: () => ({ min: 0, max: 1 }),
  calls: () => true,
  answer: async (request, signal) => ({ outputs: await runNotebook(request as Notebook, signal) }),
  sampleAnswer: (request, rng) => sampledOutputs(request as Notebook, rng),
  scripted,
});
