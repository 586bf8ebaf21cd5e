import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentFactory, Decision } from '../../src/core/agent.js';
import { playEpisode, runEpisode } from '../../src/core/play.js';
import {
  agent,
  asks,
  calls,
  draws,
  openly,
  playOut,
  replies,
  settled,
  silent,
  table,
  throwing,
  toy,
  yes,
} from './toys.js';

const escaped: unknown[] = [];
const keep = (reason: unknown) => escaped.push(reason);

beforeEach(() => void process.on('unhandledRejection', keep));
afterEach(async () => {
  await settled();
  process.off('unhandledRejection', keep);
  expect(escaped.splice(0)).toEqual([]);
});

/** An agent that waits for its signal and then does something else. */
function until(aborted: (signal: AbortSignal) => Decision | Promise<Decision>): AgentFactory {
  return agent(
    ({ signal }) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => {
          try {
            resolve(aborted(signal));
          } catch (thrown) {
            reject(thrown);
          }
        });
      }),
  );
}

describe('time for a try', () => {
  it('that runs out makes it late, aborts its signal and drops the answer', async () => {
    const aborted: unknown[] = [];
    const dropping = until((signal) => {
      aborted.push((signal.reason as Error).name);
      return { move: 'no' };
    });
    const played = table(toy([asks([0, 1])], { seats: 3 }), [dropping, yes, yes], { limits: { turnMs: 5 }, tries: 2 });
    const { steps } = await playOut(played);
    const { tries, substituted } = steps[0]?.seats?.[0] ?? {};
    expect(tries).toEqual([
      { failure: 'late', reason: 'no answer within 5 ms' },
      { failure: 'late', reason: 'no answer within 5 ms' },
    ]);
    expect(substituted).toBe(true);
    expect(aborted).toEqual(['TimeoutError', 'TimeoutError']);
    expect(steps[0]?.seats?.[1]).toEqual({ move: 'yes' });
  });

  it('is told beforehand, and begins anew with each try', async () => {
    const budgets: unknown[] = [];
    const second = agent(({ attempt, budgetMs, signal, refused }) => {
      budgets.push([budgetMs, signal?.aborted, refused?.failure]);
      return attempt === 1 ? new Promise(() => {}) : { move: 'no' };
    });
    const { steps } = await playOut(table(toy([asks([0])]), [second, yes], { limits: { turnMs: 5 } }));
    expect(steps[0]?.seats?.[0]).toMatchObject({ move: 'no', tries: [{ failure: 'late' }] });
    expect(budgets).toEqual([
      [5, false, undefined],
      [5, false, 'late'],
    ]);
  });

  it('that is not given is unlimited', async () => {
    const asked: unknown[] = [];
    const free = agent(({ budgetMs, signal }) => {
      asked.push(budgetMs, signal);
      return { move: 'yes' };
    });
    await runEpisode(table(toy([asks([0])]), [free, yes]));
    expect(asked).toEqual([null, null]);
  });

  it('may end in a rejection without anybody noticing', async () => {
    const rejecting = until((signal) => throwing(signal.reason));
    const { ending } = await playOut(table(toy([asks([0])]), [rejecting, yes], { limits: { turnMs: 2 }, tries: 1 }));
    expect(ending).toMatchObject({ how: 'forfeit', forfeits: { 0: [{ failure: 'late' }] } });
  });
});

describe('an episode that is cancelled', () => {
  const scenes = [openly([0]), asks([0, 1]), openly([1])];

  it('before it begins asks nobody', async () => {
    const asked = agent(() => throwing(new Error('asked')));
    const ending = await runEpisode(table(toy(scenes), [asked, asked], { signal: AbortSignal.abort() }));
    expect(ending).toEqual({ how: 'cancelled', outcome: null, returns: null, paid: [{}, {}] });
  });

  it.each<[string, AgentFactory]>([
    ['ignores its signal', silent],
    ['answers its signal', until(() => ({ move: 'yes' }))],
    ['rejects by its signal', until((signal) => throwing(signal.reason))],
  ])('while an agent thinks that %s ends at once', async (_name, thinker) => {
    const controller = new AbortController();
    const played = table(toy(scenes), [yes, thinker], { signal: controller.signal, limits: { turnMs: 60_000 } });
    const ending = runEpisode(played);
    await settled();
    controller.abort();
    expect(await ending).toMatchObject({ how: 'cancelled', returns: null });
  });

  it('while two agents think ends once', async () => {
    const controller = new AbortController();
    const rejecting = until((signal) => throwing(signal.reason));
    const ending = runEpisode(table(toy([asks([0, 1])]), [rejecting, rejecting], { signal: controller.signal }));
    await settled();
    controller.abort();
    expect(await ending).toMatchObject({ how: 'cancelled' });
  });

  it('while the outside is asked ends at once, and the call is told', async () => {
    const controller = new AbortController();
    const told: boolean[] = [];
    const answer = (_request: unknown, signal: AbortSignal) =>
      new Promise<never>(() => signal.addEventListener('abort', () => told.push(true)));
    const played = table(toy([calls(['q', 'r'])]), [yes, yes], { signal: controller.signal, answer });
    const ending = runEpisode(played);
    await settled();
    controller.abort();
    expect(await ending).toMatchObject({ how: 'cancelled', returns: null });
    expect(told).toEqual([true, true]);
  });

  it('between steps stops there', async () => {
    const controller = new AbortController();
    const kinds: string[] = [];
    for await (const progress of playEpisode(table(toy(scenes), [yes, yes], { signal: controller.signal }))) {
      kinds.push(progress.kind === 'ended' ? progress.ending.how : progress.kind);
      if (progress.kind === 'step') controller.abort();
    }
    expect(kinds).toEqual(['started', 'step', 'cancelled']);
  });

  it('is stopped even if agents answer at once and never let go', async () => {
    const long = toy(Array.from({ length: 20_000 }, () => asks([0])));
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    const ending = await runEpisode(table(long, [yes, yes], { signal: controller.signal }));
    expect(ending.how).toBe('cancelled');
  });
});

describe('an episode that takes too long', () => {
  it('ends by time, with null returns', async () => {
    const ending = await runEpisode(table(toy([asks([0])]), [silent, yes], { limits: { totalMs: 5 } }));
    expect(ending).toMatchObject({ how: 'time', outcome: null, returns: null });
  });

  it('in its calls answers them by an error when each has its time', async () => {
    const answer = () => new Promise<never>(() => {});
    const played = table(toy([calls(['q'])]), [yes, yes], { limits: { callMs: 5 }, answer });
    const { steps, ending } = await playOut(played);
    expect(steps[0]?.answers).toEqual([{ error: 'no answer within 5 ms' }]);
    expect(ending.how).toBe('rules');
  });

  it('in steps ends by steps, with null returns and what was paid', async () => {
    const paying = { ...asks([0]), rewards: { 0: { point: 1 } } };
    const played = table(toy([paying, paying, paying]), [yes, yes], { limits: { steps: 2 } });
    const { steps, ending } = await playOut(played);
    expect(steps).toHaveLength(2);
    expect(ending).toEqual({ how: 'steps', outcome: null, returns: null, paid: [{ point: 2 }, {}] });
  });

  it('by its own horizon is a result with returns', async () => {
    const paying = { ...asks([0]), rewards: { 0: { point: 1 } } };
    const ending = await runEpisode(table(toy([paying], { truncated: true }), [yes, yes]));
    expect(ending).toMatchObject({ how: 'horizon', outcome: 'played out', returns: [2, 0] });
  });

  it('beyond the horizon it declares is stopped by the loop', async () => {
    const ending = await runEpisode(table(toy([asks([0]), asks([0])], { horizon: 1 }), [yes, yes]));
    expect(ending).toMatchObject({ how: 'steps', returns: null });
  });
});

describe('an environment that fails', () => {
  it('crashes the episode with its message and null returns', async () => {
    const broken = { ...asks([1]), fails: 'rules broke' };
    const { steps, ending } = await playOut(table(toy([openly([0]), broken]), [yes, yes]));
    expect(steps).toHaveLength(1);
    expect(ending).toEqual({ how: 'crashed', outcome: null, returns: null, error: 'rules broke', paid: [{}, {}] });
  });

  it('in its words or its view crashes only the agent that reads them', async () => {
    const environment = { ...toy([asks([0])]), view: () => throwing(new Error('no view')) };
    const reading = agent(({ view }) => ({ move: view as string }));
    const { ending } = await playOut(table(environment, [reading, yes], { tries: 1 }));
    expect(ending).toMatchObject({ how: 'forfeit', forfeits: { 0: [{ failure: 'crashed', reason: 'no view' }] } });
  });
});

describe('two seats asked at once', () => {
  it('of which one fails at once and the other rejects later are both waited for', async () => {
    const rejecting = agent(async () => {
      await settled();
      throw new Error('later');
    });
    const { ending } = await playOut(table(toy([asks([0, 1])]), [replies({ move: 0 }), rejecting], { tries: 1 }));
    expect(ending.forfeits).toMatchObject({
      0: [{ failure: 'illegal' }],
      1: [{ failure: 'crashed', reason: 'later' }],
    });
  });

  it('of an environment without the form it asks for end in a crash, not in a rejection nobody handles', async () => {
    const missing = asks([1], { kind: 'form', form: 'none' });
    const scene = { turn: { kind: 'act', spaces: { ...spacesOf(asks([0])), ...spacesOf(missing) } } } as const;
    const rejecting = agent(() => Promise.reject(new Error('x')));
    const { ending } = await playOut(table(toy([draws(0), scene], { seats: 3 }), [rejecting, yes, yes]));
    expect(ending).toMatchObject({ how: 'crashed', error: 'the spec declares no form "none"' });
  });
});

function spacesOf(scene: ReturnType<typeof asks>) {
  return scene.turn.kind === 'act' ? scene.turn.spaces : {};
}
