import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemOf } from '../../envs/calculator/dataset.js';
import { built, type Home, type Started } from '../server/built.js';
import { missing, runPython } from './python.js';

interface Game {
  readonly heard: readonly { readonly text: string; readonly seat: number }[];
  readonly total: number;
  readonly state: { readonly episode_id: string; readonly step_count: number };
}

interface Driven {
  readonly twice: readonly [Game, Game];
  readonly matches: readonly (readonly [number, number])[];
  readonly tools: { text: string; listed: string[]; value: string; refused: string; over: string; told: string };
  readonly direct: { listed: string[]; value: string; told: string };
  readonly blocking: { steps: number; reward: number; state: { step_count: number } };
  readonly validation: {
    passed: boolean;
    standard_profile: string;
    summary: { passed_count: number; total_count: number };
  };
}

describe.skipIf(missing("OpenEnv's clients", 'openenv-core').length > 0)('the clients of openenv', () => {
  const { question, answer } = problemOf('train_3');
  let home: Home;
  let server: Started;
  let driven: Driven;
  beforeAll(async () => {
    home = built();
    server = await home.start('--memory', '--environments', 'tic-tac-toe,kuhn-poker,calculator', '--door', 'openenv');
    driven = runPython<Driven>('openenv_client.py', { url: `${server.url}/openenv`, answer });
  });
  afterAll(async () => {
    await server?.stop('SIGTERM');
    home?.remove();
  });

  it('play a seeded match twice and see the same', () => {
    const [one, other] = driven.twice;
    expect(other.heard).toEqual(one.heard);
    expect([one.heard[0]?.seat, one.heard.length - 1]).toEqual([1, one.state.step_count]);
    expect([-2, -1, 1, 2]).toContain(one.total);
  });

  it('play each other, the one winning what the other loses', () => {
    expect(driven.matches).toHaveLength(20);
    for (const [one, other] of driven.matches) expect([one, other]).toEqual([1, -1]);
  });

  it('play without waiting asynchronously', () => {
    const { steps, reward, state } = driven.blocking;
    expect([-1, 0, 1]).toContain(reward);
    expect(state.step_count).toBe(steps);
  });

  it('solve a problem by tools, by steps and past them', () => {
    const { tools, direct } = driven;
    expect(tools.text).toContain(question);
    for (const { listed, value, told } of [tools, direct]) {
      expect(listed).toEqual(['calculator', 'submit_answer']);
      expect([Number(value), told]).toEqual([answer, 'True']);
    }
  });

  it('are told why a call was not taken', () => {
    expect(driven.tools.refused).toContain('(type: invalid_args)');
    expect(driven.tools.over).toContain('It is over; nothing was done.');
  });

  it('find nothing to complain of in their own validation', () => {
    const { passed, standard_profile, summary } = driven.validation;
    expect([passed, standard_profile, summary.passed_count]).toEqual([true, 'openenv-http/1.x', summary.total_count]);
  });
});
