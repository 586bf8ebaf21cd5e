import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/core/config.js';
import type { Scripted, ScriptTurn } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import { stream } from '../../src/core/rng.js';
import { choice } from '../../src/core/space.js';
import { bestResponse, nashConv, type Strategy } from '../../test/best-response.js';
import { survey } from '../../test/survey.js';
import { growTree } from '../../test/tree.js';
import rpsls from './index.js';
import { REACT } from './scripted.js';
import { THROWS } from './throws.js';

const one = readConfig(rpsls.spec);

/** SEE: Sam Kass and Karen Bryla, who made the game up; the ten sentences are theirs in content, ours in spelling. */
const BEATS: readonly [winner: string, verb: string, loser: string][] = [
  ['scissors', 'cuts', 'paper'],
  ['paper', 'covers', 'rock'],
  ['rock', 'crushes', 'lizard'],
  ['lizard', 'poisons', 'spock'],
  ['spock', 'smashes', 'scissors'],
  ['scissors', 'decapitates', 'lizard'],
  ['lizard', 'eats', 'paper'],
  ['paper', 'disproves', 'spock'],
  ['spock', 'vaporises', 'rock'],
  ['rock', 'crushes', 'scissors'],
];

/**
 * Probabilities of rock, paper, scissors, Spock and lizard, and the most an opponent can gain from them a round.
 * SEE: Xu et al., "Learning strategic language agents in the werewolf game with iterative latent space policy
 * optimization", ICML 2025, the toy game; the gains recomputed from the payoffs.
 */
const EXPLOITABILITY: readonly [player: string, throws: readonly number[], gain: number][] = [
  ['ReAct', [0.53, 0.29, 0.14, 0.02, 0.02], 0.39],
  ['iteration 1', [1 / 3, 1 / 3, 1 / 3, 0, 0], 1 / 3],
  ['iteration 2', [0, 1 / 3, 1 / 3, 1 / 3, 0], 1 / 3],
  ['iteration 3', [0.2, 0.2, 0.2, 0.2, 0.2], 0],
];

const PAPERS_ORDER = ['rock', 'paper', 'scissors', 'spock', 'lizard'];

function strategy(throws: readonly number[]): Strategy {
  return ({ options }) => options.map((id) => throws[PAPERS_ORDER.indexOf(id)] as number);
}

function round(first: string, second: string): { returns: number[]; said: string[] } {
  const episode = new Episode(rpsls, one);
  episode.apply({ seats: { 0: first, 1: second } });
  return { returns: episode.returns(), said: episode.log.map((event) => rpsls.say(event, 'public')) };
}

/** What a style throws in so many first rounds, or after some rounds. */
function draws(style: string, count: number, throws: readonly string[][] = []): string[] {
  const rng = stream(3, style);
  const script = (rpsls.scripted as Scripted).seat({ config: one, seat: 0, style, rng });
  const turn: ScriptTurn = { space: choice(THROWS), view: { you: 0, rounds: 100, throws }, events: [], rng };
  return Array.from({ length: count }, () => script(turn).move as string);
}

describe('one round', () => {
  const tree = growTree(rpsls, one);

  it.each(BEATS)('%s %s %s', (winner, verb, loser) => {
    expect(round(winner, loser).returns).toEqual([1, -1]);
    expect(round(loser, winner).returns).toEqual([-1, 1]);
    expect(round(winner, loser).said[0]).toContain(`${winner} ${verb} ${loser}`);
  });

  it('has no other wins: equal throws tie, every pair of others is in the list once', () => {
    const pairs = THROWS.flatMap((first) => THROWS.map((second) => [first, second] as const));
    const won = pairs.filter(([first, second]) => round(first, second).returns[0] === 1);
    expect(won.map((pair) => pair.join()).sort()).toEqual(BEATS.map(([w, , l]) => [w, l].join()).sort());
    for (const hand of THROWS) expect(round(hand, hand).returns).toEqual([0, 0]);
  });

  it.each(EXPLOITABILITY)('%s can be exploited for what the paper says', (_player, throws, gain) => {
    expect(bestResponse(tree, strategy(throws), 0)).toBeCloseTo(gain, 12);
    expect(bestResponse(tree, strategy(throws), 1)).toBeCloseTo(gain, 12);
    expect(nashConv(tree, strategy(throws))).toBeCloseTo(2 * gain, 12);
  });
});

describe.each([1, 2])('%i rounds', (rounds) => {
  const config = readConfig(rpsls.spec, { set: { rounds } });
  const all = survey(rpsls, config);

  it('has 25 histories for each before', () => {
    expect(all.histories.terminal).toBe(25 ** rounds);
    expect(all.histories.chance).toBe(0);
  });

  it('keeps to its declared bounds and reaches them', () => {
    const { horizon, utility } = rpsls.spec.facts(config);
    expect(all.longest).toBe(horizon);
    expect(all.returns).toEqual({ min: utility.min, max: utility.max, imbalance: 0 });
  });

  it('tells everybody what was thrown, and nothing before', () => {
    expect(all.addressees).toEqual({ thrown: ['all'] });
    expect(Object.keys(all.addressees)).toEqual(Object.keys(rpsls.spec.events));
  });
});

describe('scripted players', () => {
  it.each([
    ['uniform', THROWS.map((hand) => [hand, 0.2] as const)],
    ['react', REACT],
  ])('%s throws as often as it should', (style, expected) => {
    const drawn = draws(style, 20_000);
    for (const [hand, share] of expected) {
      const error = Math.sqrt((share * (1 - share)) / drawn.length);
      expect(Math.abs(drawn.filter((move) => move === hand).length / drawn.length - share)).toBeLessThan(4 * error);
    }
  });

  it('react throws as the paper reports', () => {
    expect(PAPERS_ORDER.map((hand) => REACT.find(([name]) => name === hand)?.[1])).toEqual(EXPLOITABILITY[0]?.[1]);
  });

  it('copycat answers the throw seen most', () => {
    const seen = [
      ['rock', 'lizard'],
      ['rock', 'paper'],
      ['rock', 'lizard'],
    ];
    expect(new Set(draws('copycat', 50, seen))).toEqual(new Set(['rock', 'scissors']));
    expect(new Set(draws('copycat', 200)).size).toBe(5);
  });
});

describe('vector', () => {
  it('shows shares and last throws, own first, then the lead and the rounds left', () => {
    const config = readConfig(rpsls.spec, { set: { rounds: 4 } });
    const episode = new Episode(rpsls, config);
    episode.apply({ seats: { 0: 'rock', 1: 'paper' } });
    episode.apply({ seats: { 0: 'lizard', 1: 'paper' } });
    episode.apply({ seats: { 0: 'lizard', 1: 'paper' } });
    const seen = (seat: number) => [...(rpsls.vector?.(config).encode(rpsls.view(episode.state, seat)) ?? [])];
    const [third] = new Float32Array([1 / 3]);
    const [twoThirds] = new Float32Array([2 / 3]);
    const shares = { own: [third, 0, 0, 0, twoThirds], other: [0, 1, 0, 0, 0] };
    const last = { own: [0, 0, 0, 0, 1], other: [0, 1, 0, 0, 0] };
    expect(seen(0)).toEqual([...shares.own, ...shares.other, ...last.own, ...last.other, 0.25, 0.25]);
    expect(seen(1)).toEqual([...shares.other, ...shares.own, ...last.other, ...last.own, -0.25, 0.25]);
  });
});
