import { z } from 'zod';
import type { Environment } from '../../../src/core/environment.js';
import { stream } from '../../../src/core/rng.js';
import { type Task, type TaskConfig, taskTool } from '../../../src/core/task/contract.js';
import { taskFields } from '../../../src/core/task/fields.js';
import { toolTask } from '../../../src/core/task/tool-task.js';

/*
 * The environment that Aviary tries its own server with, as a task of ours: the same names, descriptions, arguments,
 * first message and reward. SEE: Future-House/aviary, `DummyEnv`.
 */

const TOPICS = ['rain', 'owls', 'trains'];
const SIZES = { train: TOPICS.length };

type Story = Task & { readonly topic: string };
type Config = TaskConfig<Story>;

const config = z.strictObject(
  taskFields(SIZES, z.strictObject({ id: z.string(), split: z.string(), topic: z.string() }), { maxSteps: 20 }),
) as unknown as z.ZodType<Config>;

const printStory = taskTool({
  description: 'Print a story.',
  args: z.object({ story: z.string().describe('Story to print.') }),
  sample: () => ({ story: 'Owls fly over quiet hills' }),
  run: () => ({ text: 'null', end: { outcome: 'printed', rewards: { story: 1 } } }),
});

const castFloat = taskTool({
  description: 'Cast the input argument x to a float.',
  args: z.object({ x: z.string() }),
  sample: (rng) => ({ x: String(rng.below(100) / 8) }),
  run: (_, { x }) =>
    x.trim() === '' || Number.isNaN(Number(x))
      ? { text: `"${x}" is no number; write one, as in "5.25"`, failed: true }
      : { text: Number.isInteger(Number(x)) ? `${Number(x)}.0` : String(Number(x)) },
});

const castInt = taskTool({
  description: 'Cast the input argument x to an integer.',
  args: z.object({ x: z.number() }),
  sample: (rng) => ({ x: rng.below(100) / 8 }),
  run: (_, { x }) => ({ text: String(Math.trunc(x)) }),
});

const getRandomInt = taskTool<Story, null, Config, z.ZodObject>({
  description: 'Get a random integer in 1 to 10.',
  args: z.object({}),
  sample: () => ({}),
  run: ({ task, key }) => ({ text: String(1 + stream('random integer', `${task.id} ${key('draw')}`).below(10)) }),
});

export const dummy: Environment = toolTask<Story, null, Config>({
  id: 'dummy',
  version: '1.0.0',
  title: 'Dummy',
  summary: 'One seat prints a story.',
  config,
  rewards: { story: { says: '1 for a story', weight: 1, told: 'at once' } },
  tools: {
    print_story: printStory,
    cast_float: castFloat,
    cast_int: castInt,
    get_random_int: getRandomInt,
  } as never,
  tasks: { sizes: SIZES, at: (split, index) => ({ id: `${split}_${index}`, split, topic: TOPICS[index] as string }) },
  open: () => null,
  ask: ({ topic }) => `Write a 5 word story via print_story about ${topic}`,
  view: () => null,
  solution: () => null,
  saySolution: () => '',
  rules: () => 'Print a story.',
  utility: () => ({ min: 0, max: 1 }),
});
