import { describe, expect, it } from 'vitest';
import type { AgentFactory } from '../../src/core/agent.js';
import { type PlayedStep, type Progress, playEpisode, runEpisode, type Table } from '../../src/core/play.js';
import type { RngState } from '../../src/core/rng.js';
import { choice } from '../../src/core/space.js';
import { agent, asks, calls, draws, openly, playOut, settled, table, throwing, toy, yes } from './toys.js';

const many = choice(Array.from({ length: 40 }, (_, i) => `option ${i}`));

/** Random by the stream it was seated with, then by the one of each request, and wrong now and then. */
const gambler: AgentFactory = ({ rng }) => ({
  manifest: { agent: 'gambler' },
  act: async (request) => {
    await settled();
    const move = `option ${rng.below(20) + request.rng.below(20)}`;
    return {
      move: request.rng.below(3) === 0 ? 'none' : move,
      thought: `${request.fresh} of ${request.events.length}`,
    };
  },
});

/** Answers by all it was told, news included. */
const listener: AgentFactory = ({ rng }) => {
  let told = 0;
  return {
    manifest: { agent: 'listener' },
    news: (event) => {
      told += JSON.stringify(event).length;
    },
    act: () => ({ move: `option ${(told + rng.below(40)) % 40}` }),
  };
};

const environment = toy(
  [
    draws(0),
    openly([0, 1], many),
    draws(1),
    openly([1], many),
    calls(['q']),
    { ...openly([0, 2], many), rewards: { 1: { point: 1 } } },
    openly([2], many),
    draws(2),
    openly([0, 1, 2], many),
  ],
  { seats: 3, answer: async (request) => ({ answer: request }) },
);

const played = table(environment, [gambler, listener, gambler], { hash: true, tries: 2 });

type Cut = { readonly steps: PlayedStep[]; readonly streams: { [label: string]: RngState } };

/** What a journal would hold after each step of an episode. */
async function cutsOf(whole: Table): Promise<Cut[]> {
  const cuts: Cut[] = [{ steps: [], streams: {} }];
  for await (const progress of playEpisode(whole)) {
    if (progress.kind !== 'step') continue;
    const streams = Object.fromEntries([...progress.streams].map(([label, rng]) => [label, rng.state()]));
    const steps = [...(cuts.at(-1) as Cut).steps, progress.step];
    cuts.push(JSON.parse(JSON.stringify({ steps, streams })) as Cut);
  }
  return cuts;
}

describe('an episode that is cut off and goes on', () => {
  it('ends byte for byte as if it had not been, wherever it is cut', async () => {
    const whole = await playOut(played);
    expect(whole.steps.some((step) => Object.values(step.seats ?? {}).some((decided) => decided.tries))).toBe(true);
    const cuts = await cutsOf(played);
    expect(cuts).toHaveLength(whole.steps.length + 1);
    for (const past of cuts) {
      const again = await playOut({ ...played, past });
      expect(JSON.stringify(again.steps)).toBe(JSON.stringify(whole.steps));
      expect(again.ending).toEqual(whole.ending);
      expect(await runEpisode({ ...played, past })).toEqual(whole.ending);
    }
  });

  it('marks what is past, and asks nobody for it', async () => {
    const [, , , cut] = await cutsOf(played);
    const asked: number[] = [];
    const counting: AgentFactory = ({ seat }) => ({
      manifest: { agent: 'counting' },
      act: () => {
        asked.push(seat);
        return { move: 'option 0' };
      },
    });
    const { all } = await playOut({ ...played, agents: [counting, counting, counting], past: cut as Cut });
    const past = all.flatMap((progress) => (progress.kind === 'step' ? [progress.past] : []));
    expect(past).toEqual([true, true, true, false, false, false, false, false, false]);
    expect(asked).toEqual([1, 0, 2, 2, 0, 1, 2]);
  });

  it('goes on by the clock where it stopped', async () => {
    let now = 1000;
    const clock = () => ++now;
    const first = await playOut(table(toy([asks([0]), asks([1])]), [yes, yes], { clock, limits: { steps: 1 } }));
    now = 500_000;
    const past = { steps: first.steps };
    const { steps } = await playOut(table(toy([asks([0]), asks([1])]), [yes, yes], { clock, past }));
    expect(steps[0]?.at).toBe(first.steps[0]?.at);
    expect(steps[1]?.at).toBeGreaterThan(steps[0]?.at as number);
    expect(steps[1]?.at).toBeLessThan(100);
  });
});

describe('a fork', () => {
  it('with other agents keeps the past and plays another future', async () => {
    const whole = await playOut(played);
    const past = { steps: whole.steps.slice(0, 4) };
    const other = agent(() => ({ move: 'option 39' }));
    const { steps } = await playOut({ ...played, seed: 'other', agents: [other, other, other], past });
    expect(steps.slice(0, 4)).toEqual(whole.steps.slice(0, 4));
    expect(steps[5]?.seats).toEqual({ 0: { move: 'option 39' }, 2: { move: 'option 39' } });
  });

  it('of an ended episode only ends again', async () => {
    const whole = await playOut(played);
    const refusing = agent(() => throwing(new Error('asked')));
    const past = { steps: whole.steps };
    const { ending } = await playOut({ ...played, agents: [refusing, refusing, refusing], past });
    expect(ending).toEqual(whole.ending);
  });

  it('of a past that leads elsewhere, or nowhere, is refused', async () => {
    const { steps } = await playOut(played);
    const [first, second] = steps as [PlayedStep, PlayedStep];
    const pasts: [PlayedStep[], string | RegExp][] = [
      [[{ ...first, hash: 'beef' }], /step 0 of the past leads to another state here \(\w{16}, recorded beef\)/],
      [[{ chance: 10 }], '10 is no listed outcome'],
      [[first, { ...second, seats: { 0: { move: 'option 0' } } }], 'seat 1: nothing is not offered'],
      [[first, {}], 'a step holds moves of seats, an outcome of chance, or answers'],
    ];
    for (const [past, reason] of pasts) {
      await expect(runEpisode({ ...played, past: { steps: past } })).rejects.toThrow(reason);
    }
  });
});

describe('the same seed', () => {
  it('gives the same episode, also with others running between its steps', async () => {
    const seeds = [1, 2, 3, 'four'];
    const alone = [];
    for (const seed of seeds) alone.push(JSON.stringify((await playOut({ ...played, seed })).all.map(plain)));
    const running = seeds.map((seed) => ({ episode: playEpisode({ ...played, seed }), seen: [] as unknown[] }));
    let left = running.length;
    while (left > 0) {
      left = 0;
      for (const { episode, seen } of running) {
        const { done, value } = await episode.next();
        if (done === true) continue;
        seen.push(plain(value));
        left++;
      }
    }
    expect(running.map(({ seen }) => JSON.stringify(seen))).toEqual(alone);
    expect(new Set(alone).size).toBe(seeds.length);
  });
});

function plain(progress: Progress): unknown {
  return progress.kind === 'started' ? progress.seats : { ...progress, streams: null };
}
