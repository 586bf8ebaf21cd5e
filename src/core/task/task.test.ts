import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../config.js';
import type { Event } from '../environment.js';
import { Episode } from '../episode.js';
import { UserError } from '../errors.js';
import { isObject, type Json } from '../json.js';
import type { ToolCall } from '../space.js';
import { type Task, type TaskConfig, taskTool } from './contract.js';
import { checkTask, taskFields } from './fields.js';
import { toolTask } from './tool-task.js';

type Sum = Task & { readonly parts: readonly number[] };
type World = { readonly asked: readonly string[] };
type Config = TaskConfig<Sum>;

const SIZES = { train: 100, test: 10 };
const config = z
  .strictObject(
    taskFields(SIZES, z.strictObject({ id: z.string(), split: z.string(), parts: z.array(z.number()) }), {
      maxSteps: 3,
    }),
  )
  .superRefine(checkTask(SIZES));

/** A task for tests: find the sum of hidden numbers by asking for each. */
const sums = toolTask<Sum, World, Config>({
  id: 'sums',
  version: '1.0.0',
  title: 'Sums',
  summary: 'One seat adds numbers up.',
  config,
  rewards: { right: { says: '1 for the right sum', weight: 1, told: 'at once' } },
  tasks: {
    sizes: SIZES,
    at: (split, index) => ({ id: `${split}_${index}`, split, parts: [index, 1, 2] }),
  },
  tools: {
    part: taskTool<Sum, World, Config, z.ZodObject<{ at: z.ZodInt }>>({
      description: 'one of the numbers, from outside',
      args: z.object({ at: z.int() }),
      sample: (rng) => ({ at: rng.below(3) }),
      concurrent: true,
      run({ task }, { at }) {
        if (at > 2) throw new UserError('there are parts 0 to 2');
        return { ask: { number: task.parts[at] as number } };
      },
      answered: ({ world, key }, { at }, answer) => {
        if (isObject(answer) && answer.error !== undefined) return { text: String(answer.error), failed: true };
        return { world: { asked: [...world.asked, key(`part${at}`)] }, text: String(answer) };
      },
    }),
    submit: taskTool<Sum, World, Config, z.ZodObject<{ sum: z.ZodNumber }>>({
      description: 'hands the sum in',
      args: z.object({ sum: z.number() }),
      sample: (rng) => ({ sum: rng.below(10) }),
      run({ task }, { sum }) {
        const right = sum === task.parts.reduce((a, b) => a + b) ? 1 : 0;
        return { text: 'taken', end: { outcome: right === 1 ? 'right' : 'wrong', rewards: { right } } };
      },
    }),
  },
  open: () => ({ asked: [] }),
  ask: ({ parts }) => `Add ${parts.length} numbers up.`,
  view: (_task, world) => world,
  show: (seen) => `Asked: ${(seen as World).asked.join(' ')}.`,
  solution: ({ parts }) => parts.reduce((a, b) => a + b),
  utility: () => ({ min: 0, max: 1 }),
  calls: () => true,
  rules: () => 'Add up.',
});

function dealt(set: { readonly [field: string]: Json } = { task: 7 }): Episode {
  const episode = new Episode(sums, readConfig(sums.spec, { set }));
  const turn = episode.turn as { outcomes: readonly (readonly [Json, number])[] };
  episode.apply({ chance: turn.outcomes[0]?.[0] as Json });
  return episode;
}

let calls = 0;
function call(name: string, args: Json): ToolCall {
  return { id: `c${calls++}`, name, args };
}

function texts(episode: Episode): string[] {
  return episode.log.filter(({ kind }) => kind === 'result').map((event: Event) => event.text as string);
}

describe('an environment of tasks', () => {
  it('asks calls beside each other together, and goes on in order with their answers', () => {
    const episode = dealt();
    episode.apply({
      seats: {
        0: [call('part', { at: 0 }), call('part', { at: 2 }), call('submit', { sum: 10 }), call('part', { at: 1 })],
      },
    });
    expect(episode.turn).toMatchObject({ kind: 'call', requests: [{ number: 7 }, { number: 2 }] });
    // NOTE: before any is answered, or the public could not tell the state from the one before.
    expect(episode.log.map(({ kind }) => kind)).toEqual(['task', 'calls']);
    episode.apply({ answers: [7, { error: 'no line' }] });
    expect(texts(episode)).toEqual(['7', 'Error: no line', 'taken', 'not run: it was over']);
    expect(episode.turn).toMatchObject({ kind: 'over', outcome: 'right', truncated: false });
    expect(episode.returns()).toEqual([1]);
    expect(episode.log.at(-1)).toMatchObject({ kind: 'solution', solution: 10 });
  });

  it('answers wrong calls with what would be right, and goes on', () => {
    const episode = dealt();
    episode.apply({ seats: { 0: [call('sum', {}), call('part', { at: 'x' }), call('part', { at: 3 })] } });
    expect(texts(episode)).toEqual([
      'Error: there is no tool "sum" here; the tools are: part, submit',
      'Error: part: at: Invalid input: expected number, received string (got "x")',
      'Error: there are parts 0 to 2',
    ]);
    expect(episode.turn.kind).toBe('act');
  });

  it('runs no more calls than a step takes, and says so', () => {
    const episode = dealt({ task: 7, maxCalls: 1 });
    episode.apply({ seats: { 0: [call('part', { at: 0 }), call('part', { at: 1 })] } });
    expect(episode.turn).toMatchObject({ requests: [{ number: 7 }] });
    episode.apply({ answers: [7] });
    expect(texts(episode)).toEqual(['7', 'not run: at most 1 calls are run in one step']);
  });

  it('names stored things differently each time, whatever was asked before', () => {
    const episode = dealt();
    for (let step = 0; step < 2; step++) {
      episode.apply({ seats: { 0: [call('part', { at: 0 })] } });
      episode.apply({ answers: [7] });
    }
    expect(episode.environment.view(episode.state, 0)).toMatchObject({ seen: { asked: ['part0-1', 'part0-2'] } });
  });

  it('is cut off when the steps are used up, pays nothing and tells the solution', () => {
    const episode = dealt();
    for (let step = 0; step < 3; step++) episode.apply({ seats: { 0: [] } });
    expect(episode.turn).toEqual({ kind: 'over', outcome: 'out of steps', truncated: true });
    expect(episode.returns()).toEqual([0]);
    expect(episode.log.map(({ kind }) => kind)).toEqual(['task', 'no call', 'no call', 'no call', 'solution']);
  });

  it('tells the solution to readers alone before the end', () => {
    const episode = dealt();
    const seen = (viewer: 0 | 'all') =>
      (episode.environment.view(episode.state, viewer) as { solution: Json }).solution;
    expect([seen(0), seen('all')]).toEqual([null, 10]);
  });

  it('takes a task from elsewhere, and refuses two at once', () => {
    const given = { id: 'mine', split: 'mine', parts: [1] };
    expect(dealt({ given }).log[0]).toMatchObject({ task: 'mine', question: 'Add 1 numbers up.' });
    expect(() => readConfig(sums.spec, { set: { given, task: 1 } })).toThrow('either a task or a given one');
    expect(() => readConfig(sums.spec, { set: { split: 'test', task: 10 } })).toThrow(
      'the split test has tasks 0 to 9',
    );
  });

  it('counts its tasks', () => {
    expect(sums.tasks?.at('test', 9)).toEqual({ id: 'test_9', split: 'test', config: { split: 'test', task: 9 } });
    expect(() => sums.tasks?.at('test', 10)).toThrow('no task 10 in the split test of 10');
  });
});
