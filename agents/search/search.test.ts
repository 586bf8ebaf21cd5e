import { describe, expect, it } from 'vitest';
import connectFour from '../../envs/connect-four/index.js';
import kuhn from '../../envs/kuhn-poker/index.js';
import leduc from '../../envs/leduc-poker/index.js';
import liarsDice from '../../envs/liars-dice/index.js';
import ticTacToe from '../../envs/tic-tac-toe/index.js';
import type { AgentFactory, AgentFamily } from '../../src/core/agent.js';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import type { Environment } from '../../src/core/environment.js';
import type { Json } from '../../src/core/json.js';
import { type Ending, type Progress, runEpisode } from '../../src/core/play.js';
import { episodeSeed, stream } from '../../src/core/rng.js';
import ismcts from '../ismcts.js';
import mcts from '../mcts.js';
import minimax from '../minimax.js';
import random from '../random.js';

const catalogue = new Catalogue({ environments: [], agents: [] });

function opened(family: AgentFamily, argument: string): AgentFactory {
  return family.open(argument) as AgentFactory;
}

const FAMILIES = { mcts, ismcts, minimax };
type Id = keyof typeof FAMILIES;

const anyhow = opened(random, '');

describe('the argument', () => {
  it.each([
    ['mcts', '500', { agent: 'mcts:500', sims: 500, c: 1.4, ms: null, seed: null }],
    ['mcts', 'sims=20,c=0.5', { agent: 'mcts:sims=20,c=0.5', sims: 20, c: 0.5 }],
    ['mcts', 'ms=50,seed=3', { agent: 'mcts:ms=50,seed=3', ms: 50, seed: 3 }],
    ['ismcts', '', { agent: 'ismcts', sims: 1000, c: 0.7, states: 512 }],
    ['minimax', 'nodes=10,rollouts=0', { agent: 'minimax:nodes=10,rollouts=0', nodes: 10, rollouts: 0, depth: null }],
  ] as [Id, string, object][])('%s:%s is read and stands whole in the manifest', (id, argument, manifest) => {
    const environment = id === 'ismcts' ? kuhn : ticTacToe;
    const place = { environment, config: readConfig(environment.spec), seat: 0, rng: stream(1, 'seat') };
    expect(opened(FAMILIES[id], argument)(place).manifest).toMatchObject(manifest);
  });

  it.each([
    ['mcts', 'simms=5', 'mcts has no setting "simms"; did you mean sims?'],
    ['mcts', '1.5', 'mcts: sims (simulations a move) takes a whole number from 1, got "1.5"'],
    ['mcts', '0', 'mcts: sims (simulations a move) takes a whole number from 1, got "0"'],
    ['mcts', 'c=', 'mcts: c (exploration) takes a number from 0, got ""'],
    ['ismcts', 'ms=soon', 'ismcts: ms (milliseconds a move, in place of a count) takes a number from 1, got "soon"'],
    ['ismcts', '5,sims=6', 'ismcts: "sims" is given twice'],
    ['minimax', 'toString=1', 'minimax has no setting "toString"'],
  ] as [Id, string, string][])('%s:%s is refused', (id, argument, message) => {
    expect(() => FAMILIES[id].open(argument)).toThrow(message);
  });
});

describe('a game that does not fit is refused at seating', () => {
  it.each([
    ['mcts', 'kuhn-poker', {}, 'mcts needs perfect information, and seats of kuhn-poker have secrets; use ismcts'],
    [
      'minimax',
      'leduc-poker',
      {},
      'minimax needs perfect information, and seats of leduc-poker have secrets; use ismcts',
    ],
    ['mcts', 'werewolf', {}, 'seats of werewolf have secrets; use scripted or a model'],
    [
      'ismcts',
      'werewolf',
      {},
      'ismcts chooses among options, and some turns of werewolf take a text; use scripted or a model',
    ],
    ['ismcts', 'negotiation', {}, 'ismcts chooses among options, and some turns of negotiation take a'],
    ['mcts', 'calculator', {}, 'mcts chooses among options, and some turns of calculator take a'],
    ['minimax', 'goofspiel', {}, 'minimax takes moves one at a time, and here seats move at once; use mcts'],
    ['minimax', 'goofspiel', { players: 3 }, 'minimax takes two seats with opposite interests, and here are 3'],
  ] as [string, string, { [path: string]: Json }, string][])('%s in %s', async (id, game, set, reason) => {
    const environment = await catalogue.environment(game);
    const family = await catalogue.family(id);
    const place = { environment, config: readConfig(environment.spec, { set }), seat: 0, rng: stream(1, 'seat') };
    expect(() => opened(family, '')(place)).toThrow(reason);
  });

  it.each([
    ['mcts', 'goofspiel', {}],
    ['mcts', 'rpsls', {}],
    ['ismcts', 'werewolf', { 'talk.rounds': 0 }],
    ['ismcts', 'connect-four', {}],
  ] as [string, string, { [path: string]: Json }][])('%s in %s sits down', async (id, game, set) => {
    const environment = await catalogue.environment(game);
    const place = { environment, config: readConfig(environment.spec, { set }), seat: 0, rng: stream(1, 'seat') };
    expect(opened(await catalogue.family(id), '')(place).manifest.agent).toBe(id);
  });
});

async function play(environment: Environment, agents: readonly AgentFactory[], seed: string, set = {}) {
  const steps: Extract<Progress, { kind: 'step' }>['step'][] = [];
  const config = readConfig(environment.spec, { set });
  const ending: Ending = await runEpisode({ environment, config, seed, agents }, (progress) => {
    if (progress.kind === 'step') steps.push(progress.step);
  });
  return { ending, steps };
}

describe('an episode', () => {
  it.each([
    ['mcts', connectFour, opened(mcts, '50')],
    ['minimax', connectFour, opened(minimax, '500')],
    ['ismcts', leduc, opened(ismcts, '50')],
  ] as [string, Environment, AgentFactory][])(
    'of %s is the same again under one seed',
    async (_, environment, agent) => {
      const first = await play(environment, [agent, anyhow], '5');
      expect(await play(environment, [agent, anyhow], '5')).toEqual(first);
      expect(await play(environment, [agent, anyhow], '6')).not.toEqual(first);
      expect(first.ending.how).toBe('rules');
    },
  );

  it('keeps what was weighed with each move', async () => {
    const { steps } = await play(ticTacToe, [opened(mcts, '90'), opened(minimax, '')], '5');
    const [first, second] = steps.map(({ seats }, at) => seats?.[at % 2]?.candidates ?? []);
    expect(first?.length).toBe(9);
    const visits = (first as { visits: number }[]).reduce((sum, candidate) => sum + candidate.visits, 0);
    expect(visits).toBe(90);
    expect(second).toContainEqual({ id: expect.any(String), value: 0, bound: 'exact' });
  });

  it('can be searched by the clock', async () => {
    const { ending } = await play(kuhn, [opened(ismcts, 'ms=1'), opened(ismcts, 'ms=1')], '5');
    expect(ending.how).toBe('rules');
  });

  it('with a seed of its own searches alike in episodes of any seed', async () => {
    const first = async (seed: string) => (await play(connectFour, [opened(mcts, '50,seed=3'), anyhow], seed)).steps[0];
    expect(await first('1')).toEqual(await first('2'));
  });

  it.each([
    ['goofspiel', 'mcts:100', { cards: 4 }],
    ['rpsls', 'mcts:100', {}],
    ['liars-dice', 'ismcts:sims=50,states=32', { seats: 3, dice: 2 }],
  ])('of %s is played to its end by %s in every seat', async (game, spec, set) => {
    const environment = await catalogue.environment(game);
    const agent = await catalogue.agent(spec);
    const { seats } = environment.spec.facts(readConfig(environment.spec, { set }));
    const { ending } = await play(
      environment,
      Array.from({ length: seats }, () => agent),
      '5',
      set,
    );
    expect(ending).toMatchObject({ how: 'rules' });
  });
});

/** Returns of the first agent against the second, in alternating seats. */
async function returnsOf(environment: Environment, one: AgentFactory, other: AgentFactory, games: number) {
  const returns: number[] = [];
  for (let game = 0; game < games; game++) {
    const seat = game % 2;
    const agents = seat === 0 ? [one, other] : [other, one];
    const { ending } = await play(environment, agents, episodeSeed(3, game));
    returns.push(ending.returns?.[seat] ?? Number.NaN);
  }
  return returns;
}

function total(returns: readonly number[]): number {
  return returns.reduce((sum, amount) => sum + amount, 0);
}

// NOTE: each bound lies at least four standard deviations below the rate measured over many more games.
describe('strength', () => {
  it('mcts:200 beats random play in connect-four', async () => {
    expect(total(await returnsOf(connectFour, opened(mcts, '200'), anyhow, 20))).toBeGreaterThanOrEqual(18);
  });

  it('minimax never loses tic-tac-toe, to mcts or to random play', async () => {
    for (const other of [opened(mcts, '100'), anyhow]) {
      expect(Math.min(...(await returnsOf(ticTacToe, opened(minimax, ''), other, 10)))).toBeGreaterThanOrEqual(0);
    }
  });

  it('ismcts:200 wins on average against random play where cards and dice are hidden', async () => {
    expect(total(await returnsOf(liarsDice, opened(ismcts, '200'), anyhow, 100))).toBeGreaterThan(30);
    expect(total(await returnsOf(leduc, opened(ismcts, '200'), anyhow, 200))).toBeGreaterThan(20);
  });
});
