import { describe, expect, it } from 'vitest';
import random from '../../agents/random.js';
import goofspiel from '../../envs/goofspiel/index.js';
import kuhn from '../../envs/kuhn-poker/index.js';
import { readConfig } from '../../src/core/config.js';
import type { Environment } from '../../src/core/environment.js';
import { MoveRefused, UserError } from '../../src/core/errors.js';
import { Gym, type GymStep, make, type Observations, type Reset } from '../../src/core/gym.js';
import type { Json } from '../../src/core/json.js';
import { runEpisode } from '../../src/core/play.js';
import type { Seed } from '../../src/core/rng.js';
import { type Move, sample } from '../../src/core/space.js';
import { asks, calls, draws, openly, toy } from './toys.js';
import { speech, vocabulary } from './vocabulary.js';

function seatsOf(observations: Observations): number[] {
  return Object.keys(observations).map(Number);
}

/** A random move of every seat that is asked, from the seat's own stream as the random agent draws. */
function randomMoves(gym: Gym, observations: Observations): { [seat: number]: Move } {
  const moves = seatsOf(observations).map((seat) => {
    const { space, rng } = observations[seat] as Observations[number];
    return [seat, sample(gym.environment.spec, space, rng)] as const;
  });
  return Object.fromEntries(moves);
}

function over({ terminated, truncated }: GymStep): boolean {
  return terminated || truncated;
}

/** Plays at random to the end; the steps. */
async function playOut(gym: Gym, seed: Seed): Promise<{ reset: Reset; steps: GymStep[] }> {
  const reset = await gym.reset({ seed });
  const steps: GymStep[] = [];
  for (let last: Reset = reset; ; ) {
    const step = await gym.step(randomMoves(gym, last.observations));
    steps.push(step);
    if (over(step)) return { reset, steps };
    last = step;
  }
}

/** Everything a step or a reset tells, as text. */
function written(report: Reset): string {
  const texts = Object.values(report.observations).map(({ text }) => text);
  return JSON.stringify([report, texts]);
}

function sums(steps: readonly GymStep[]): number[] {
  const [first] = steps as [GymStep, ...GymStep[]];
  return first.rewards.map((_, seat) => steps.reduce((sum, { rewards }) => sum + (rewards[seat] as number), 0));
}

/** What each seat was asked with so far, in the view of a toy. */
function played(report: Reset): readonly Json[] {
  const [observation] = Object.values(report.observations);
  if (observation === undefined) throw new Error('nobody is asked');
  return (observation.view as { played: readonly Json[] }).played;
}

describe('reset and step', () => {
  it('tell what to do, what happened and what it paid, from the first move to the last', async () => {
    const gym = await make('tic-tac-toe');
    const reset = await gym.reset({ seed: 1 });
    expect(seatsOf(reset.observations)).toEqual([0]);
    expect(reset.observations[0]).toMatchObject({
      environment: 'tic-tac-toe',
      seat: 0,
      attempt: 1,
      fresh: 0,
      moves: [],
    });
    expect(reset.info).toEqual({ outcome: null, rewardParts: [{}, {}], events: [[], []] });

    const placed = { to: 'all', kind: 'placed', seat: 0, square: 'a1' };
    const { observations, ...first } = await gym.step({ 0: 'a1' });
    expect(seatsOf(observations)).toEqual([1]);
    expect(observations[1]?.events).toEqual([placed]);
    const info = { outcome: null, rewardParts: [{}, {}], events: [[placed], [placed]] };
    expect(first).toEqual({ rewards: [0, 0], terminated: false, truncated: false, info });

    for (const [seat, square] of [[1, 'b1'] as const, [0, 'a2'] as const, [1, 'b2'] as const]) {
      expect(over(await gym.step({ [seat]: square }))).toBe(false);
    }
    const last = await gym.step({ 0: 'a3' });
    expect(last).toMatchObject({ observations: {}, rewards: [1, -1], terminated: true, truncated: false });
    expect(last.info).toMatchObject({ outcome: 'x wins', rewardParts: [{ win: 1 }, { win: -1 }] });
    expect(last.info.events[0]?.map(({ kind }) => kind)).toEqual(['placed', 'won']);
  });

  it('play what chance does before a seat is asked, and tell it to whom it is for', async () => {
    const { observations, info } = await (await make('kuhn-poker', 'three')).reset({ seed: 1 });
    expect(seatsOf(observations)).toEqual([0]);
    expect(info.events.map((told) => told.map(({ kind, seat }) => [kind, seat]))).toEqual([
      [['dealt', 0]],
      [['dealt', 1]],
      [['dealt', 2]],
    ]);
  });

  it('ask all seats that move at once', async () => {
    const gym = new Gym(goofspiel, readConfig(goofspiel.spec));
    const { observations } = await gym.reset({ seed: 1 });
    expect(seatsOf(observations)).toEqual([0, 1]);
    const step = await gym.step(randomMoves(gym, observations));
    expect(seatsOf(step.observations)).toEqual([0, 1]);
  });

  it('count as fresh what a seat heard since it was last asked, and report each event once', async () => {
    const gym = new Gym(toy([openly([0]), openly([1]), openly([1]), openly([0, 1])]), {});
    const asked = [await gym.reset({ seed: 1 })];
    for (const seat of [0, 1, 1]) asked.push(await gym.step({ [seat]: 'yes' }));
    const fresh = ({ observations }: Reset) => Object.values(observations).map((each) => [each.seat, each.fresh]);
    // NOTE: `fresh` says from which event on a seat has not been asked yet.
    expect(asked.map(fresh)).toEqual([
      [[0, 0]],
      [[1, 0]],
      [[1, 1]],
      [
        [0, 0],
        [1, 2],
      ],
    ]);
    expect(asked.map(({ info }) => info.events.map((told) => told.length))).toEqual([
      [0, 0],
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
  });

  it('have calls answered by the environment', async () => {
    const answer = async (request: Json) => ({ found: request });
    const gym = new Gym(toy([calls(['x']), asks([0]), calls(['y', 'z']), asks([0])], { answer }), {});
    expect(played(await gym.reset({ seed: 1 }))).toEqual([{ answers: [{ found: 'x' }] }]);
    expect(played(await gym.step({ 0: 'no' })).slice(1)).toEqual([
      { seats: { 0: 'no' } },
      { answers: [{ found: 'y' }, { found: 'z' }] },
    ]);
  });

  it('say whether the rules or the horizon ended it', async () => {
    for (const truncated of [false, true]) {
      const gym = new Gym(toy([asks([0]), asks([1])], { truncated }), {});
      await gym.reset({ seed: 1 });
      expect(await gym.step({ 0: 'yes' })).toMatchObject({ terminated: false, truncated: false });
      const last = await gym.step({ 1: 'yes' });
      expect(last).toMatchObject({
        observations: {},
        terminated: !truncated,
        truncated,
        info: { outcome: 'played out' },
      });
    }
  });

  it('come in that order', async () => {
    const gym = new Gym(toy([asks([0]), calls(['slow']), asks([0])]), {});
    await expect(gym.step({ 0: 'yes' })).rejects.toThrow(new UserError('call reset() before step()'));
    await gym.reset({ seed: 1 });
    const step = gym.step({ 0: 'yes' });
    const reset = gym.reset({ seed: 2 });
    await expect(step).rejects.toThrow(UserError);
    expect(played(await reset)).toEqual([]);
  });

  it('take no step into an episode that is still being reset, and no two resets at once', async () => {
    const gym = new Gym(toy([calls(['slow']), draws(0), openly([0]), openly([0])]), {});
    const first = gym.reset({ seed: 1 });
    const early = gym.step({ 0: 'yes' });
    const second = gym.reset({ seed: 2 });
    const [one, two] = await Promise.allSettled([first, early]);
    expect(one).toMatchObject({ status: 'rejected', reason: expect.any(UserError) });
    expect(two).toMatchObject({ status: 'rejected', reason: expect.any(MoveRefused) });
    expect((await second).observations[0]).toMatchObject({ fresh: 0 });
    expect((await gym.step({ 0: 'yes' })).observations[0]).toMatchObject({ fresh: 1 });
  });
});

describe('seeds', () => {
  const lucky = () => new Gym(toy([...Array.from({ length: 8 }, () => draws(0)), asks([0])]), {});
  const drawn = async (gym: Gym, options?: { seed: Seed }) => JSON.stringify(played(await gym.reset(options)));

  it('give the same episode for the same moves', async () => {
    const gym = await make('werewolf', 'lspo-7');
    const once = await playOut(gym, 11);
    const again = await playOut(gym, '11');
    expect(again.steps.map(written)).toEqual(once.steps.map(written));
    expect(written(again.reset)).toBe(written(once.reset));
    expect(written((await playOut(gym, 12)).reset)).not.toBe(written(once.reset));
  });

  it('left out give another episode each time, in an order that follows from the last one given', async () => {
    const [gym, twin] = [lucky(), lucky()];
    const order: string[] = [];
    for (const options of [undefined, undefined, { seed: 5 }, undefined, undefined, { seed: 6 }, undefined]) {
      order.push(await drawn(gym, options));
    }
    expect(new Set(order).size).toBe(order.length);
    await twin.reset({ seed: 5 });
    expect([await drawn(twin), await drawn(twin)]).toEqual(order.slice(3, 5));
    expect(await drawn(twin, { seed: 5 })).toBe(order[2]);
    expect(await drawn(twin)).toBe(order[3]);
  });

  it('mean the same whatever other gyms do between the steps', async () => {
    const games: [string, string | undefined, Seed][] = [
      ['kuhn-poker', undefined, 1],
      ['kuhn-poker', 'three', 1],
      ['werewolf', 'lspo-4', 3],
      ['werewolf', 'lspo-4', 4],
      ['goofspiel', undefined, 'x'],
      ['liars-dice', undefined, 5],
    ];
    const alone: string[][] = [];
    for (const [id, preset, seed] of games) {
      const { reset, steps } = await playOut(await make(id, preset ?? {}), seed);
      alone.push([reset, ...steps].map(written));
    }
    const gyms = await Promise.all(games.map(([id, preset]) => make(id, preset ?? {})));
    const reports: Reset[][] = [];
    for (const [at, [, , seed]] of games.entries()) reports.push([await (gyms[at] as Gym).reset({ seed })]);
    const running = new Set(gyms.keys());
    while (running.size > 0) {
      for (const at of [...running]) {
        const own = reports[at] as Reset[];
        const step = await (gyms[at] as Gym).step(randomMoves(gyms[at] as Gym, (own.at(-1) as Reset).observations));
        own.push(step);
        if (over(step)) running.delete(at);
      }
    }
    // NOTE: written only now, so what is in an observation must still be of the time of asking.
    expect(reports.map((own) => own.map(written))).toEqual(alone);
  });
});

describe('moves', () => {
  const scenes = [draws(0), openly([0, 1]), draws(1), openly([0])];
  const ILLEGAL: [string, { [seat: number]: Move }, RegExp][] = [
    ['a move that is not offered', { 0: 'perhaps', 1: 'no' }, /^seat 0: "perhaps" is none of: yes, no/],
    ['a wrong move beside a right one', { 0: 'yes', 1: 3 }, /^seat 1: 3 is not offered/],
    ['a seat left out', { 0: 'yes' }, /^seat 1: nothing is not offered/],
    ['no seat at all', {}, /^seat 0: /],
    ['a seat too many', { 0: 'yes', 1: 'no', 2: 'yes' }, /^seat 2 is not to move now/],
    ['words that name two moves', { 0: 'yes or no', 1: 'no' }, /^seat 0: .*names 2 options/],
    ['two answers', { 0: '<answer>yes</answer><answer>no</answer>', 1: 'no' }, /^seat 0: 2 <answer> tags/],
  ];
  it.each(ILLEGAL)('%s: is refused whole, and nothing has changed', async (_, moves, reason) => {
    const [gym, untouched] = [new Gym(toy(scenes), {}), new Gym(toy(scenes), {})];
    const before = await gym.reset({ seed: 1 });
    const text = written(before);
    expect(written(await untouched.reset({ seed: 1 }))).toBe(text);
    const refused = await gym.step(moves).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(MoveRefused);
    expect((refused as MoveRefused).message).toMatch(reason);
    expect(written(before)).toBe(text);
    for (const next of [{ 0: 'yes', 1: 'no' }, { 0: 'no' }]) {
      expect(written(await gym.step(next))).toBe(written(await untouched.step(next)));
    }
  });

  it('after the end are refused', async () => {
    const gym = new Gym(toy([asks([0])]), {});
    await gym.reset({ seed: 1 });
    await gym.step({ 0: 'yes' });
    await expect(gym.step({ 0: 'yes' })).rejects.toThrow(new MoveRefused('the episode is over'));
    await expect(gym.step({})).rejects.toThrow(MoveRefused);
    expect(over(await gym.reset({ seed: 1 }).then(() => gym.step({ 0: 'yes' })))).toBe(true);
  });

  it.each(['Bet', ' bet.', '<think>check or bet?</think> BET', 'I raise: <answer>bet</answer>'])(
    'may come in words: %s',
    async (words) => {
      const gym = new Gym(kuhn, readConfig(kuhn.spec));
      await gym.reset({ seed: 1 });
      expect((await gym.step({ 0: words })).info.events[1]).toEqual([
        { to: 'all', kind: 'acted', seat: 0, action: 'bet' },
      ]);
    },
  );

  it('of the other spaces may come in words too', async () => {
    const form = { kind: 'form', form: 'offer', limits: 5 } as const;
    const tools = { kind: 'tools', tools: ['add'] } as const;
    const plain = toy([asks([0], speech), asks([0], speech), asks([0], form), asks([0], tools), asks([0])]);
    const gym = new Gym({ ...plain, spec: { ...plain.spec, ...vocabulary } }, {});
    await gym.reset({ seed: 1 });
    await gym.step({ 0: 'as it is' });
    await gym.step({ 0: 'Let me see. <answer>hello</answer>' });
    await gym.step({ 0: '{"take": 2}' });
    const call = { name: 'add', args: { a: 1, b: 2 } };
    const last = await gym.step({ 0: `<answer>${JSON.stringify(call)}</answer>` });
    expect(played(last)).toEqual(
      ['as it is', 'hello', { take: 2, note: '' }, [{ id: 'call_0', ...call }]].map((move) => ({ seats: { 0: move } })),
    );
  });
});

describe('rewards', () => {
  it('are weighted, and come with the step that paid them', async () => {
    const paying = [
      { ...draws(0), rewards: { 0: { point: 1 } } },
      { ...asks([0]), rewards: { 1: { point: -0.5 } } },
      { ...draws(0), rewards: { 1: { point: 2 } } },
      asks([1]),
      asks([0]),
    ];
    const gym = new Gym(toy(paying), {});
    expect((await gym.reset({ seed: 1 })).info.rewardParts).toEqual([{ point: 1 }, {}]);
    // NOTE: a reset has no rewards of its own, so what was paid before the first move comes with the first step.
    expect((await gym.step({ 0: 'yes' })).rewards).toEqual([2, 3]);
    expect((await gym.step({ 1: 'yes' })).rewards).toEqual([0, 0]);
    expect(await gym.step({ 0: 'yes' })).toMatchObject({
      rewards: [0, 0],
      info: { rewardParts: [{ point: 1 }, { point: 1.5 }] },
    });
    await gym.reset({ seed: 1 });
    expect((await gym.step({ 0: 'yes' })).rewards).toEqual([2, 3]);
  });

  it('that would betray a secret come with the last step, and not earlier', async () => {
    const parts = {
      open: { says: 'seen at once', weight: 2, told: 'at once' },
      secret: { says: 'seen at the end', weight: 10, told: 'end' },
    } as const;
    const paying = [
      { ...asks([0]), rewards: { 0: { open: 1, secret: 1 }, 1: { secret: -1 } } },
      asks([1]),
      { ...asks([0]), rewards: { 0: { open: 3 } } },
    ];
    const gym = new Gym(toy(paying, { parts }), {});
    await gym.reset({ seed: 1 });
    const first = await gym.step({ 0: 'yes' });
    expect(first).toMatchObject({ rewards: [2, 0], info: { rewardParts: [{ open: 1 }, {}] } });
    expect(first.info.rewardParts[1]).toEqual({});
    expect(JSON.stringify(first.observations)).not.toContain('secret');
    expect((await gym.step({ 1: 'yes' })).rewards).toEqual([0, 0]);
    const last = await gym.step({ 0: 'yes' });
    expect(last.rewards).toEqual([16, -10]);
    expect(last.info.rewardParts).toEqual([{ open: 4, secret: 1 }, { secret: -1 }]);
  });

  it.each<[string, string | undefined]>([
    ['kuhn-poker', undefined],
    ['kuhn-poker', 'three'],
    ['werewolf', 'lspo-7'],
  ])('of all steps add up to the returns of the same episode in the step loop: %s %s', async (id, preset) => {
    const gym = await make(id, preset ?? {});
    for (let seed = 0; seed < 10; seed++) {
      const { steps } = await playOut(gym, seed);
      const returns = await loopReturns(gym.environment, gym, seed);
      expect(returns.some((each) => each !== 0)).toBe(true);
      for (const [seat, sum] of sums(steps).entries()) expect(sum).toBeCloseTo(returns[seat] as number, 9);
    }
  });

  it('of a Werewolf game keep votes and eliminations back until everybody may know', async () => {
    const gym = await make('werewolf', 'lspo-7');
    let keptBack = 0;
    for (let seed = 0; seed < 10; seed++) {
      const { steps } = await playOut(gym, seed);
      const last = steps.at(-1) as GymStep;
      const votes = steps.findIndex(({ info }) => info.events[0]?.some(({ kind }) => kind === 'votes'));
      for (const { rewards, info } of steps.slice(0, -1)) {
        expect(info.rewardParts.flatMap((parts) => Object.keys(parts)).filter((part) => SECRET.includes(part))).toEqual(
          [],
        );
        // NOTE: 5 for a round survived and 10 for being voted out; a vote told early would be worth 20.
        for (const reward of rewards) expect([0, 5, -10]).toContain(reward);
      }
      const told = last.info.rewardParts.flatMap((parts) => Object.keys(parts));
      if (votes >= 0 && votes < steps.length - 1 && SECRET.every((part) => told.includes(part))) keptBack++;
    }
    expect(keptBack).toBeGreaterThan(3);
  });
});

const SECRET = ['vote', 'elimination'];

/** The returns when random agents play the same seed through the step loop. */
async function loopReturns(environment: Environment, { config }: Gym, seed: Seed): Promise<readonly number[]> {
  const agent = await random.open('');
  const { seats } = environment.spec.facts(config);
  const agents = Array.from({ length: seats }, () => agent);
  const { returns } = await runEpisode({ environment, config, seed, agents });
  if (returns === null) throw new Error('the loop gave no returns');
  return returns;
}

describe('make', () => {
  it('takes a preset by name, or fields over a preset or the defaults', async () => {
    expect((await make('kuhn-poker', 'three')).config).toEqual({ players: 3 });
    expect((await make('kuhn-poker', { players: 3 })).config).toEqual({ players: 3 });
    expect((await make('kuhn-poker')).config).toEqual({ players: 2 });
    const { config } = await make('werewolf', { preset: 'arena-8', 'roles.hunter': 1, 'talk.maxChars': 100 });
    expect(config).toMatchObject({
      roles: { villager: 4, hunter: 1 },
      talk: { order: 'bidding', maxChars: 100 },
      vote: { majority: 'strict' },
    });
  });

  it.each<[string, string, string | { [field: string]: Json }, RegExp]>([
    ['id', 'tic-tac-to', {}, /no environment "tic-tac-to"; did you mean tic-tac-toe\?/],
    ['preset', 'kuhn-poker', 'tree', /no preset "tree"; did you mean three\?/],
    ['field', 'kuhn-poker', { player: 3 }, /config player: there is no such field; did you mean players\?/],
    ['kind of preset', 'kuhn-poker', { preset: 3 }, /config preset: takes the name of a preset, got 3/],
  ])('refuses an unknown %s in words', async (_, id, config, words) => {
    const refused = await make(id, config).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UserError);
    expect((refused as UserError).message).toMatch(words);
  });
});
