import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import type { Environment, Turn } from '../../src/core/environment.js';
import type { JsonObject } from '../../src/core/json.js';
import { stream } from '../../src/core/rng.js';
import { asks, draws, paying, type Written, written } from '../../test/written-game.js';
import { compile } from './compile.js';
import { estimateSize } from './estimate.js';

const catalogue = new Catalogue({ environments: [], agents: [] });

async function game(id: string, set: JsonObject = {}): Promise<[Environment, JsonObject]> {
  const environment = await catalogue.environment(id);
  return [environment, readConfig(environment.spec, { set })];
}

/** Sizes as `compile.test.ts` has them from others. */
const SIZES: readonly (readonly [string, JsonObject, number])[] = [
  ['kuhn-poker', { players: 3 }, 617],
  ['leduc-poker', {}, 9457],
  ['tic-tac-toe', {}, 549946],
  ['goofspiel', { cards: 4, order: 'descending', reveal: 'winner' }, 1077],
];

describe('the size of a game is estimated from random lines of play', () => {
  it.each(SIZES)('%s %j: %d in the mean, and never more as the lower bound', async (id, set, size) => {
    const [environment, config] = await game(id, set);
    const means = Array.from({ length: 20 }, (_, at) => estimateSize(environment, config, stream('size', String(at))));
    const mean = means.reduce((sum, { histories }) => sum + histories, 0) / means.length;
    const spread = Math.sqrt(means.reduce((sum, { histories }) => sum + (histories - mean) ** 2, 0) / 19 / 20);
    expect(Math.abs(mean - size)).toBeLessThan(4 * spread + 1e-6 * size);
    for (const { atLeast } of means) expect(atLeast).toBeLessThan(size * 1.000001);
  });

  // NOTE: bids of liar's dice end early in most lines of play, so that estimates are low far more often than high.
  it('keeps its lower bound where estimates vary widely', async () => {
    const [environment, config] = await game('liars-dice');
    for (let at = 0; at < 20; at++) {
      expect(estimateSize(environment, config, stream('size', String(at))).atLeast).toBeLessThan(294883);
    }
  });

  it('is exact where all lines of play are alike', async () => {
    const [environment, config] = await game('goofspiel', { cards: 4, order: 'descending', reveal: 'winner' });
    expect(estimateSize(environment, config, stream('any', 'rng')).histories).toBe(1077);
  });
});

describe('games that are too large are refused', () => {
  it.each([
    ['connect-four', {}],
    ['goofspiel', {}],
    ['liars-dice', { dice: 5 }],
    ['werewolf', { 'talk.rounds': 0 }],
  ])('%s %j: before the walk, with an estimate', async (id, set) => {
    const [environment, config] = await game(id, set);
    let starts = 0;
    const counting: Environment = Object.assign(Object.create(environment), {
      start: (own: JsonObject) => {
        starts++;
        return environment.start(own);
      },
    });
    expect(() => compile(counting, config)).toThrow(
      /^[\w-]+: about \de\d+ histories or more; the limit is 20,000,000$/,
    );
    // NOTE: every start was one random line of play.
    expect(starts).toBeLessThanOrEqual(200);
  });

  it('at the very history that is one too many', async () => {
    const [environment, config] = await game('kuhn-poker');
    expect(compile(environment, config, { limit: 58 }).size).toBe(58);
    expect(() => compile(environment, config, { limit: 57 })).toThrow('histories or more; the limit is 57');
  });

  it('when they take more memory than allowed', async () => {
    const [environment, config] = await game('liars-dice');
    const message = /^liars-dice: about [\d,]+ histories, which take more than the 0.0 GB of memory allowed$/;
    expect(() => compile(environment, config, { memory: 5e5 })).toThrow(message);
    expect(() => compile(environment, config, { memory: 2e7 })).toThrow(message);
  });

  it('when a line of play has no end in sight', () => {
    expect(() => compile(long(3000), {})).toThrow('written: lines of play with more than 1000 moves');
    expect(compile(long(900), {}).size).toBe(901);
  });
});

/** One decision with one option after another. */
function long(moves: number): Environment {
  let next: Written = paying(1);
  for (let move = 0; move < moves; move++) next = { scene: asks(0, { on: next }) };
  const game = written(1, next.scene);
  return {
    ...game,
    start: () => 0,
    turn: (state): Turn =>
      state === moves ? { kind: 'over', outcome: 'over', truncated: false } : asks(0, { on: paying() }).turn,
    apply: (state) => ({ state: (state as number) + 1 }),
  };
}

it('tells now and then how far it is', async () => {
  const [environment, config] = await game('liars-dice');
  const told: (readonly [number, number])[] = [];
  compile(environment, config, { progress: (done, estimate) => told.push([done, estimate]) });
  expect(told.length).toBeGreaterThanOrEqual(4);
  for (const [index, [done, estimate]] of told.entries()) {
    expect(done).toBeGreaterThan(told[index - 1]?.[0] ?? 0);
    expect(done).toBeLessThanOrEqual(estimate);
  }
});

describe('turns that no tree holds are refused by name', () => {
  const nothing = paying(0, 0);
  const spaces: readonly (readonly [string, Turn, string])[] = [
    [
      'a text',
      { kind: 'act', spaces: { 1: { kind: 'text', maxChars: 9, purpose: 'the talk of the day' } } },
      'written: player_1 is asked for a text ("the talk of the day"), and texts have no end of moves; solve an abstraction',
    ],
    [
      'tools',
      { kind: 'act', spaces: { 0: { kind: 'tools', tools: ['look', 'add'] } } },
      'written: player_0 is asked for calls of tools (look, add)',
    ],
    [
      'a form',
      { kind: 'act', spaces: { 0: { kind: 'form', form: 'offer' } } },
      'written: player_0 is asked for the form "offer"',
    ],
    [
      'a call',
      { kind: 'call', requests: ['q'], sample: () => ['a'] },
      'written: a call turn is answered from outside, so its answers cannot be listed',
    ],
    [
      'drawn chance',
      { kind: 'chance', draw: () => 0 },
      'written: a chance turn draws its outcome instead of listing all of them',
    ],
  ];

  it.each(spaces)('%s', (_, turn, message) => {
    expect(() => compile(written(2, { turn, next: () => nothing }), {})).toThrow(message);
  });

  it('deep in the game, where no random line of play came by', () => {
    const text: Turn = { kind: 'act', spaces: { 0: { kind: 'text', maxChars: 9, purpose: 'rare' } } };
    const many = Array.from({ length: 5000 }, (_, at) => [at, nothing] as const);
    const ways = Object.fromEntries(many.map(([at, way]) => [`way ${at}`, way]));
    const start = asks(0, { ...ways, last: { scene: { turn: text, next: () => nothing } } });
    expect(() => compile(written(2, draws([1, { scene: start }])), {})).toThrow('a text ("rare")');
  });
});
