import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/core/config.js';
import { Episode } from '../../src/core/episode.js';
import { expectedReturns, nashConv, oneSeat, type Strategy, uniform } from '../../test/best-response.js';
import { survey } from '../../test/survey.js';
import { growTree } from '../../test/tree.js';
import type { View } from './cards.js';
import kuhn from './index.js';
import { boldness } from './scripted.js';

/** Every deal with every way to play it, and what player_0 gets. */
const PAYOFFS: readonly [cards: string, actions: string, pays: number][] = [
  ['JQ', 'check check', -1],
  ['JQ', 'check bet fold', -1],
  ['JQ', 'check bet call', -2],
  ['JQ', 'bet fold', 1],
  ['JQ', 'bet call', -2],
  ['JK', 'check check', -1],
  ['JK', 'check bet fold', -1],
  ['JK', 'check bet call', -2],
  ['JK', 'bet fold', 1],
  ['JK', 'bet call', -2],
  ['QJ', 'check check', 1],
  ['QJ', 'check bet fold', -1],
  ['QJ', 'check bet call', 2],
  ['QJ', 'bet fold', 1],
  ['QJ', 'bet call', 2],
  ['QK', 'check check', -1],
  ['QK', 'check bet fold', -1],
  ['QK', 'check bet call', -2],
  ['QK', 'bet fold', 1],
  ['QK', 'bet call', -2],
  ['KJ', 'check check', 1],
  ['KJ', 'check bet fold', -1],
  ['KJ', 'check bet call', 2],
  ['KJ', 'bet fold', 1],
  ['KJ', 'bet call', 2],
  ['KQ', 'check check', 1],
  ['KQ', 'check bet fold', -1],
  ['KQ', 'check bet call', 2],
  ['KQ', 'bet fold', 1],
  ['KQ', 'bet call', 2],
];

const two = readConfig(kuhn.spec);
const three = readConfig(kuhn.spec, { preset: 'three' });

/** The scripted player as a strategy: check and fold are listed beside bet and call. */
function script(players: number): Strategy {
  return ({ options, view }) => {
    const bold = boldness(view as View, players);
    return options.map((id) => (id === 'bet' || id === 'call' ? bold : 1 - bold));
  };
}

// SEE: H. W. Kuhn, "Simplified two-person poker", 1950, for the game and its value; OpenSpiel 2.0.1 for counts and
// NashConv (api_test.py, tabular_exploitability_test.cc, expected_game_score_test.py, sequence_form_lp_test.py).
// The payoffs follow from the rules: ante 1, one bet of 1, the higher card wins a showdown.
describe('two players', () => {
  const all = survey(kuhn, two);
  const tree = growTree(kuhn, two);

  it('has 4 chance, 24 decision and 30 terminal histories, and 12 information states', () => {
    expect(all.histories).toEqual({ chance: 4, decision: 24, terminal: 30 });
    expect(tree.states).toHaveLength(12);
  });

  it.each(PAYOFFS)('%s: %s pays player_0 %i', (cards, actions, pays) => {
    const episode = new Episode(kuhn, two);
    for (const card of cards) episode.apply({ chance: card });
    for (const [at, action] of actions.split(' ').entries()) episode.apply({ seats: { [at % 2]: action } });
    expect(episode.turn.kind).toBe('over');
    expect(episode.returns()).toEqual([pays, -pays]);
  });

  it('is worth 1/8 to player_0 under uniform play, whose NashConv is 11/12', () => {
    expect(expectedReturns(tree, uniform)[0]).toBeCloseTo(1 / 8, 12);
    expect(nashConv(tree, uniform)).toBeCloseTo(11 / 12, 12);
  });

  it('is worth -1/18 to player_0 between scripted players, who cannot be exploited', () => {
    expect(expectedReturns(tree, script(2))[0]).toBeCloseTo(-1 / 18, 12);
    expect(nashConv(tree, script(2))).toBeCloseTo(0, 12);
  });

  it('pays one scripted player 1/6 against uniform play in either seat', () => {
    expect(expectedReturns(tree, oneSeat(script(2), 0))[0]).toBeCloseTo(1 / 6, 12);
    expect(expectedReturns(tree, oneSeat(script(2), 1))[1]).toBeCloseTo(1 / 6, 12);
  });

  it('keeps to its declared bounds and reaches them', () => {
    const { horizon, utility } = kuhn.spec.facts(two);
    expect(all.longest).toBe(horizon);
    expect(all.returns).toEqual({ min: utility.min, max: utility.max, imbalance: 0 });
  });
});

describe('three players', () => {
  const all = survey(kuhn, three);
  const tree = growTree(kuhn, three);

  it('has 17 chance, 288 decision and 312 terminal histories, and 48 information states', () => {
    expect(all.histories).toEqual({ chance: 17, decision: 288, terminal: 312 });
    expect(tree.states).toHaveLength(48);
  });

  it('has a NashConv of 2.0625 under uniform play', () => {
    expect(nashConv(tree, uniform)).toBeCloseTo(2.0625, 12);
  });

  it.each([
    [0, 0.229166666667],
    [1, 0.260416666667],
    [2, 0.276041666667],
  ])('pays a scripted player in seat %i %d against uniform play', (seat, pays) => {
    expect(expectedReturns(tree, oneSeat(script(3), seat))[seat]).toBeCloseTo(pays, 12);
  });

  it('leaves scripted players a NashConv of 0.2999', () => {
    expect(nashConv(tree, script(3))).toBeCloseTo(0.299916666667, 12);
  });

  it('keeps to its declared bounds and reaches them', () => {
    const { horizon, utility } = kuhn.spec.facts(three);
    expect(all.longest).toBe(horizon);
    expect(all.returns).toEqual({ min: utility.min, max: utility.max, imbalance: 0 });
  });
});

describe.each([two, three])('who is told, with %o', (config) => {
  it('tells a card to its owner and everything else to all', () => {
    const { addressees } = survey(kuhn, config);
    expect(addressees).toEqual({ dealt: ['its seat'], acted: ['all'], showdown: ['all'], won: ['all'] });
    expect(Object.keys(addressees).sort()).toEqual(Object.keys(kuhn.spec.events).sort());
  });
});
