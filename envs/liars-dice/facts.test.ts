import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/core/config.js';
import type { ActTurn } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import type { Json } from '../../src/core/json.js';
import type { ChoiceSpace } from '../../src/core/space.js';
import { expectedReturns, nashConv, oneSeat, type Strategy, uniform } from '../../test/best-response.js';
import { survey } from '../../test/survey.js';
import { growTree } from '../../test/tree.js';
import liarsDice from './index.js';
import { chanceOf, chances } from './scripted.js';
import type { Config, View } from './types.js';

const configOf = (set: { readonly [field: string]: Json }) => readConfig(liarsDice.spec, { set });

/** The configuration with its own types, for the scripted player. */
const typed = (config: ReturnType<typeof configOf>) => liarsDice.spec.config.parse(config) as unknown as Config;

function script(config: Config): Strategy {
  return ({ options, view }) => chances(config, view as View, options);
}

function played(set: { readonly [field: string]: Json }, dice: readonly number[], moves: readonly string[]): Episode {
  const episode = new Episode(liarsDice, configOf(set));
  for (const face of dice) episode.apply({ chance: face });
  for (const [at, move] of moves.entries()) episode.apply({ seats: { [at % episode.facts.seats]: move } });
  return episode;
}

function offered({ turn }: Episode): string[] {
  const [space] = Object.values((turn as ActTurn).spaces);
  return (space as ChoiceSpace).options.map(({ id }) => id);
}

/** Counted by `bids` = seats x dice x faces: every set of bids is one rising sequence, and all but the empty can be called. */
function counts(seats: number, dice: number, faces: number) {
  const rolls = faces ** (seats * dice);
  const sequences = 2 ** (seats * dice * faces);
  return {
    histories: { chance: (rolls - 1) / (faces - 1), decision: rolls * sequences, terminal: rolls * (sequences - 1) },
    states: faces ** dice * sequences,
  };
}

// SEE: OpenSpiel 2.0.1, tabular_best_response_mdp_test.cc, for the 24,576 information states and the NashConv.
describe('one die each, six faces, six wild', () => {
  const config = configOf({});
  const tree = growTree(liarsDice, config);

  it('has 24,576 information states: 2 seats, 6 faces, 2^11 of the 2^12 rising sequences of bids each', () => {
    expect(tree.states).toHaveLength(24_576);
    expect(2 * 6 * 2 ** 11).toBe(24_576);
  });

  it('has 7 chance, 147,456 decision and 147,420 terminal histories, the longest of 15 steps', () => {
    const { histories, longest } = survey(liarsDice, config);
    expect(histories).toEqual({ chance: 7, decision: 147_456, terminal: 147_420 });
    expect(histories).toEqual(counts(2, 1, 6).histories);
    expect(longest).toBe(liarsDice.spec.facts(config).horizon);
  });

  it('has a NashConv of 1.561488646384479 under uniform play, worth -0.0324 to player_0', () => {
    expect(nashConv(tree, uniform)).toBeCloseTo(1.561488646384479, 12);
    expect(expectedReturns(tree, uniform)[0]).toBeCloseTo(-0.0324, 4);
  });

  it('pays a scripted player 0.6804 and 0.6617 against uniform play; between two of them NashConv is 0.8031', () => {
    const sensible = script(typed(config));
    expect(expectedReturns(tree, oneSeat(sensible, 0))[0]).toBeCloseTo(0.6804, 4);
    expect(expectedReturns(tree, oneSeat(sensible, 1))[1]).toBeCloseTo(0.6617, 4);
    expect(nashConv(tree, sensible)).toBeCloseTo(0.8031, 4);
    expect(expectedReturns(tree, sensible)[0]).toBeCloseTo(0.0899, 4);
  });
});

describe.each([
  { seats: 2, dice: 1, faces: 4, wild: false },
  { seats: 2, dice: 2, faces: 2, wild: true },
  { seats: 3, dice: 1, faces: 3, wild: true },
  { seats: 4, dice: 1, faces: 2, wild: false },
])('with %o', ({ seats, dice, faces, wild }) => {
  const config = configOf({ seats, dice, faces, wild });
  const found = survey(liarsDice, config);
  const { histories, states } = counts(seats, dice, faces);

  it('has the histories of the closed form', () => {
    expect(found.histories).toEqual(histories);
  });

  it('keeps to its declared bounds and reaches them', () => {
    const { horizon, utility } = liarsDice.spec.facts(config);
    expect(found.longest).toBe(horizon);
    expect(found.returns).toEqual({ min: utility.min, max: utility.max, imbalance: 0 });
  });

  it('tells a die to its owner and everything else to all', () => {
    const all = ['all'];
    expect(found.addressees).toEqual({ rolled: ['its seat'], bid: all, called: all, shown: all, won: all });
    expect(Object.keys(found.addressees).sort()).toEqual(Object.keys(liarsDice.spec.events).sort());
  });

  it('encodes every information state as another vector', () => {
    const tree = growTree(liarsDice, config);
    const { length, encode } = liarsDice.vector?.(config) ?? { length: 0, encode: () => new Float32Array() };
    const vectors = tree.states.map(({ view }) => encode(view));
    expect(vectors.every((vector) => vector.length === length)).toBe(true);
    expect(tree.states).toHaveLength(states);
    expect(new Set(vectors.map((vector) => vector.join(''))).size).toBe(states);
  });
});

describe('bidding', () => {
  it('opens with any bid but no call', () => {
    expect(offered(played({ faces: 2 }, [1, 2], []))).toEqual(['bid 1x1', 'bid 1x2', 'bid 2x1', 'bid 2x2']);
  });

  it('goes on with a higher quantity, or a higher face of the same', () => {
    expect(offered(played({ faces: 3 }, [1, 2], ['bid 1x2']))).toEqual([
      'bid 1x3',
      'bid 2x1',
      'bid 2x2',
      'bid 2x3',
      'liar',
    ]);
  });

  it('leaves only the call after the highest bid', () => {
    expect(offered(played({}, [1, 2], ['bid 2x6']))).toEqual(['liar']);
  });
});

describe('a call', () => {
  it.each<[why: string, set: { readonly [field: string]: Json }, dice: number[], moves: string[], pays: number[]]>([
    ['the bid is true', {}, [3, 1], ['bid 1x3', 'liar'], [1, -1]],
    ['the bid is false', {}, [2, 1], ['bid 1x3', 'liar'], [-1, 1]],
    ['more than was bid is true as well', {}, [3, 3], ['bid 1x3', 'liar'], [1, -1]],
    ['a six counts as three', {}, [3, 6], ['bid 2x3', 'liar'], [1, -1]],
    ['a six counts as itself', {}, [6, 6], ['bid 2x6', 'liar'], [1, -1]],
    ['a three does not count as six', {}, [3, 6], ['bid 2x6', 'liar'], [-1, 1]],
    ['without wild sixes a six is no three', { wild: false }, [3, 6], ['bid 2x3', 'liar'], [-1, 1]],
    ['the last bid counts, not the one before', {}, [3, 1], ['bid 1x3', 'bid 1x4', 'liar'], [1, -1]],
    ['the wild face is the highest there is', { faces: 4 }, [4, 1], ['bid 2x1', 'liar'], [1, -1]],
    ['dice of a hand add up', { dice: 2 }, [5, 5, 6, 1], ['bid 3x5', 'liar'], [1, -1]],
    ['a third seat is not touched', { seats: 3 }, [2, 2, 1], ['bid 1x5', 'bid 2x2', 'liar'], [0, 1, -1]],
    [
      'the bidder may sit after the caller',
      { seats: 3 },
      [1, 2, 3],
      ['bid 1x1', 'bid 1x2', 'bid 3x3', 'liar'],
      [1, 0, -1],
    ],
  ])('%s', (_, set, dice, moves, pays) => {
    const episode = played(set, dice, moves);
    expect(episode.turn.kind).toBe('over');
    expect(episode.returns().map((amount) => amount + 0)).toEqual(pays);
  });
});

describe('dice', () => {
  it('are seen by their owner alone until the call, then by all', () => {
    const before = played({ dice: 2 }, [5, 1, 6, 2], ['bid 1x5']);
    const after = played({ dice: 2 }, [5, 1, 6, 2], ['bid 1x5', 'liar']);
    expect(liarsDice.view(before.state, 1)).toMatchObject({ dice: [null, [6, 2]] });
    expect(liarsDice.view(before.state, 'public')).toMatchObject({ dice: [null, null] });
    expect(liarsDice.view(after.state, 'public')).toMatchObject({
      dice: [
        [5, 1],
        [6, 2],
      ],
    });
  });
});

describe('the chance of a bid given the own dice', () => {
  const five = typed(configOf({ dice: 5 }));
  it.each([
    ['1x3', [3, 1, 1, 2, 2], 1],
    ['1x3', [1, 1, 2, 2, 4], 1 - (4 / 6) ** 5],
    ['1x6', [1, 1, 2, 2, 4], 1 - (5 / 6) ** 5],
    ['5x3', [1, 1, 2, 2, 4], (2 / 6) ** 5],
    ['6x3', [1, 1, 2, 2, 4], 0],
    ['3x3', [6, 3, 1, 1, 1], 1 - (4 / 6) ** 5],
  ])('%s with %o', (bid, own, chance) => {
    expect(chanceOf(bid, own, five)).toBeCloseTo(chance, 12);
  });
});
