import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { UserError } from '../core/errors.js';
import type { TrainingData } from './training-work.testing.js';
import { startWork } from './worker.js';

const MODULE = new URL('./training-work.testing.ts', import.meta.url);

function start(data: TrainingData, take: (step: number) => void = () => undefined) {
  return startWork<TrainingData, number>(MODULE, data, take);
}

describe('work in a thread', () => {
  it('sends its messages in order and ends by itself', async () => {
    const steps: number[] = [];
    await start({ steps: 3 }, (step) => steps.push(step)).ended;
    expect(steps).toEqual([1, 2, 3]);
  });

  it('stops when asked, as often as one asks', async () => {
    let stopped: Promise<unknown> = Promise.resolve();
    const work = start({ steps: null }, () => {
      stopped = Promise.all([work.stop(), work.stop()]);
    });
    await work.ended;
    await stopped;
    await work.stop();
  });

  it('stops before it has begun', async () => {
    const steps: number[] = [];
    await start({ steps: null }, (step) => steps.push(step)).stop();
    expect(steps).toEqual([]);
  });

  it('hands over what it threw, and whether it is meant for people', async () => {
    const failed = start({ steps: 1, fail: true });
    await expect(failed.ended).rejects.toThrow(UserError);
    await expect(failed.stop()).rejects.toThrow('"x" of the batch has 1024 rows, but "weight" has 1');
    const missing = startWork(new URL('./no-such-work.ts', import.meta.url), {}, () => undefined);
    await expect(missing.ended).rejects.toThrow('no-such-work');
  });

  it('leaves no trace in the process', async () => {
    const before = process.listenerCount('exit');
    const both = [start({ steps: 1 }), start({ steps: 1 })];
    expect(process.listenerCount('exit')).toBe(before + 1);
    await Promise.all(both.map(({ ended }) => ended));
    expect(process.listenerCount('exit')).toBe(before);
  });
});

/** NOTE: a process whose thread is ended in the middle of a step aborts, with signal SIGABRT and code 134. */
describe('a process that ends in the middle of a step', () => {
  const script = fileURLToPath(new URL('./interrupted.testing.ts', import.meta.url));
  it.each([
    ['stop', 0, 'stopped'],
    ['interrupt', 0, ''],
    ['throw', 1, ''],
  ])('%s', (way, code, said) => {
    const { status, signal, stdout } = spawnSync(process.execPath, ['--import', 'tsx', script, way], {
      encoding: 'utf8',
    });
    expect([signal, status, stdout]).toEqual([null, code, said]);
  });
});
