import { z } from 'zod';
import type { Environment } from '../../../src/core/environment.js';
import type { Json } from '../../../src/core/json.js';
import { type Task, type TaskConfig, type TaskTool, taskTool } from '../../../src/core/task/contract.js';
import { taskFields } from '../../../src/core/task/fields.js';
import { toolTask } from '../../../src/core/task/tool-task.js';

type Config = TaskConfig<Task>;
type World = readonly string[];

/** What was asked outside, as the outside saw it. */
export const outside = { asked: [] as string[], now: 0, most: 0, stopped: 0 };

/** Takes a while, unless it is told to stop: `forever` takes until then. */
async function answer(request: Json, signal: AbortSignal): Promise<Json> {
  const name = String(request);
  outside.asked.push(name);
  outside.most = Math.max(outside.most, ++outside.now);
  await new Promise<void>((resolve) => {
    if (name !== 'forever') setTimeout(resolve, 15);
    signal.addEventListener('abort', () => {
      outside.stopped++;
      resolve();
    });
  });
  outside.now--;
  return `${name} came`;
}

function waiting(concurrent: boolean): TaskTool<Task, World, Config> {
  return taskTool<Task, World, Config, z.ZodType<{ name: string }>>({
    description: 'Waits for somebody.',
    args: z.object({ name: z.string().describe('whom to wait for') }),
    sample: () => ({ name: 'Ann' }),
    concurrent,
    run: (_, { name }) => ({ ask: name }),
    answered: ({ world }, _, came) =>
      typeof came === 'string'
        ? { world: [...world, came], text: came }
        : { text: 'nobody came in time', failed: true },
  });
}

/** Tools that wait for the outside: `wait` together with its neighbours, `wait_alone` alone. `fail` is a fault of ours. */
export const waitingRoom: Environment = toolTask<Task, World, Config>({
  id: 'waiting-room',
  version: '1.0.0',
  title: 'Waiting room',
  summary: 'One seat waits.',
  config: z.strictObject(
    taskFields({ train: 1 }, z.strictObject({ id: z.string(), split: z.string() }), { maxSteps: 50 }),
  ) as unknown as z.ZodType<Config>,
  rewards: { patience: { says: 'nothing', weight: 1, told: 'at once' } },
  tools: {
    wait: waiting(true),
    wait_alone: waiting(false),
    fail: taskTool({
      description: 'Fails.',
      args: z.object({}),
      sample: () => ({}),
      run: () => {
        throw new TypeError('a fault of ours');
      },
    }),
    shapes: taskTool({
      description: 'Takes arguments of every shape.',
      args: z.object({
        text: z.string().describe('words'),
        number: z.number(),
        whole: z.int(),
        truth: z.boolean(),
        one: z.enum(['a', 'b']),
        list: z.array(z.string()),
        inner: z.object({ deep: z.number() }),
        maybe: z.string().nullable(),
        left: z.string().optional(),
        usual: z.number().default(3),
      }),
      sample: () => ({}),
      run: (_, args) => ({ text: JSON.stringify(args) }),
    }),
  },
  tasks: { sizes: { train: 1 }, at: (split, index) => ({ id: `${split}_${index}`, split }) },
  open: () => [],
  ask: () => 'Wait.',
  view: (_, world) => world,
  show: (seen) => (seen as World).join(', '),
  solution: () => null,
  saySolution: () => '',
  rules: () => 'Wait.',
  utility: () => ({ min: 0, max: 1 }),
  calls: () => true,
  answer,
  sampleAnswer: (request) => `${String(request)} came`,
});

/** An environment that cannot even be begun, by a fault of its own. */
export const broken: Environment = {
  ...waitingRoom,
  spec: {
    ...waitingRoom.spec,
    id: 'broken',
    facts: () => {
      throw new TypeError('a fault of ours');
    },
  },
};
