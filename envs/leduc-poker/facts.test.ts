import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/core/config.js';
import { Episode } from '../../src/core/episode.js';
import { expectedReturns, nashConv, oneSeat, type Strategy, uniform } from '../../test/best-response.js';
import { survey } from '../../test/survey.js';
import { growTree } from '../../test/tree.js';
import leduc from './index.js';
import { chances } from './scripted.js';
import type { View } from './types.js';

/** Deals (own cards in seat order, then the board) played to the end, and what player_0 gets. */
const PAYOFFS: readonly [cards: string, first: string, second: string, pays: number][] = [
  // Folding loses what was put in: the ante, and the raises met so far.
  ['Ks Js', 'raise fold', '', 1],
  ['Js Ks', 'check raise fold', '', -1],
  ['Js Ks', 'raise raise fold', '', -3],
  ['Js Ks', 'check raise raise fold', '', 3],
  ['Js Ks Qs', 'check check', 'raise fold', 1],
  ['Js Ks Qs', 'check check', 'raise raise fold', -5],
  ['Js Ks Qs', 'raise raise call', 'check raise raise fold', 9],
  ['Js Ks Qs', 'raise call', 'check raise fold', -3],
  // Without a pair the higher rank wins.
  ['Ks Qs Js', 'check check', 'check check', 1],
  ['Js Qs Ks', 'check check', 'check check', -1],
  ['Js Qh Kh', 'raise call', 'check check', -3],
  // A pair with the board wins, whatever its rank.
  ['Js Ks Jh', 'check check', 'check check', 1],
  ['Ks Js Jh', 'check check', 'raise call', -5],
  ['Qs Ks Qh', 'raise raise call', 'raise raise call', 13],
  ['Qs Ks Kh', 'check raise raise call', 'check raise raise call', -13],
  // Equal ranks share the pot.
  ['Js Jh Ks', 'raise raise call', 'raise raise call', 0],
  ['Kh Ks Qs', 'check check', 'check raise call', 0],
];

const apart = readConfig(leduc.spec);
const merged = readConfig(leduc.spec, { preset: 'merged' });

const script: Strategy = ({ options, view }) => chances(view as View, options);

function playedOut(config: typeof apart, cards: readonly string[], rounds: readonly string[]): Episode {
  const episode = new Episode(leduc, config);
  for (const card of cards.slice(0, 2)) episode.apply({ chance: card });
  for (const round of rounds) {
    if (episode.turn.kind === 'chance') episode.apply({ chance: cards[2] as string });
    for (const [at, action] of round.split(' ').entries()) episode.apply({ seats: { [at % 2]: action } });
  }
  return episode;
}

// SEE: F. Southey et al., "Bayes' bluff: opponent modelling in poker", 2005, for the game. OpenSpiel 2.0.1 for counts
// and values (api_test.py, history_tree_test.cc, tabular_exploitability_test.cc). The payoffs follow from the rules.
describe.each([
  { config: apart, histories: { chance: 157, decision: 3780, terminal: 5520 }, all: 9457, states: 936 },
  { config: merged, histories: { chance: 49, decision: 774, terminal: 1116 }, all: 1939, states: 288 },
])('with suits $config.suits', ({ config, histories, all, states }) => {
  const found = survey(leduc, config);
  const tree = growTree(leduc, config);

  it(`has ${all} histories and ${states} information states`, () => {
    expect(found.histories).toEqual(histories);
    expect(histories.chance + histories.decision + histories.terminal).toBe(all);
    expect(tree.states).toHaveLength(states);
  });

  it('is worth -0.078125 to player_0 under uniform play, whose NashConv is 4.747222222222222', () => {
    expect(expectedReturns(tree, uniform)[0]).toBeCloseTo(-0.078125, 12);
    expect(nashConv(tree, uniform)).toBeCloseTo(4.747222222222222, 12);
  });

  it('pays a scripted player 0.8791 and 1.0991 against uniform play; between two of them NashConv is 1.1453', () => {
    expect(expectedReturns(tree, oneSeat(script, 0))[0]).toBeCloseTo(0.8791, 4);
    expect(expectedReturns(tree, oneSeat(script, 1))[1]).toBeCloseTo(1.0991, 4);
    expect(expectedReturns(tree, script)[0]).toBeCloseTo(-0.0952, 4);
    expect(nashConv(tree, script)).toBeCloseTo(1.1453, 4);
  });

  it('keeps to its declared bounds and reaches them', () => {
    const { horizon, utility } = leduc.spec.facts(config);
    expect(found.longest).toBe(horizon);
    expect(found.returns).toEqual({ min: utility.min, max: utility.max, imbalance: 0 });
  });

  it('tells a card to its owner and everything else to all', () => {
    const all = ['all'];
    const told = { dealt: ['its seat'], board: all, acted: all, showdown: all, won: all, split: all };
    expect(found.addressees).toEqual(told);
    expect(Object.keys(told).sort()).toEqual(Object.keys(leduc.spec.events).sort());
  });

  it('encodes every information state as another vector', () => {
    const { length, encode } = leduc.vector?.(config) ?? { length: 0, encode: () => new Float32Array() };
    const vectors = tree.states.map(({ view }) => encode(view));
    expect(vectors.every((vector) => vector.length === length)).toBe(true);
    expect(new Set(vectors.map(String)).size).toBe(states);
  });
});

describe('payoffs', () => {
  it.each(PAYOFFS)('%s: %s / %s pays player_0 %i', (cards, first, second, pays) => {
    const rounds = second === '' ? [first] : [first, second];
    const episode = playedOut(apart, cards.split(' '), rounds);
    expect(episode.turn.kind).toBe('over');
    expect(episode.returns()).toEqual([pays, pays === 0 ? 0 : -pays]);
  });

  it('are the same with suits merged', () => {
    for (const [cards, first, second, pays] of PAYOFFS) {
      const ranks = cards.split(' ').map((card) => card.charAt(0));
      const episode = playedOut(merged, ranks, second === '' ? [first] : [first, second]);
      expect(episode.returns()[0]).toBe(pays);
    }
  });
});

describe('dealing', () => {
  it('deals by rank with the chances of the cards left when suits are merged', () => {
    const episode = new Episode(leduc, merged);
    episode.apply({ chance: 'Q' });
    expect(episode.turn).toEqual({
      kind: 'chance',
      outcomes: [
        ['J', 0.4],
        ['Q', 0.2],
        ['K', 0.4],
      ],
    });
  });

  it('shows hands to their owners alone until a showdown, and never after a fold', () => {
    const folded = playedOut(apart, ['Ks', 'Js'], ['raise fold']);
    const shown = playedOut(apart, ['Ks', 'Js', 'Qs'], ['check check', 'check check']);
    expect(leduc.view(folded.state, 1)).toMatchObject({ hands: [null, 'Js'] });
    expect(leduc.view(folded.state, 'public')).toMatchObject({ hands: [null, null] });
    expect(leduc.view(shown.state, 'public')).toMatchObject({ hands: ['Ks', 'Js'], board: 'Qs' });
  });
});
