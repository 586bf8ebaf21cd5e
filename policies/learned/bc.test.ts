import { beforeAll, describe, expect, it } from 'vitest';
import random from '../../agents/random.js';
import scripted from '../../agents/scripted.js';
import type { View } from '../../envs/kuhn-poker/cards.js';
import kuhn from '../../envs/kuhn-poker/index.js';
import { boldness } from '../../envs/kuhn-poker/scripted.js';
import { Recorder } from '../../replays/recorder.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import { supplies } from '../../src/arena/supplies.js';
import type { AgentFactory } from '../../src/core/agent.js';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import { runEpisode } from '../../src/core/play.js';
import { stream } from '../../src/core/rng.js';
import { profileByAsking } from '../ask.js';
import { gameOf } from '../game.js';
import type { Learning, Supplies } from '../learner.js';
import { type GameTree, type Profile, uniformProfile } from '../tree/game-tree.js';
import bc from './bc.js';
import { TreeWalk } from './deep/tree-walk.js';
import { networkProfile } from './learned.testing.js';

const config = readConfig(kuhn.spec);
const on = gameOf(kuhn, config);
const AGENTS = { scripted: scripted.open('') as AgentFactory, random: random.open('') as AgentFactory };
const SMALL = { batch: 256, learningRate: 3e-3, hidden: [32, 32], heldOut: 0 };

/** NOTE: in memory, since reading thousands of lines again for every test would take most of its time. */
const lists: { [name: string]: readonly EpisodeRecord[] } = {};
beforeAll(async () => {
  lists.scripted = await played(['scripted', 'scripted'], 12_000);
  lists.few = lists.scripted.slice(0, 2000);
  lists.mixed = await played(['scripted', 'random'], 3000);
});

/** Records of Kuhn poker between these agents. */
async function played(specs: readonly (keyof typeof AGENTS)[], episodes: number): Promise<EpisodeRecord[]> {
  const agents = specs.map((spec) => AGENTS[spec]);
  const found: EpisodeRecord[] = [];
  for (let seed = 0; seed < episodes; seed++) {
    const recorder = new Recorder({ environment: kuhn, config, seed });
    const ending = await runEpisode({ environment: kuhn, config, seed, agents }, (told) => {
      if (told.kind === 'started') recorder.begin(told);
      else if (told.kind === 'step') recorder.step(told);
    });
    found.push(JSON.parse(recorder.line(ending)) as EpisodeRecord);
  }
  return found;
}

const inMemory: Supplies = {
  ...supplies(new Catalogue()),
  async *records(name) {
    yield* lists[name] ?? [];
  },
};

async function cloned(options: object, iterations: number, seed = '1', game = on): Promise<Learning> {
  const learning = await bc.open(game, { ...SMALL, records: 'few', ...options }, stream(seed, 'test'), inMemory);
  for (let at = 0; at < iterations; at++) await learning.iterate();
  return learning;
}

async function profileOf(learning: Learning): Promise<Profile> {
  const { files } = await learning.policy();
  return networkProfile(new TreeWalk(on), files['policy.onnx'] as Uint8Array);
}

/** What the scripted player does, exactly. */
function scriptedProfile(): Promise<Profile> {
  return profileByAsking(on.tree(), kuhn, config, () => ({ view, space }) => {
    const bold = boldness(view as View, 2);
    return space.kind !== 'choice'
      ? []
      : space.options.map(({ id }) => (id === 'bet' || id === 'call' ? bold : 1 - bold));
  });
}

/** How often two players who draw with the same luck choose the same, where the first of them leads; for one seat or all. */
function agreement(tree: GameTree, one: Profile, other: Profile, seat?: number): number {
  const met = { weight: 0, same: 0 };
  const visit = (node: number, reach: number): void => {
    const state = tree.at[node] as number;
    const actor = tree.actor[node] as number;
    const from = tree.states.offset[state] as number;
    for (let option = 0; option < (tree.children[node] as number); option++) {
      const child = (tree.first[node] as number) + option;
      const own = actor < 0 ? (tree.chance[child] as number) : (one[from + option] as number);
      if (actor >= 0 && (seat === undefined || actor === seat)) {
        met.weight += reach * own;
        met.same += reach * Math.min(own, other[from + option] as number);
      }
      if (own > 0) visit(child, reach * own);
    }
  };
  visit(0, 1);
  return met.same / met.weight;
}

describe('a clone of the scripted player of Kuhn poker', () => {
  it('agrees with it in more than 99 of 100 moves; one that learnt nothing does not', async () => {
    const player = await scriptedProfile();
    const learning = await cloned({ records: 'scripted', batch: 1024 }, 25);
    expect(agreement(on.tree(), player, await profileOf(learning))).toBeGreaterThan(0.99);
    expect(agreement(on.tree(), player, await profileOf(await cloned({}, 0)))).toBeLessThan(0.9);
    await learning.close();
  });

  it('reports how it does on episodes that it never learnt from', async () => {
    const learning = await cloned({ heldOut: 0.3 }, 12);
    const figures = await learning.iterate();
    // NOTE: most moves are certain and some are drawn with a third; by hand nobody can do better than the player itself.
    expect(figures['held-out accuracy']).toBeGreaterThan(0.8);
    expect(figures['held-out accuracy']).toBeLessThan(0.97);
    expect(
      (figures['held out'] as number) / ((figures['held out'] as number) + (figures.choices as number)),
    ).toBeCloseTo(0.3, 1);
    await learning.close();
  });

  it('learns from one agent alone where records hold several', async () => {
    const [player, uniform] = [await scriptedProfile(), uniformProfile(on.tree())];
    const of = async (agent: string) => profileOf(await cloned({ records: 'mixed', agent }, 12));
    // NOTE: the scripted player sat in the first seat, the random one in the second.
    const [same, other] = [await of('scripted'), await of('random')];
    expect(agreement(on.tree(), player, same, 0)).toBeGreaterThan(0.97);
    expect(agreement(on.tree(), uniform, other, 1)).toBeGreaterThan(0.97);
  });

  it('of winners alone folds less than the player does', async () => {
    const player = await scriptedProfile();
    const clone = await profileOf(await cloned({ winners: true }, 20));
    // NOTE: who folds has lost, so no winner ever did.
    const folds = (profile: Profile): number =>
      on.tree().states.options.reduce((sum, options, state) => {
        const at = options.indexOf('fold');
        return at < 0 ? sum : sum + (profile[(on.tree().states.offset[state] as number) + at] as number);
      }, 0);
    expect(folds(player)).toBeGreaterThan(2);
    expect(folds(clone)).toBeLessThan(1);
  });

  it('goes on from a saved state as if it had never stopped', async () => {
    const whole = await cloned({}, 4);
    const before = await cloned({}, 2);
    const after = await cloned({}, 0);
    await after.restore(await before.save());
    for (let at = 0; at < 2; at++) await after.iterate();
    expect((await after.save()).files).toEqual((await whole.save()).files);
    for (const learning of [whole, before, after]) await learning.close();
  });
});

describe('refusals', () => {
  it.each([
    [{ records: '' }, /say which records to learn from with the option records/],
    [{ agent: 'human' }, /holds 2000 records and no choice to learn from; wanted are choices of the agent "human"/],
    [{ learns: 'card=A' }, /no choice to learn from; wanted are choices of seats that learn \("card=A"\)/],
    [{ heldout: 1 }, /option heldout: there is no such field; did you mean "?heldOut/],
  ])('%j', async (options, message) => {
    await expect(cloned(options, 0)).rejects.toThrow(message);
  });

  it('what cannot be read, by its place', async () => {
    const opening = bc.open(on, { records: 'package.json' }, stream('1', 'test'), supplies(new Catalogue()));
    await expect(opening).rejects.toThrow(/package\.json:1: /);
  });

  it('another configuration and another environment', async () => {
    const three = gameOf(kuhn, readConfig(kuhn.spec, { set: { players: 3 } }));
    await expect(cloned({}, 0, '1', three)).rejects.toThrow(
      /is of kuhn-poker with another configuration: \{"players":2\}/,
    );
    const leduc = await new Catalogue().environment('leduc-poker');
    await expect(cloned({}, 0, '1', gameOf(leduc, readConfig(leduc.spec)))).rejects.toThrow(
      'the record is of kuhn-poker, not of leduc-poker',
    );
  });
});
