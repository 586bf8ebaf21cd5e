import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import kuhn from '../../envs/kuhn-poker/index.js';
import leduc from '../../envs/leduc-poker/index.js';
import rpsls from '../../envs/rpsls/index.js';
import { Recorder } from '../../replays/recorder.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import { playRecorded } from '../../replays/session.js';
import { Tally } from '../../replays/stats.js';
import type { AgentFactory } from '../../src/core/agent.js';
import type { Environment } from '../../src/core/environment.js';
import type { JsonObject } from '../../src/core/json.js';
import { runEpisode } from '../../src/core/play.js';
import { stream } from '../../src/core/rng.js';
import type { Move } from '../../src/core/space.js';
import { gameOf } from '../game.js';
import type { Road } from '../solver.js';
import pcfrPlus from '../tabular/pcfr-plus.js';
import { compile } from '../tree/compile.js';
import { type GameTree, type Profile, uniformProfile } from '../tree/game-tree.js';
import { InformationTracker } from '../tree/information.js';
import { actionValues } from './action-values.js';
import { Evaluator } from './evaluator.js';
import { gradeRecord, RecordGrader } from './record.js';

const SOURCE = { algorithm: 'by hand', exploitability: 0, policy: 'none' };

let folder: string;
let count = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ludus-grades-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Plays the moves that are dictated, one list a seat, after these outcomes of chance. */
async function dictated(
  environment: Environment,
  config: JsonObject,
  dealt: readonly Move[],
  moves: readonly (readonly Move[])[],
): Promise<EpisodeRecord> {
  const agents = moves.map(
    (own): AgentFactory =>
      () => ({
        manifest: { agent: 'dictated' },
        act: ({ moves: made }) => ({ move: own[made.length] as Move }),
      }),
  );
  return play(environment, config, agents, 'dictated', dealt);
}

async function play(
  environment: Environment,
  config: JsonObject,
  agents: readonly AgentFactory[],
  seed: string,
  dealt: readonly Move[] = [],
): Promise<EpisodeRecord> {
  const past = { steps: dealt.map((chance) => ({ chance })) };
  const table = { environment, config, agents, seed, past };
  const file = join(folder, `${count++}.jsonl`);
  const playing = playRecorded({ table, specs: agents.map(() => 'dictated'), file });
  for (;;) {
    const { done, value } = await playing.next();
    if (done === true) return value;
  }
}

/** A profile of Kuhn poker: how often each card bets or calls, by what was played before (`c`, `b`, `cb`). */
function kuhnProfile(tree: GameTree, eager: (card: string, before: string) => number): Profile {
  const profile = uniformProfile(tree);
  const nodes = [{ at: 0, cards: '', before: '' }];
  for (const { at, cards, before } of nodes) {
    const seat = tree.actor[at] as number;
    const state = tree.at[at] as number;
    const moves = seat < 0 ? [...'JQK'].filter((card) => !cards.includes(card)) : (tree.states.options[state] ?? []);
    if (seat >= 0) {
      const start = tree.states.offset[state] as number;
      const bold = moves.findIndex((move) => move === 'bet' || move === 'call');
      profile[start + bold] = eager(cards[seat] as string, before);
      profile[start + 1 - bold] = 1 - (profile[start + bold] as number);
    }
    for (let index = 0; index < (tree.children[at] as number); index++) {
      const move = moves[index] as string;
      const next = seat < 0 ? { cards: cards + move, before } : { cards, before: before + move[0] };
      nodes.push({ at: (tree.first[at] as number) + index, ...next });
    }
  }
  return profile;
}

describe('Kuhn poker with planted mistakes', () => {
  /**
   * The equilibrium in which player 0 bets a jack in a third of the deals. SEE: H. W. Kuhn, "A Simplified Two-Person
   * Poker", 1950: jack 1/3 and king 1 at first, queen calls 2/3; then player 1 as always.
   */
  const EQUILIBRIUM: { readonly [before: string]: { readonly [card: string]: number } } = {
    '': { J: 1 / 3, Q: 0, K: 1 },
    c: { J: 1 / 3, Q: 0, K: 1 },
    b: { J: 0, Q: 1 / 3, K: 1 },
    cb: { J: 0, Q: 2 / 3, K: 1 },
  };
  const tree = compile(kuhn, { players: 2 });
  const profile = kuhnProfile(tree, (card, before) => EQUILIBRIUM[before]?.[card] as number);

  it('is graded against an equilibrium', () => {
    expect(new Evaluator(tree).nashConv(profile).nashConv).toBeCloseTo(0, 12);
  });

  // By hand, in chips, what each option of the graded move is worth:
  // queen opens: bet: jack folds +1, king calls -2: -1/2. Check: the jack bets 1/3 (called 2/3: 2/3 x 2 - 1/3 = 1) and
  //   checks 2/3 (+1): 1; the king bets: 2/3 x -2 - 1/3 = -5/3. Mean -1/3. Betting costs 1/6.
  // king called upon by a bet: only a jack bets: call +2, fold -1. Folding costs 3.
  // jack called upon by a bet: only a king bets (queens never do): call -2, fold -1. Calling costs 1.
  // queen called upon by a bet: a jack with 1/3 : 1, so 1/4: call 2/4 - 6/4 = -1, fold -1. Nothing lost either way.
  // king after a check: jacks check 2/3, queens always: 2/5 and 3/5. Check +1. Bet: jacks fold +1; queens call 2/3:
  //   4/3 + 1/3 = 5/3. 2/5 + 3/5 x 5/3 = 7/5. Checking costs 2/5.
  // jack after a check: only queens check: check -1; bet: called 2/3: -4/3 + 1/3 = -1. Nothing lost either way.
  // jack opens: check -1; bet: queen folds 2/3: 2/3 - 2/3 = 0, king calls -2: -1. Nothing lost either way.
  // king opens: bet: jack folds +1, queen 2/3 + 1/3 x 2 = 4/3: 7/6. Check: jack bets 1/3: 2/3 + 2/3 = 4/3, queen +1: 7/6.
  // jack, its check met by a bet: the king: call -2, fold -1. Calling costs 1. King: the jack: fold costs 3.
  it.each([
    ['queen bets, king folds to it', ['Q', 'K'], [['bet'], ['fold']], [1 / 6, 3]],
    ['jack bets, king folds to it', ['J', 'K'], [['bet'], ['fold']], [0, 3]],
    ['king bets, jack calls', ['K', 'J'], [['bet'], ['call']], [0, 1]],
    ['king bets, queen calls', ['K', 'Q'], [['bet'], ['call']], [0, 0]],
    ['queen checks, king checks behind', ['Q', 'K'], [['check'], ['check']], [0, 2 / 5]],
    ['jack checks and calls the king', ['J', 'K'], [['check', 'call'], ['bet']], [0, 0, 1]],
    ['king checks and folds to the jack', ['K', 'J'], [['check', 'fold'], ['bet']], [0, 0, 3]],
    ['queen checks, jack bets, queen calls', ['Q', 'J'], [['check', 'call'], ['bet']], [0, 0, 0]],
  ])('%s', async (_, cards, moves, costs) => {
    const record = await dictated(kuhn, { players: 2 }, cards, moves);
    const grades = gradeRecord(record, kuhn, tree, profile, SOURCE);
    expect(grades.map(({ seat }) => seat)).toEqual([0, 1, 0].slice(0, costs.length));
    expect(grades.map(({ step }) => step)).toEqual([2, 3, 4].slice(0, costs.length));
    for (const [index, cost] of costs.entries()) expect(grades[index]?.cost).toBeCloseTo(cost, 12);
  });

  it('says what was known, what equilibrium plays and what each option is worth', async () => {
    const record = await dictated(kuhn, { players: 2 }, ['Q', 'K'], [['bet'], ['fold']]);
    const [opening, answer] = gradeRecord(record, kuhn, tree, profile, SOURCE);
    expect(opening).toMatchObject({ episode: record.id, options: ['check', 'bet'], played: 'bet', scale: 4 });
    expect(opening?.probabilities).toEqual([1, 0]);
    expect(opening?.values[0]).toBeCloseTo(-1 / 3, 12);
    expect(opening?.values[1]).toBeCloseTo(-1 / 2, 12);
    const tracker = new InformationTracker(kuhn, 1);
    tracker.told({ to: [1], kind: 'dealt', seat: 1, card: 'K' });
    tracker.told({ to: 'all', kind: 'acted', seat: 0, action: 'bet' });
    expect(answer?.state).toBe(tracker.name(() => null));
  });

  it('takes options to have been equally likely where the others never lead', async () => {
    // Player 0 never bets a queen and here no king either: facing a bet, the jack sees only jacks' bets, which cannot
    // be. Queen or king alike then: call -2, fold -1.
    const odd = kuhnProfile(tree, (card, before) => (before === '' ? 0 : (EQUILIBRIUM[before]?.[card] as number)));
    const record = await dictated(kuhn, { players: 2 }, ['Q', 'J'], [['bet'], ['call']]);
    const [, answer] = gradeRecord(record, kuhn, tree, odd, SOURCE);
    expect(answer?.values.map((value) => Math.round(1e9 * value) / 1e9)).toEqual([-2, -1]);
  });

  it('refuses a record of another game, with the reason', async () => {
    const three = await dictated(kuhn, { players: 3 }, ['J', 'Q', 'K'], [['check'], ['check'], ['check']]);
    expect(() => gradeRecord(three, kuhn, tree, profile, SOURCE)).toThrow('configuration {"players":3}');
    const record = await dictated(kuhn, { players: 2 }, ['J', 'Q'], [['check'], ['check']]);
    const old = { ...record, environment: { ...record.environment, version: '0.9.0' } };
    expect(() => gradeRecord(old, kuhn, tree, profile, SOURCE)).toThrow('made by kuhn-poker 0.9.0');
    const broken = {
      ...record,
      steps: record.steps.map((step) => (step.chance === 'Q' ? { ...step, chance: 'A' } : step)),
    };
    expect(() => gradeRecord(broken, kuhn, tree, profile, SOURCE)).toThrow('step 1: chance cannot come out as "A"');
  });
});

it('grades moves made at once, neither knowing the other', async () => {
  const config = rpsls.spec.config.parse({ rounds: 1 }) as JsonObject;
  const tree = compile(rpsls, config);
  // Both throw rock, always: paper and Spock win 1 from it, scissors and lizard lose 1.
  const profile = Float64Array.from(uniformProfile(tree), (_, action) =>
    tree.states.options[0]?.[action % 5] === 'rock' ? 1 : 0,
  );
  const record = await dictated(rpsls, config, [], [['scissors'], ['spock']]);
  const grades = gradeRecord(record, rpsls, tree, profile, SOURCE);
  const told = grades.map(({ step, seat, played, cost }) => ({ step, seat, played, cost }));
  expect(told).toEqual([
    { step: 0, seat: 0, played: 'scissors', cost: 2 },
    { step: 0, seat: 1, played: 'spock', cost: 0 },
  ]);
});

/** Plays a profile of a tree at a table. */
function follower(tree: GameTree, profile: Profile): AgentFactory {
  const number = new Map(tree.states.names.map((name, state) => [name, state]));
  return ({ environment, seat, rng }) => {
    const manifest = { agent: 'equilibrium' };
    return {
      manifest,
      act({ events, moves, space, view }) {
        const tracker = new InformationTracker(environment, seat);
        for (const event of events) tracker.told(event);
        for (const move of moves) tracker.moved(move);
        const start = tree.states.offset[number.get(tracker.name(() => view)) as number] as number;
        const options = space.kind === 'choice' ? space.options : [];
        return { move: rng.weighted(options.map(({ id }, at) => [id, profile[start + at] as number] as const)) };
      },
    };
  };
}

describe('random play in Leduc against equilibrium', () => {
  const config = leduc.spec.config.parse({}) as JsonObject;
  const game = gameOf(leduc, config);
  const tree = game.tree();
  const solving = (Object.values(pcfrPlus.roads)[0] as Road).open(game, {}, stream(0, 'solver'));
  solving.iterate(300);
  const profile = solving.strategy().probabilities;
  const evaluator = new Evaluator(tree);
  const values = actionValues(tree, profile);
  const mixed = profile.map((share, action) =>
    isFirst(tree, action) ? (uniformProfile(tree)[action] as number) : share,
  );
  const lost = (evaluator.expectedReturns(profile)[0] as number) - (evaluator.expectedReturns(mixed)[0] as number);

  /** What a random seat 0 is expected to fall behind in a game, summed over the tree. */
  const { fallen, slack } = expectedLoss();

  // The lemma of S. Kakade and J. Langford, "Approximately Optimal Approximate Reinforcement Learning", 2002, 6.1.
  it('what its moves fall behind the equilibrium adds up to the difference in value, exactly', () => {
    expect(fallen).toBeCloseTo(lost, 10);
    // NOTE: costs are counted from the best option, and off its own path the profile is not quite the best.
    expect(slack).toBeGreaterThan(0);
    expect(slack).toBeLessThan(0.05 * lost);
  });

  it('is charged per game, over many records, what it loses', async () => {
    const agents = [randomly, follower(tree, profile)];
    const grader = new RecordGrader(leduc, tree, profile, SOURCE);
    const charged = new Tally();
    for (let episode = 0; episode < 6000; episode++) {
      const record = await playUnkept(leduc, config, agents, `leduc/${episode}`);
      const own = grader.grade(record).filter(({ seat }) => seat === 0);
      charged.add(own.reduce((sum, { cost }) => sum + cost, 0));
    }
    const { mean, half } = charged.mean();
    expect(half).toBeLessThan(0.05);
    expect(Math.abs(mean - (lost + slack))).toBeLessThan(half);
  });

  function expectedLoss(): { readonly fallen: number; readonly slack: number } {
    const reach = new Float64Array(tree.size).fill(1);
    const total = { fallen: 0, slack: 0 };
    for (let at = 0; at < tree.size; at++) {
      const children = tree.children[at] as number;
      const seat = tree.actor[at] as number;
      const start = seat < 0 ? 0 : (tree.states.offset[tree.at[at] as number] as number);
      const worth = values.subarray(start, start + children);
      const own = worth.reduce((sum, value, option) => sum + (profile[start + option] as number) * value, 0);
      if (seat === 0) total.slack += (reach[at] as number) * (Math.max(...worth) - own);
      for (let option = 0; option < children; option++) {
        const child = (tree.first[at] as number) + option;
        reach[child] = (reach[at] as number) * ((seat < 0 ? tree.chance[child] : mixed[start + option]) as number);
        if (seat === 0) total.fallen += (reach[child] as number) * (own - (worth[option] as number));
      }
    }
    return total;
  }
});

const randomly: AgentFactory = () => ({
  manifest: { agent: 'random' },
  act: ({ space, rng }) => ({ move: space.kind === 'choice' ? rng.pick(space.options).id : '' }),
});

function isFirst({ states }: GameTree, action: number): boolean {
  const state = states.offset.findLastIndex((start) => start <= action);
  return states.seat[state] === 0;
}

/** The record of an episode that no file keeps. */
async function playUnkept(
  environment: Environment,
  config: JsonObject,
  agents: readonly AgentFactory[],
  seed: string,
): Promise<EpisodeRecord> {
  const recorder = new Recorder({ environment, config, seed });
  let line = '';
  await runEpisode({ environment, config, agents, seed, hash: true }, (progress) => {
    if (progress.kind === 'started') recorder.begin(progress);
    else if (progress.kind === 'step') recorder.step(progress);
    else line = recorder.line(progress.ending);
  });
  return JSON.parse(line) as EpisodeRecord;
}
