import { execFileSync } from 'node:child_process';
import EventEmitter from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Agent, AgentFactory } from '../../src/core/agent.js';
import type { Result } from '../../src/core/ending.js';
import { playEpisode, runEpisode } from '../../src/core/play.js';
import { agent, asks, calls, playOut, settled, table, throwing, toy, yes } from './toys.js';

const escaped: unknown[] = [];
const keep = (reason: unknown) => escaped.push(reason);

beforeEach(() => void process.on('unhandledRejection', keep));
afterEach(async () => {
  await settled();
  process.off('unhandledRejection', keep);
  expect(escaped.splice(0)).toEqual([]);
});

describe('agents are closed, once each', () => {
  function closing(closed: (Result | null)[], act: Agent['act'], close?: () => void): AgentFactory {
    return agent(act, {
      close: (result) => {
        closed.push(result);
        close?.();
      },
    });
  }

  it.each<[string, Agent['act'], Partial<Parameters<typeof table>[2]>, Partial<Result>]>([
    ['at the end', () => ({ move: 'yes' }), {}, { how: 'rules', outcome: 'played out', returns: [0, 0] }],
    ['after a forfeit', () => ({ move: 0 }), {}, { how: 'forfeit', returns: [-7, 9] }],
    ['after the limit', () => ({ move: 'yes' }), { limits: { steps: 0 } }, { how: 'steps', returns: null }],
    ['when cancelled', () => ({ move: 'yes' }), { signal: AbortSignal.abort() }, { how: 'cancelled' }],
  ])('%s, and told how it went', async (_name, act, more, result) => {
    const closed: (Result | null)[] = [];
    const played = table(toy([asks([0])]), [closing(closed, act), closing(closed, act)], more);
    await runEpisode(played);
    await playOut(played);
    expect(closed).toHaveLength(4);
    for (const told of closed) expect(told).toMatchObject(result);
  });

  it('when the rules crash', async () => {
    const closed: (Result | null)[] = [];
    const act = () => ({ move: 'yes' });
    const broken = toy([{ ...asks([0]), fails: 'broke' }]);
    await playOut(table(broken, [closing(closed, act), closing(closed, act)]));
    expect(closed.map((told) => told?.how)).toEqual(['crashed', 'crashed']);
  });

  it('when whoever watches leaves', async () => {
    const closed: (Result | null)[] = [];
    const sitting = closing(closed, () => ({ move: 'yes' }));
    for await (const progress of playEpisode(table(toy([asks([0]), asks([0])]), [sitting, sitting]))) {
      if (progress.kind === 'step') break;
    }
    expect(closed).toEqual([null, null]);
  });

  it('when a later one cannot be seated', async () => {
    const closed: (Result | null)[] = [];
    const sitting = closing(closed, () => ({ move: 'yes' }));
    const played = table(toy([asks([0])]), [sitting, () => throwing(new Error('no chair'))]);
    await expect(runEpisode(played)).rejects.toThrow('no chair');
    await expect(playEpisode(played).next()).rejects.toThrow('no chair');
    expect(closed).toEqual([null, null]);
  });

  it('even if one fails to close, whose error is then thrown', async () => {
    const closed: (Result | null)[] = [];
    const act = () => ({ move: 'yes' });
    const failing = closing(closed, act, () => throwing(new Error('stuck')));
    await expect(runEpisode(table(toy([asks([0])]), [failing, closing(closed, act)]))).rejects.toThrow('stuck');
    expect(closed).toHaveLength(2);
  });
});

describe('nothing is left behind', () => {
  it('no listener on a signal that many episodes share, and no warning of their number', async () => {
    const warnings: string[] = [];
    const warn = (warning: Error) => warnings.push(warning.name);
    process.on('warning', warn);
    const controller = new AbortController();
    const limits = { turnMs: 1000, totalMs: 1000, callMs: 1000 };
    const environment = toy([asks([0]), calls(['q']), asks([1])], { answer: async () => 'a' });
    const later = agent(async () => ({ move: 'yes' }));
    await Promise.all(
      Array.from({ length: 20 }, () =>
        runEpisode(table(environment, [later, yes], { signal: controller.signal, limits })),
      ),
    );
    process.off('warning', warn);
    expect(EventEmitter.getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    expect(warnings).toEqual([]);
  });

  it('no timer that keeps the process, and a process waits for the time limit', () => {
    // NOTE: limits of ten minutes; a timer left behind would keep this child far longer than the test may run.
    const file = fileURLToPath(new URL('exits.ts', import.meta.url));
    const printed = execFileSync(process.execPath, ['--import', 'tsx', file], { encoding: 'utf8', timeout: 60_000 });
    expect(printed.trim().split('\n')).toEqual(['rules', 'forfeit', 'cancelled', 'left', 'time']);
  });

  it('no rejection of an agent that fails after the end', async () => {
    let reject: (reason: Error) => void = () => {};
    const never = agent(
      () =>
        new Promise((_, fail) => {
          reject = fail;
        }),
    );
    const { ending } = await playOut(table(toy([asks([0])]), [never, yes], { limits: { turnMs: 2 }, tries: 1 }));
    expect(ending.how).toBe('forfeit');
    reject(new Error('much later'));
    await settled();
  });
});
