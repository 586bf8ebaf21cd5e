import { toolTask } from '../../src/core/task/tool-task.js';
import { type Config, config, presets, SIZES } from './config.js';
import { readHotpot } from './dataset.js';
import { generated } from './encyclopedia/generate.js';
import { rules, saySolution, show, solution } from './language.js';
import { scripted } from './scripted.js';
import type { MultiHopTask } from './task.js';
import { CLOSED, tools, type World } from './tools.js';

export default toolTask<MultiHopTask, World, Config>({
  id: 'multi-hop-qa',
  version: '1.0.0',
  title: 'Questions over several articles',
  summary: 'One seat answers a question that takes several articles of an encyclopedia, by search and lookup.',
  config,
  presets,
  rewards: {
    exact: { says: '1 for the right answer and nothing else, 0 for any other', weight: 1, told: 'at once' },
    f1: { says: 'F1 of the words shared with the right answer, from 0 to 1', weight: 0, told: 'at once' },
  },
  tools,
  tasks: { sizes: SIZES, at: (split, index) => generated(`${split}_${index}`, split), read: readHotpot },
  open: () => CLOSED,
  ask: ({ question }) => question,
  view: (_, { page }) => ({ open: page }),
  show,
  solution: (task) => solution(task),
  saySolution,
  rules,
  utility: ({ weights }) => ({ min: 0, max: weights.exact + weights.f1 }),
  scripted,
});
